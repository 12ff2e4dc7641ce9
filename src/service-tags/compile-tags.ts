import { AddressError } from "../net/address-error.ts";
import { parsePrefix } from "../net/prefix.ts";
import { buildPrefixTable, type PrefixColumns } from "../net/prefix-table.ts";
import { readPrefix } from "../net/read-prefix.ts";
import type { TagFile, TagFileEntry } from "./tag-file.ts";
import { TagFileError, WHERE_TAGS_ARE } from "./tag-file-error.ts";
import { compareSpecificity, type TagIndex } from "./tag-index.ts";

/**
 * Compiles a tag file.
 * @throws TagFileError for a prefix that is none, naming it and its tag.
 * Cost: linear in the prefix entries, but for sorting the distinct ones; a few times `JSON.parse` of the file.
 */
export function compileTags({ file, tags }: TagFile): TagIndex {
  const { columns, tagStart, prefixesOfTag } = distinctPrefixes(tags);
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
  };
}

function distinctPrefixes(tags: readonly TagFileEntry[]) {
  const total = tags.reduce((sum, tag) => sum + tag.prefixes.length, 0);
  const family = new Uint8Array(total);
  const words = new Uint32Array(4 * total);
  const length = new Uint8Array(total);
  const tagStart = new Uint32Array(tags.length + 1);
  const prefixesOfTag = new Uint32Array(total);
  const seen = new Map<string, number>();
  const address = new Uint32Array(4);
  let count = 0;
  let entry = 0;
  tags.forEach((tag, index) => {
    tagStart[index] = entry;
    for (const text of tag.prefixes) {
      let at = seen.get(text);
      if (at === undefined) {
        const read = readPrefix(text, address);
        if (read === null) throw refusal(tag, text);
        at = count++;
        seen.set(text, at);
        family[at] = read.family;
        length[at] = read.length;
        words.set(address, 4 * at);
      }
      prefixesOfTag[entry++] = at;
    }
  });
  tagStart[tags.length] = entry;
  const columns: PrefixColumns = {
    count,
    family: family.slice(0, count),
    words: words.slice(0, 4 * count),
    length: length.slice(0, count),
  };
  return { columns, tagStart, prefixesOfTag };
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

/** Turns the pairs round. Tags are visited from the most specific on, so each prefix's list comes out in that order. */
function tagsByPrefix(
  tags: readonly TagFileEntry[],
  count: number,
  tagStart: Uint32Array,
  prefixesOfTag: Uint32Array,
): Pick<TagIndex, "prefixStart" | "tagsOfPrefix"> {
  const prefixStart = new Uint32Array(count + 1);
  for (const prefix of prefixesOfTag) prefixStart[prefix + 1] = (prefixStart[prefix + 1] ?? 0) + 1;
  for (let i = 0; i < count; i++) prefixStart[i + 1] = (prefixStart[i + 1] ?? 0) + (prefixStart[i] ?? 0);
  const next = prefixStart.slice();
  const tagsOfPrefix = new Uint32Array(prefixesOfTag.length);
  const order = tags
    .map((tag, index) => ({ tag, index }))
    .sort((a, b) => compareSpecificity(a.tag, b.tag) || a.index - b.index);
  for (const { index } of order) {
    for (let entry = tagStart[index] ?? 0; entry < (tagStart[index + 1] ?? 0); entry++) {
      const prefix = prefixesOfTag[entry] ?? 0;
      const at = next[prefix] ?? 0;
      tagsOfPrefix[at] = index;
      next[prefix] = at + 1;
    }
  }
  return { prefixStart, tagsOfPrefix };
}
