import type { ServiceTagFile } from "../routes/annotation.ts";
import { EncodedTags, encodeTags } from "./encoded-tags.ts";
import {
  FIRST_BYTES,
  headerBytes,
  headerLength,
  type IndexLayout,
  padded,
  pageSum,
  readHeader,
  SECTION,
  writeHeader,
} from "./index-layout.ts";
import type { TagIndex } from "./tag-index.ts";

type Section = Uint8Array | Uint32Array | Int32Array;

/** What stands in each section, in the order of `SECTION`. */
function sectionsOf(index: TagIndex): readonly Section[] {
  const { columns, table, prefixStart, tagsOfPrefix, tagStart, prefixesOfTag, endpointCapable } = index;
  const { text, starts } = encodeTags(index.tags);
  return [
    new TextEncoder().encode(JSON.stringify(index.file)),
    text,
    starts,
    columns.family,
    columns.words,
    columns.length,
    table.v4.starts,
    table.v4.prefix,
    table.v6.starts,
    table.v6.prefix,
    table.top,
    table.parent,
    prefixStart,
    tagsOfPrefix,
    tagStart,
    prefixesOfTag,
    endpointCapable,
  ];
}

/** The index as bytes for a file. Cost: a copy of it. */
export function encodeIndex(index: TagIndex): Uint8Array {
  const sections = sectionsOf(index);
  const lengths = sections.map((section) => section.byteLength);
  let at = headerBytes(lengths);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + padded(length), at));
  for (const section of sections) {
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at);
    at += padded(section.byteLength);
  }
  writeHeader(new Int32Array(bytes.buffer), lengths);
  return bytes;
}

/**
 * The index that a file's bytes hold, its arrays straight over them. Null whenever in doubt: another format version or byte order,
 * truncated, damaged. Cost: a pass over the bytes for the checksums; a tag's details are read when they are asked for.
 */
export function decodeIndex(bytes: Uint8Array): TagIndex | null {
  if (bytes.length < FIRST_BYTES || bytes.length % 4 !== 0) return null;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  const header = headerLength(words);
  if (header === 0 || header > aligned.length) return null;
  const layout = readHeader(words.subarray(0, header / 4));
  if (layout === null || layout.size !== aligned.length) return null;
  const pages = words.subarray(header / 4);
  for (let page = 0; page < layout.pageSums.length; page++) {
    if (pageSum(pages, page) !== layout.pageSums[page]) return null;
  }
  return overSections(aligned, layout);
}

function overSections(bytes: Uint8Array, { offsets, lengths }: IndexLayout): TagIndex {
  const offset = (section: number) => bytes.byteOffset + (offsets[section] ?? 0);
  const u8 = (section: number) => new Uint8Array(bytes.buffer, offset(section), lengths[section] ?? 0);
  const u32 = (section: number) => new Uint32Array(bytes.buffer, offset(section), (lengths[section] ?? 0) / 4);
  const i32 = (section: number) => new Int32Array(bytes.buffer, offset(section), (lengths[section] ?? 0) / 4);
  return {
    file: JSON.parse(new TextDecoder().decode(u8(SECTION.file))) as ServiceTagFile,
    tags: new EncodedTags(u8(SECTION.details), u32(SECTION.detailStarts)),
    columns: {
      count: lengths[SECTION.families] ?? 0,
      family: u8(SECTION.families),
      words: u32(SECTION.words),
      length: u8(SECTION.lengths),
    },
    table: {
      v4: { starts: u32(SECTION.v4Starts), prefix: i32(SECTION.v4Prefixes) },
      v6: { starts: u32(SECTION.v6Starts), prefix: i32(SECTION.v6Prefixes) },
      top: u32(SECTION.top),
      parent: i32(SECTION.parents),
    },
    prefixStart: u32(SECTION.prefixStart),
    tagsOfPrefix: u32(SECTION.tagsOfPrefix),
    tagStart: u32(SECTION.tagStart),
    prefixesOfTag: u32(SECTION.prefixesOfTag),
    endpointCapable: u8(SECTION.endpointCapable),
  };
}
