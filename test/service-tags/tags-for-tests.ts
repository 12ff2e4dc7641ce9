import { compileTags } from "../../src/service-tags/index/compile-tags.ts";
import { encodeIndex, isWholeIndex, openIndex } from "../../src/service-tags/index/index-file.ts";
import type { TagIndex } from "../../src/service-tags/index/tag-index.ts";
import { TagCatalogue } from "../../src/service-tags/tag-catalogue.ts";

type Prefixes = Readonly<Record<string, readonly string[]>>;

/** Regions as tag files abbreviate them. */
const ABBREVIATED: ReadonlyMap<string, string> = new Map([["norwayeast", "norwaye"]]);

function regionOf(name: string): string | null {
  if (!name.includes(".")) return null;
  const region = name.slice(name.indexOf(".") + 1).toLowerCase();
  return ABBREVIATED.get(region) ?? region;
}

/**
 * The index of tags written as name and prefixes; what follows a dot is the region. `vse` names the endpoint capable
 * ones.
 */
export function indexOf(tags: Prefixes, vse: readonly string[] = []): TagIndex {
  return compileTags({
    file: { cloud: "Public", changeNumber: "1", numbering: "weekly-file", file: "tags.json", date: null, note: null },
    tags: Object.entries(tags).map(([name, prefixes]) => ({
      name,
      region: regionOf(name),
      systemService: `Service of ${name}`,
      changeNumber: "1",
      networkFeatures: vse.includes(name) ? ["API", "NSG", "VSE"] : ["API", "NSG"],
      prefixes,
    })),
  });
}

/** The catalogue of such tags. */
export function tagsOf(tags: Prefixes, vse: readonly string[] = []): TagCatalogue {
  return new TagCatalogue(indexOf(tags, vse));
}

/** What the index files of tests say that they were compiled from. */
export const SOURCE = "ServiceTags.json";

/** An index file's bytes. */
export function indexBytes(index: TagIndex): Uint8Array {
  return new Uint8Array(Buffer.concat(encodeIndex(index, SOURCE)));
}

/** The index in a file's bytes, with its arrays over them; null where they are not whole. */
export function decodeIndex(bytes: Uint8Array): TagIndex | null {
  if (!isWholeIndex(bytes, SOURCE)) return null;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return openIndex(aligned.length, SOURCE, (at, length) => aligned.subarray(at, at + length));
}
