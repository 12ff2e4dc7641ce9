/*
 * How an index file is laid out: a header of 32-bit words (magic, format version, byte order, checksum of the rest of the header, byte
 * length of the file, number of sections, byte length of each, checksum of each page of each section), then the sections, each
 * padded to four bytes. Arrays are written as the machine holds them; one of another byte order sees a wrong mark and compiles anew.
 */
const MAGIC = 0x56_4e_54_49; // "VNTI"
const FORMAT = 6;
const BYTE_ORDER = 0x01_02_03_04;

/** The sections, in their order. */
export const SECTION = {
  /** JSON of what is known of the file. */
  file: 0,
  /** JSON of each tag's details, one after the other, and where each begins. */
  details: 1,
  detailStarts: 2,
  families: 3,
  words: 4,
  lengths: 5,
  v4Starts: 6,
  v4Prefixes: 7,
  v6Starts: 8,
  v6Prefixes: 9,
  top: 10,
  parents: 11,
  chainOfPrefix: 12,
  chainTags: 13,
  chainNext: 14,
  tagStart: 15,
  prefixesOfTag: 16,
  v4OfTag: 17,
  endpointCapable: 18,
} as const;

const SECTIONS = Object.keys(SECTION).length;
const LENGTHS_AT = 6;
const SUMS_AT = LENGTHS_AT + SECTIONS;

/** A part of a section that has a checksum of its own. */
const PAGE_BYTES = 4096;
const PAGE_WORDS = PAGE_BYTES / 4;

export const padded = (bytes: number): number => (bytes + 3) & ~3;

/** Where everything is in a file. */
export interface IndexLayout {
  /** Byte length of the file. */
  readonly size: number;
  /** Per section: where it begins in the file, and its byte length. */
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
  /** Of all sections, one after the other. */
  readonly pageSums: Int32Array;
}

/**
 * The checksum of words `from` to `to`. A sum of multiples of odd numbers, so any change of one word changes it; no defence against
 * forgery, which a cache directory of one's own needs none of. Called page by page, for V8 compiles what is called often much sooner than
 * a loop that runs long.
 */
function sumOf(words: Int32Array, from: number, to: number): number {
  let sum = to - from;
  for (let i = from; i < to; i++) sum = (Math.imul(sum, 0x01000193) + (words[i] ?? 0)) | 0;
  return sum;
}

/** The checksums of a section's pages, its words padded; each is given with its number, from `first` on. */
export function eachPageSum(section: Int32Array, first: number, give: (page: number, sum: number) => void): number {
  let page = first;
  for (let at = 0; at < section.length; at += PAGE_WORDS) {
    give(page++, sumOf(section, at, Math.min(at + PAGE_WORDS, section.length)));
  }
  return page;
}

/** Byte length of the header of a file whose sections are that long. */
function headerBytes(lengths: readonly number[]): number {
  const pages = lengths.reduce((sum, length) => sum + Math.ceil(length / PAGE_BYTES), 0);
  return 4 * (SUMS_AT + pages);
}

/** The header of a file of those sections, given as words, with their lengths before they were padded. */
export function headerOf(sections: readonly Int32Array[], lengths: readonly number[]): Int32Array {
  const words = new Int32Array(headerBytes(lengths) / 4);
  const size = sections.reduce((sum, section) => sum + section.byteLength, words.byteLength);
  words.set([MAGIC, FORMAT, BYTE_ORDER, 0, size, SECTIONS, ...lengths]);
  let page = SUMS_AT;
  for (const section of sections) {
    page = eachPageSum(section, page, (at, sum) => {
      words[at] = sum;
    });
  }
  words[3] = sumOf(words, 4, words.length);
  return words;
}

/** How many bytes of a file must be read to know how long its header is. */
export const FIRST_BYTES = 4 * SUMS_AT;

/** Byte length of the header that begins so; 0 where it is none of this format and machine. */
export function headerLength(words: Int32Array): number {
  const [magic, format, byteOrder, , , sections] = words;
  if (magic !== MAGIC || format !== FORMAT || byteOrder !== BYTE_ORDER || sections !== SECTIONS) return 0;
  const lengths = [...words.subarray(LENGTHS_AT, SUMS_AT)];
  return lengths.length === SECTIONS && lengths.every((length) => length >= 0) ? headerBytes(lengths) : 0;
}

/** The layout that the words of a whole header tell; null where it is damaged. */
export function readHeader(words: Int32Array): IndexLayout | null {
  if (sumOf(words, 4, words.length) !== words[3]) return null;
  const lengths = [...words.subarray(LENGTHS_AT, SUMS_AT)];
  const offsets: number[] = [];
  let at = 4 * words.length;
  for (const length of lengths) {
    offsets.push(at);
    at += padded(length);
  }
  const size = words[4] ?? 0;
  return at === size ? { size, offsets, lengths, pageSums: words.subarray(SUMS_AT) } : null;
}
