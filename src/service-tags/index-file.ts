import type { ServiceTagFile } from "../routes/annotation.ts";
import type { TagDetails, TagIndex } from "./tag-index.ts";

/*
 * The layout: a header of 32-bit words (magic, format version, byte order, checksum of all that follows the header, number of
 * sections, byte length of each), then the sections, each padded to four bytes: first the JSON of the file's and tags' details,
 * then the typed arrays in the order of `arraysOf`. Arrays are written as the machine holds them; one of another byte order sees
 * a wrong mark and compiles anew.
 */
const MAGIC = 0x56_4e_54_49; // "VNTI"
const FORMAT = 2;
const BYTE_ORDER = 0x01_02_03_04;

type Arrays = readonly (Uint8Array | Uint32Array | Int32Array)[];

/** The details, and the arrays of `arraysOf`. */
const SECTIONS = 14;

const HEADER_WORDS = 5 + SECTIONS;
const HEADER_BYTES = 4 * HEADER_WORDS;

interface Details {
  readonly file: ServiceTagFile;
  readonly tags: readonly TagDetails[];
}

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

/** Enough to notice damage, at the speed of memory; not a defence against forgery, which the cache directory's owner needs none of. */
function checksum(words: Uint32Array): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ (words[i] ?? 0), 0x01000193) ^ (sum >>> 15);
  return sum >>> 0;
}

/** The index as bytes for a file. Cost: a copy of it. */
export function encodeIndex(index: TagIndex): Uint8Array {
  const details: Details = { file: index.file, tags: index.tags };
  const sections: Arrays = [new TextEncoder().encode(JSON.stringify(details)), ...arraysOf(index)];
  const total = sections.reduce((sum, section) => sum + padded(section.byteLength), HEADER_BYTES);
  const bytes = new Uint8Array(total);
  let at = HEADER_BYTES;
  for (const section of sections) {
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at);
    at += padded(section.byteLength);
  }
  const body = new Uint32Array(bytes.buffer, HEADER_BYTES);
  const header = [MAGIC, FORMAT, BYTE_ORDER, checksum(body), sections.length];
  new Uint32Array(bytes.buffer, 0, HEADER_WORDS).set([...header, ...sections.map((section) => section.byteLength)]);
  return bytes;
}

/**
 * The index that a file's bytes hold, its arrays straight over them. Null whenever in doubt: another format version or byte order,
 * truncated, damaged. Cost: a pass over the bytes for the checksum; the tags' details are read when first asked for.
 */
export function decodeIndex(bytes: Uint8Array): TagIndex | null {
  if (bytes.length < HEADER_BYTES || bytes.length % 4 !== 0) return null;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const header = new Uint32Array(aligned.buffer, aligned.byteOffset, HEADER_WORDS);
  const [magic, format, byteOrder, sum, count, ...lengths] = header;
  if (magic !== MAGIC || format !== FORMAT || byteOrder !== BYTE_ORDER || count !== SECTIONS) return null;
  const end = lengths.reduce((at, length) => at + padded(length), HEADER_BYTES);
  if (end !== aligned.length) return null;
  const body = new Uint32Array(aligned.buffer, aligned.byteOffset + HEADER_BYTES, (aligned.length - HEADER_BYTES) / 4);
  if (checksum(body) !== sum) return null;
  return overSections(aligned, lengths);
}

function overSections(bytes: Uint8Array, lengths: readonly number[]): TagIndex | null {
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
  let read: Details | undefined;
  const details = (): Details => {
    read ??= JSON.parse(new TextDecoder().decode(u8(0))) as Details;
    return read;
  };
  return {
    get file() {
      return details().file;
    },
    get tags() {
      return details().tags;
    },
    columns: { count: lengths[1] ?? 0, family: u8(1), words: u32(2), length: u8(3) },
    table: {
      v4: { starts: u32(4), prefix: i32(5) },
      v6: { starts: u32(6), prefix: i32(7) },
      top: u32(8),
      parent: i32(9),
    },
    prefixStart: u32(10),
    tagsOfPrefix: u32(11),
    tagStart: u32(12),
    prefixesOfTag: u32(13),
  };
}
