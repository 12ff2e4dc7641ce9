import { isAddressError } from "../../net/address-error.ts";
import { placesUpTo } from "../../net/places.ts";
import { parsePrefix } from "../../net/prefix.ts";
import { PrefixSet } from "../../net/prefix-set.ts";
import { buildPrefixTable, type PrefixColumns } from "../../net/prefix-table.ts";
import { serviceOfTag } from "../service-endpoints.ts";
import { parseTagFile, readTagFile, type TagFile, type TagFileEntry } from "../tag-file.ts";
import { TagFileError, WHERE_TAGS_ARE } from "../tag-file-error.ts";
import { findPrefixLists, PrefixListReader } from "./prefix-lists.ts";
import { bySpecificity, type TagChains, type TagDetails, type TagIndex } from "./tag-index.ts";

/**
 * Compiles a tag file.
 * @throws TagFileError for a prefix that is none, naming it and its tag.
 * Cost: linear in the prefix entries.
 */
export function compileTags({ file, tags }: TagFile): TagIndex {
  const total = tags.reduce((sum, tag) => sum + tag.prefixes.length, 0);
  const distinct = new PrefixSet(total);
  const tagStart = new Uint32Array(tags.length + 1);
  const prefixesOfTag = new Uint32Array(total);
  let entry = 0;
  tags.forEach((tag, index) => {
    for (const text of tag.prefixes) {
      const place = distinct.add(text);
      if (place < 0) throw refusal(tag, text);
      prefixesOfTag[entry++] = place;
    }
    tagStart[index + 1] = entry;
  });
  return indexOf(file, tags, distinct.columns(), tagStart, prefixesOfTag);
}

/**
 * Compiles the text of a tag file, given also as bytes where these are ASCII: what `parseTagFile` and `compileTags` make of it,
 * in half the time. `file` is as for `parseTagFile`.
 * @throws TagFileError as those do.
 * Cost: about three times `JSON.parse` of the text.
 */
export function compileTagText(text: string, bytes: Uint8Array | null, file: string): TagIndex {
  return (bytes && compiledFromLists(text, bytes, file)) ?? compileTags(parseTagFile(text, file));
}

/** So many entries are read for V8 to begin to compile what reads them. */
const FIRST_ENTRIES = 4000;

/** The index; null where anything is other than in Microsoft's files, and for JSON.parse of the whole text to tell. */
function compiledFromLists(text: string, bytes: Uint8Array, file: string): TagIndex | null {
  const found = findPrefixLists(text, bytes);
  if (found === null) return null;
  const reader = new PrefixListReader(bytes, found);
  if (!reader.readOn(FIRST_ENTRIES)) return null;
  // V8 compiles the reader beside this, which does not need it.
  const read = restOf(found.rest, file);
  if (read === null || !reader.readOn(Number.POSITIVE_INFINITY)) return null;
  const { columns, starts, entries } = reader.lists();
  // Each tag has the next list. Where one stands elsewhere too, or twice in one tag, JSON.parse knows which of them counts.
  const inOrder = starts.length === read.tags.length + 1 && read.tags.every((tag, index) => tag.prefixes === index);
  return inOrder ? indexOf(read.file, read.tags, columns, starts, entries) : null;
}

function restOf(rest: string, file: string): ReturnType<typeof readTagFile<number>> | null {
  try {
    return readTagFile(rest, file, ([list]) => (typeof list === "number" ? list : -1));
  } catch (error) {
    if (error instanceof TagFileError) return null;
    throw error;
  }
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

function refusal(tag: TagFileEntry, text: string): TagFileError {
  let why = "it is no address prefix";
  try {
    parsePrefix(text);
  } catch (error) {
    if (isAddressError(error)) why = error.message;
  }
  return new TagFileError(
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
 * Turns the pairs round, and counts. Tags are visited from the least specific on, and each goes before those that a prefix has by then.
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
  return { chains: growing.chains(), v4OfTag };
}

/** Chains of tags that become longer at their beginning. */
class GrowingChains {
  readonly #family: Uint8Array;
  readonly #ofPrefix: Uint32Array;
  readonly #tag: number[] = [0];
  readonly #next: number[] = [0];
  /** Per place: the place that was made last with this one as its next. */
  readonly #before: number[] = [0];
  #mostTag = 0;

  constructor({ count, family }: PrefixColumns) {
    this.#family = family;
    this.#ofPrefix = new Uint32Array(count);
  }

  /**
   * Puts a tag, not given before, before all others of those prefixes, and gives how many of them are IPv4: going over them once more would be
   * another loop that runs cold.
   */
  prepend(tag: number, prefixes: Uint32Array): number {
    const ofPrefix = this.#ofPrefix;
    let v4 = 0;
    const first = this.#tag.length;
    for (let entry = 0; entry < prefixes.length; entry++) {
      const prefix = prefixes[entry] ?? 0;
      v4 += Number(this.#family[prefix] === 4);
      const from = ofPrefix[prefix] ?? 0;
      if (from >= first) continue; // it stands in the tag twice
      const known = this.#before[from] ?? 0;
      ofPrefix[prefix] = known >= first ? known : this.#add(tag, from);
    }
    return v4;
  }

  #add(tag: number, next: number): number {
    if (tag > this.#mostTag) this.#mostTag = tag;
    const place = this.#tag.push(tag) - 1;
    this.#next.push(next);
    this.#before.push(0);
    this.#before[next] = place;
    return place;
  }

  chains(): TagChains {
    const most = Math.max(this.#tag.length - 1, this.#mostTag);
    const Kind = placesUpTo(most);
    return { ofPrefix: new Kind(this.#ofPrefix), tag: new Kind(this.#tag), next: new Kind(this.#next) };
  }
}
