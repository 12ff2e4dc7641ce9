import { BUCKETS, type PrefixColumns, type PrefixTable, type Ranges } from "../../net/prefix-table.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import { type DecodeText, decodeJson, decodeUtf8, EncodedTags, encodeTags } from "./encoded-tags.ts";
import { checksumOf, HEADER_BYTES, headerOf, type IndexLayout, padded, readHeader, SECTION } from "./index-layout.ts";
import { lazyFields } from "./lazy-fields.ts";
import type { TagChains, TagIndex } from "./tag-index.ts";

type Section = Uint8Array | Uint16Array | Uint32Array | Int32Array;

/** Returns the contents of the sections, in the order of `SECTION`. */
function sectionsOf(index: TagIndex, source: string): readonly Section[] {
  const { columns, table, chains, tagStart, prefixesOfTag, v4OfTag, endpointCapable } = index;
  const { text, starts } = encodeTags(index.tags);
  const encoder = new TextEncoder();
  return [
    encoder.encode(source),
    encoder.encode(JSON.stringify(index.file)),
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

/**
 * Returns the index as consecutive parts of a file. `source` identifies the tag file. Cost: a pass over the parts, and
 * a copy of those that are not whole words.
 */
export function encodeIndex(index: TagIndex, source: string): readonly Uint8Array[] {
  const sections = sectionsOf(index, source);
  const whole = sections.map(inWords);
  const header = headerOf(
    whole,
    sections.map(({ byteLength }) => byteLength),
  );
  return [header, ...whole].map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
}

/** Returns a section as words: a view, or a padded copy. */
function inWords({ buffer, byteOffset, byteLength }: Section): Int32Array {
  if (byteOffset % 4 === 0 && byteLength % 4 === 0) return new Int32Array(buffer, byteOffset, byteLength / 4);
  const bytes = new Uint8Array(padded(byteLength));
  bytes.set(new Uint8Array(buffer, byteOffset, byteLength));
  return new Int32Array(bytes.buffer);
}

/** Whether an index file is intact: header, length, source and checksum. Cost: a pass over the bytes. */
export function isWholeIndex(bytes: Uint8Array, source: string): boolean {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const layout = layoutOf(aligned.length, source, (at, length) => aligned.subarray(at, at + length));
  return layout !== null && checksumOf(wordsOf(aligned.subarray(HEADER_BYTES))) === layout.checksum;
}

/** Reads `length` bytes of a file from offset `at`. The bytes start at a multiple of four in their buffer. */
export type ReadPart = (at: number, length: number) => Uint8Array;

/**
 * Opens the index in a file of that size. Returns null for a wrong header or length, or another `source`. Reads only
 * the header and the source now, and each other part on first use. The checksum is not verified.
 * @throws UserError for a damaged part, on first use; also any error of `read`.
 */
export function openIndex(size: number, source: string, read: ReadPart, decode = decodeUtf8): TagIndex | null {
  const layout = layoutOf(size, source, read);
  return layout && overSections(layout, read, decode);
}

function layoutOf(size: number, source: string, read: ReadPart): IndexLayout | null {
  if (size < HEADER_BYTES) return null;
  const layout = readHeader(wordsOf(read(0, HEADER_BYTES)));
  if (layout?.size !== size) return null;
  const wanted = new TextEncoder().encode(source);
  const length = layout.lengths[SECTION.source];
  if (length !== wanted.length) return null;
  const found = read(HEADER_BYTES, length);
  return wanted.every((byte, at) => byte === found[at]) ? layout : null;
}

function wordsOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

function overSections({ offsets, lengths }: IndexLayout, read: ReadPart, decode: DecodeText): TagIndex {
  const bytes = (section: number) => read(offsets[section] ?? 0, lengths[section] ?? 0);
  const u8 = (section: number) => () => bytes(section);
  const i32 = (section: number) => () => wordsOf(bytes(section));
  const u32 = (section: number) => () => {
    const { buffer, byteOffset, length } = bytes(section);
    return new Uint32Array(buffer, byteOffset, length / 4);
  };
  const u16 = (section: number) => () => {
    const { buffer, byteOffset, length } = bytes(section);
    return new Uint16Array(buffer, byteOffset, length / 2);
  };
  const details = offsets[SECTION.details] ?? 0;
  const prefixes = lengths[SECTION.families] ?? 0;
  const columns = lazyFields<PrefixColumns>({
    count: () => prefixes,
    family: u8(SECTION.families),
    words: u32(SECTION.words),
    length: u8(SECTION.lengths),
  });
  const v4 = lazyFields<Ranges>({ starts: u32(SECTION.v4Starts), prefix: i32(SECTION.v4Prefixes) });
  const v6 = lazyFields<Ranges>({ starts: u32(SECTION.v6Starts), prefix: i32(SECTION.v6Prefixes) });
  const top = lengths[SECTION.top] === 4 * BUCKETS ? u32 : u16;
  const indices = lengths[SECTION.chainOfPrefix] === 4 * prefixes && prefixes > 0 ? u32 : u16;
  const chains = lazyFields<TagChains>({
    ofPrefix: indices(SECTION.chainOfPrefix),
    tag: indices(SECTION.chainTags),
    next: indices(SECTION.chainNext),
  });
  return lazyFields<TagIndex>({
    file: () => decodeJson(bytes(SECTION.file), decode) as ServiceTagFile,
    tags: () => new EncodedTags((at, length) => read(details + at, length), u32(SECTION.detailStarts)(), decode),
    columns: () => columns,
    table: () =>
      lazyFields<PrefixTable>({
        v4: () => v4,
        v6: () => v6,
        top: top(SECTION.top),
        parent: i32(SECTION.parents),
      }),
    chains: () => chains,
    tagStart: u32(SECTION.tagStart),
    prefixesOfTag: u32(SECTION.prefixesOfTag),
    v4OfTag: u32(SECTION.v4OfTag),
    endpointCapable: u8(SECTION.endpointCapable),
  });
}
