import { isAddressError } from "../../net/address-error.ts";
import { buildPrefixTable } from "../../net/build-prefix-table.ts";
import { parsePrefix } from "../../net/prefix.ts";
import { PrefixSet } from "../../net/prefix-set.ts";
import { indicesUpTo, type PrefixColumns } from "../../net/prefix-table.ts";
import { UserError } from "../../text/user-error.ts";
import { serviceOfTag } from "../service-endpoints.ts";
import { type TagFile, type TagFileEntry, type TagFileErrorCode, WHERE_TAGS_ARE } from "../tag-file.ts";
import { bySpecificity, type TagChains, type TagDetails, type TagIndex } from "./tag-index.ts";

/**
 * Compiles a tag file.
 * @throws UserError `tag-file-prefix` for an invalid prefix. The message has the prefix and its tag.
 * Cost: linear in the prefix entries.
 */
export function compileTags({ file, tags }: TagFile): TagIndex {
  const distinct = new PrefixSet(tags.reduce((sum, tag) => sum + tag.prefixes.length, 0));
  const tagStart = new Uint32Array(tags.length + 1);
  const prefixesOfTag: number[] = [];
  tags.forEach((tag, index) => {
    for (const text of tag.prefixes) {
      const place = distinct.add(text);
      if (place < 0) throw refusal(tag, text);
      prefixesOfTag.push(place);
    }
    tagStart[index + 1] = prefixesOfTag.length;
  });
  return indexOf(file, tags, distinct.columns(), tagStart, Uint32Array.from(prefixesOfTag));
}

function indexOf(
  file: TagIndex["file"],
  tags: readonly TagDetails[],
  columns: PrefixColumns,
  tagStart: Uint32Array,
  prefixesOfTag: Uint32Array,
): TagIndex {
  return {
    file,
    tags: tags.map(({ name, region, systemService, changeNumber, networkFeatures }) => ({
      name,
      region,
      systemService,
      changeNumber,
      networkFeatures,
    })),
    columns,
    table: buildPrefixTable(columns),
    ...chainsOf(tags, columns, tagStart, prefixesOfTag),
    tagStart,
    prefixesOfTag,
    endpointCapable: endpointCapable(tags),
  };
}

function refusal(tag: TagFileEntry, text: string): UserError<TagFileErrorCode> {
  let why = "it is not an address prefix";
  try {
    parsePrefix(text);
  } catch (error) {
    if (isAddressError(error)) why = error.message;
  }
  return new UserError(
    "tag-file-prefix",
    `tag ${tag.name}: ${why}`.slice(0, 99),
    `download it again; ${WHERE_TAGS_ARE}`,
  );
}

function endpointCapable(tags: readonly TagDetails[]): Uint8Array {
  const capable = tags.filter(({ networkFeatures }) => networkFeatures.includes("VSE"));
  const services = new Set(capable.map(({ name }) => name));
  return Uint8Array.from(tags, ({ name }) => Number(services.has(serviceOfTag(name))));
}

/**
 * Inverts the lists from tag to prefixes, and counts. Tags are visited from the least specific on, so that each is
 * prepended to the chains of its prefixes.
 */
function chainsOf(
  tags: readonly TagDetails[],
  columns: PrefixColumns,
  tagStart: Uint32Array,
  prefixesOfTag: Uint32Array,
): Pick<TagIndex, "chains" | "v4OfTag"> {
  const growing = new GrowingChains(columns);
  const v4OfTag = new Uint32Array(tags.length);
  for (const tag of bySpecificity(tags).reverse()) {
    v4OfTag[tag] = growing.prepend(tag, prefixesOfTag.subarray(tagStart[tag], tagStart[tag + 1]));
  }
  return { chains: growing.chains(tags.length), v4OfTag };
}

/** Linked lists of tags that grow at the front. */
class GrowingChains {
  readonly #family: Uint8Array;
  readonly #ofPrefix: Uint32Array;
  readonly #tag: number[] = [0];
  readonly #next: number[] = [0];
  /** For each link, the newest link with this one as its next. */
  readonly #before: number[] = [0];

  constructor({ count, family }: PrefixColumns) {
    this.#family = family;
    this.#ofPrefix = new Uint32Array(count);
  }

  /**
   * Prepends a new tag to the chains of its prefixes. Returns the number of IPv4 prefixes, to save another pass.
   */
  prepend(tag: number, prefixes: Uint32Array): number {
    const ofPrefix = this.#ofPrefix;
    let v4 = 0;
    const first = this.#tag.length;
    for (let entry = 0; entry < prefixes.length; entry++) {
      const prefix = prefixes[entry] ?? 0;
      v4 += Number(this.#family[prefix] === 4);
      const from = ofPrefix[prefix] ?? 0;
      if (from >= first) continue; // the tag lists the prefix twice
      const known = this.#before[from] ?? 0;
      ofPrefix[prefix] = known >= first ? known : this.#add(tag, from);
    }
    return v4;
  }

  #add(tag: number, next: number): number {
    const place = this.#tag.push(tag) - 1;
    this.#next.push(next);
    this.#before.push(0);
    this.#before[next] = place;
    return place;
  }

  /** The chains of that many tags. */
  chains(tags: number): TagChains {
    const Kind = indicesUpTo(Math.max(this.#tag.length, tags) - 1);
    return { ofPrefix: new Kind(this.#ofPrefix), tag: new Kind(this.#tag), next: new Kind(this.#next) };
  }
}
