import type { PrefixColumns, PrefixTable, Ranges } from "../net/prefix-table.ts";
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
import { lazyFields } from "./lazy-fields.ts";
import type { TagChains, TagIndex } from "./tag-index.ts";

type Section = Uint8Array | Uint32Array | Int32Array;

/** What stands in each section, in the order of `SECTION`. */
function sectionsOf(index: TagIndex): readonly Section[] {
  const { columns, table, chains, tagStart, prefixesOfTag, v4OfTag, endpointCapable } = index;
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
    chains.ofPrefix,
    chains.tag,
    chains.next,
    tagStart,
    prefixesOfTag,
    v4OfTag,
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
  if (bytes.length % 4 !== 0) return null;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const part: ReadPart = (at, length) => aligned.subarray(at, at + length);
  const layout = layoutOf(aligned.length, part);
  if (layout === null) return null;
  const pages = wordsOf(aligned.subarray(layout.body));
  for (let page = 0; page < layout.pageSums.length; page++) {
    if (pageSum(pages, page) !== layout.pageSums[page]) return null;
  }
  return overSections(layout, part);
}

/** Gives so many bytes of a file from a place on, at a multiple of four in their buffer. */
export type ReadPart = (at: number, length: number) => Uint8Array;

/**
 * The index in a file of that size which is known to be whole: of it only the header is read and checked now, each other part when it is
 * asked for. Null whenever in doubt, as for `decodeIndex`.
 * @throws what `read` throws, then and when a part is asked for.
 */
export function openIndex(size: number, read: ReadPart): TagIndex | null {
  const layout = layoutOf(size, read);
  return layout && overSections(layout, read);
}

function layoutOf(size: number, read: ReadPart): IndexLayout | null {
  if (size < FIRST_BYTES) return null;
  const header = headerLength(wordsOf(read(0, FIRST_BYTES)));
  if (header === 0 || header > size) return null;
  const layout = readHeader(wordsOf(read(0, header)));
  return layout?.size === size ? layout : null;
}

function wordsOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

function overSections({ offsets, lengths }: IndexLayout, read: ReadPart): TagIndex {
  const bytes = (section: number) => read(offsets[section] ?? 0, lengths[section] ?? 0);
  const u8 = (section: number) => () => bytes(section);
  const i32 = (section: number) => () => wordsOf(bytes(section));
  const u32 = (section: number) => () => {
    const { buffer, byteOffset, length } = bytes(section);
    return new Uint32Array(buffer, byteOffset, length / 4);
  };
  const columns = lazyFields<PrefixColumns>({
    count: () => lengths[SECTION.families] ?? 0,
    family: u8(SECTION.families),
    words: u32(SECTION.words),
    length: u8(SECTION.lengths),
  });
  const v4 = lazyFields<Ranges>({ starts: u32(SECTION.v4Starts), prefix: i32(SECTION.v4Prefixes) });
  const v6 = lazyFields<Ranges>({ starts: u32(SECTION.v6Starts), prefix: i32(SECTION.v6Prefixes) });
  const chains = lazyFields<TagChains>({
    ofPrefix: u32(SECTION.chainOfPrefix),
    tag: u32(SECTION.chainTags),
    next: u32(SECTION.chainNext),
  });
  return lazyFields<TagIndex>({
    file: () => JSON.parse(new TextDecoder().decode(bytes(SECTION.file))) as ServiceTagFile,
    tags: () => new EncodedTags(bytes(SECTION.details), u32(SECTION.detailStarts)()),
    columns: () => columns,
    table: () =>
      lazyFields<PrefixTable>({ v4: () => v4, v6: () => v6, top: u32(SECTION.top), parent: i32(SECTION.parents) }),
    chains: () => chains,
    tagStart: u32(SECTION.tagStart),
    prefixesOfTag: u32(SECTION.prefixesOfTag),
    v4OfTag: u32(SECTION.v4OfTag),
    endpointCapable: u8(SECTION.endpointCapable),
  });
}
