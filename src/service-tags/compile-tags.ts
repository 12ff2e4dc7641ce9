import { AddressError } from "../net/address-error.ts";
import { parsePrefix } from "../net/prefix.ts";
import { PrefixSet } from "../net/prefix-set.ts";
import { buildPrefixTable, type PrefixColumns } from "../net/prefix-table.ts";
import { takePrefixLists } from "./prefix-lists.ts";
import { serviceOfTag } from "./service-endpoints.ts";
import { parseTagFile, readTagFile, type TagFile, type TagFileEntry } from "./tag-file.ts";
import { TagFileError, WHERE_TAGS_ARE } from "./tag-file-error.ts";
import { bySpecificity, type TagDetails, type TagIndex } from "./tag-index.ts";

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
  const lists = bytes === null ? null : takePrefixLists(text, bytes);
  if (lists === null) return compileTags(parseTagFile(text, file));
  const read = readTagFile(lists.rest, file, ([list]) => (typeof list === "number" ? list : -1));
  // Each tag has the next list. Where one stands elsewhere too, or twice in one tag, JSON.parse knows which of them counts.
  const inOrder =
    lists.starts.length === read.tags.length + 1 && read.tags.every((tag, index) => tag.prefixes === index);
  if (!inOrder) return compileTags(parseTagFile(text, file));
  const tagStart = Uint32Array.from(lists.starts);
  return indexOf(read.file, read.tags, lists.columns, tagStart, lists.entries);
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
    tagStart,
    prefixesOfTag,
    ...tagsByPrefix(tags, columns.count, tagStart, prefixesOfTag),
    endpointCapable: endpointCapable(tags),
  };
}

function refusal(tag: TagFileEntry, text: string): TagFileError {
  let why = "it is no address prefix";
  try {
    parsePrefix(text);
  } catch (error) {
    if (error instanceof AddressError) why = error.message;
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

/** Turns the pairs round. Tags are visited from the most specific on, so each prefix's list comes out in that order. */
function tagsByPrefix(
  tags: readonly TagDetails[],
  count: number,
  tagStart: Uint32Array,
  prefixesOfTag: Uint32Array,
): Pick<TagIndex, "prefixStart" | "tagsOfPrefix"> {
  const prefixStart = startsOf(count, prefixesOfTag);
  const next = prefixStart.slice();
  const tagsOfPrefix = new Uint32Array(prefixesOfTag.length);
  for (const tag of bySpecificity(tags)) {
    place(tag, prefixesOfTag.subarray(tagStart[tag], tagStart[tag + 1]), next, tagsOfPrefix);
  }
  return { prefixStart, tagsOfPrefix };
}

/** How many entries are of the prefixes before each. */
function startsOf(count: number, prefixesOfTag: Uint32Array): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let entry = 0; entry < prefixesOfTag.length; entry++) {
    const behind = (prefixesOfTag[entry] ?? 0) + 1;
    starts[behind] = (starts[behind] ?? 0) + 1;
  }
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  return starts;
}

/** Puts a tag into the list of each of its prefixes, where the next one is to stand. */
function place(tag: number, prefixes: Uint32Array, next: Uint32Array, tagsOfPrefix: Uint32Array): void {
  for (let entry = 0; entry < prefixes.length; entry++) {
    const prefix = prefixes[entry] ?? 0;
    const at = next[prefix] ?? 0;
    tagsOfPrefix[at] = tag;
    next[prefix] = at + 1;
  }
}
