import { compileTags } from "../../src/service-tags/compile-tags.ts";
import { TagCatalogue } from "../../src/service-tags/tag-catalogue.ts";
import type { TagIndex } from "../../src/service-tags/tag-index.ts";

type Prefixes = Readonly<Record<string, readonly string[]>>;

/** The index of tags written as name and prefixes; what follows a dot is the region. `vse` names the endpoint capable ones. */
export function indexOf(tags: Prefixes, vse: readonly string[] = []): TagIndex {
  return compileTags({
    file: { cloud: "Public", changeNumber: "1", file: "tags.json", date: null, note: null },
    tags: Object.entries(tags).map(([name, prefixes]) => ({
      name,
      region: name.includes(".") ? name.slice(name.indexOf(".") + 1).toLowerCase() : null,
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
