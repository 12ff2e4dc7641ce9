import type { ServiceTagFile } from "../routes/annotation.ts";
import type { TagDetails, TagIndex, TagList } from "./tag-index.ts";

/*
 * The layout: a header of 32-bit words (magic, format version, byte order, checksum of all that follows it, number of sections, byte
 * length of each), then the sections, each padded to four bytes: the JSON of what is known of the file, the JSON of each tag's details
 * one after the other and where each begins, then the typed arrays in the order of `arraysOf`. Arrays are written as the machine holds
 * them; one of another byte order sees a wrong mark and compiles anew.
 */
const MAGIC = 0x56_4e_54_49; // "VNTI"
const FORMAT = 3;
const BYTE_ORDER = 0x01_02_03_04;

type Arrays = readonly (Uint8Array | Uint32Array | Int32Array)[];

/** The file, the tags' details and their starts, and the arrays of `arraysOf`. */
const SECTIONS = 16;

/** The checksum covers all that stands behind it. */
const CHECKED_FROM = 4 * 4;
const HEADER_WORDS = 5 + SECTIONS;
const HEADER_BYTES = 4 * HEADER_WORDS;

/** A checksum of 32 bits that notices damage: CRC-32. This room is pure, and the machine has a fast one. */
export type Checksum = (bytes: Uint8Array) => number;

function arraysOf({ columns, table, prefixStart, tagsOfPrefix, tagStart, prefixesOfTag }: TagIndex): Arrays {
  return [
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
  ];
}

const padded = (bytes: number) => (bytes + 3) & ~3;

function detailsOf(tags: TagList): { readonly text: Uint8Array; readonly starts: Uint32Array } {
  const encoder = new TextEncoder();
  const texts = Array.from({ length: tags.length }, (_, tag) => encoder.encode(JSON.stringify(tags.at(tag))));
  const starts = new Uint32Array(texts.length + 1);
  texts.forEach((text, tag) => {
    starts[tag + 1] = (starts[tag] ?? 0) + text.length;
  });
  const text = new Uint8Array(starts[texts.length] ?? 0);
  texts.forEach((own, tag) => {
    text.set(own, starts[tag]);
  });
  return { text, starts };
}

/** The index as bytes for a file. Cost: a copy of it. */
export function encodeIndex(index: TagIndex, checksum: Checksum): Uint8Array {
  const { text, starts } = detailsOf(index.tags);
  const sections: Arrays = [new TextEncoder().encode(JSON.stringify(index.file)), text, starts, ...arraysOf(index)];
  const total = sections.reduce((sum, section) => sum + padded(section.byteLength), HEADER_BYTES);
  const bytes = new Uint8Array(total);
  let at = HEADER_BYTES;
  for (const section of sections) {
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at);
    at += padded(section.byteLength);
  }
  const header = new Uint32Array(bytes.buffer, 0, HEADER_WORDS);
  header.set([MAGIC, FORMAT, BYTE_ORDER, 0, SECTIONS, ...sections.map((section) => section.byteLength)]);
  header[3] = checksum(bytes.subarray(CHECKED_FROM));
  return bytes;
}

/**
 * The index that a file's bytes hold, its arrays straight over them. Null whenever in doubt: another format version or byte order,
 * truncated, damaged. Cost: the checksum; a tag's details are read when they are asked for.
 */
export function decodeIndex(bytes: Uint8Array, checksum: Checksum): TagIndex | null {
  if (bytes.length < HEADER_BYTES || bytes.length % 4 !== 0) return null;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const header = new Uint32Array(aligned.buffer, aligned.byteOffset, HEADER_WORDS);
  const [magic, format, byteOrder, sum, count, ...lengths] = header;
  if (magic !== MAGIC || format !== FORMAT || byteOrder !== BYTE_ORDER || count !== SECTIONS) return null;
  const end = lengths.reduce((at, length) => at + padded(length), HEADER_BYTES);
  if (end !== aligned.length || checksum(aligned.subarray(CHECKED_FROM)) !== sum) return null;
  return overSections(aligned, lengths);
}

function overSections(bytes: Uint8Array, lengths: readonly number[]): TagIndex {
  const offsets: number[] = [];
  let at = HEADER_BYTES;
  for (const length of lengths) {
    offsets.push(at);
    at += padded(length);
  }
  const offset = (section: number) => bytes.byteOffset + (offsets[section] ?? 0);
  const u8 = (section: number) => new Uint8Array(bytes.buffer, offset(section), lengths[section] ?? 0);
  const u32 = (section: number) => new Uint32Array(bytes.buffer, offset(section), (lengths[section] ?? 0) / 4);
  const i32 = (section: number) => new Int32Array(bytes.buffer, offset(section), (lengths[section] ?? 0) / 4);
  return {
    file: JSON.parse(new TextDecoder().decode(u8(0))) as ServiceTagFile,
    tags: new EncodedTags(u8(1), u32(2)),
    columns: { count: lengths[3] ?? 0, family: u8(3), words: u32(4), length: u8(5) },
    table: {
      v4: { starts: u32(6), prefix: i32(7) },
      v6: { starts: u32(8), prefix: i32(9) },
      top: u32(10),
      parent: i32(11),
    },
    prefixStart: u32(12),
    tagsOfPrefix: u32(13),
    tagStart: u32(14),
    prefixesOfTag: u32(15),
  };
}

/** The details of tags, each read when it is first asked for: a look-up needs a handful of three thousand. */
class EncodedTags implements TagList {
  readonly length: number;
  readonly #text: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #read: (TagDetails | undefined)[] = [];
  readonly #decoder = new TextDecoder();

  constructor(text: Uint8Array, starts: Uint32Array) {
    this.#text = text;
    this.#starts = starts;
    this.length = starts.length - 1;
  }

  at(tag: number): TagDetails | undefined {
    if (tag < 0 || tag >= this.length) return undefined;
    this.#read[tag] ??= JSON.parse(
      this.#decoder.decode(this.#text.subarray(this.#starts[tag], this.#starts[tag + 1])),
    ) as TagDetails;
    return this.#read[tag];
  }
}
