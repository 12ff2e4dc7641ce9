/*
 * How an index file is laid out: a header of 32-bit words (magic, format version, byte order, checksum of the rest of the header, byte
 * length of the file, checksum of the sections, number of sections, byte length of each), then the sections, each padded to four
 * bytes. Arrays are written as the machine holds them. A machine of another byte order sees a wrong mark and compiles anew.
 */
const MAGIC = 0x56_4e_54_49; // "VNTI"
const FORMAT = 8;
const BYTE_ORDER = 0x01_02_03_04;

/** The sections, in their order. */
export const SECTION = {
  /** The name of what the index was compiled from. */
  source: 0,
  /** JSON of what is known of the file. */
  file: 1,
  /** JSON of each tag's details, one after the other, and where each begins. */
  details: 2,
  detailStarts: 3,
  families: 4,
  words: 5,
  lengths: 6,
  v4Starts: 7,
  v4Prefixes: 8,
  v6Starts: 9,
  v6Prefixes: 10,
  top: 11,
  parents: 12,
  chainOfPrefix: 13,
  chainTags: 14,
  chainNext: 15,
  tagStart: 16,
  prefixesOfTag: 17,
  v4OfTag: 18,
  endpointCapable: 19,
} as const;

const SECTIONS = Object.keys(SECTION).length;
const LENGTHS_AT = 7;
const HEADER_WORDS = LENGTHS_AT + SECTIONS;

/** Byte length of the header. */
export const HEADER_BYTES = 4 * HEADER_WORDS;

export const padded = (bytes: number): number => (bytes + 3) & ~3;

/** Where everything is in a file. */
export interface IndexLayout {
  /** Byte length of the file. */
  readonly size: number;
  /** Per section: where it begins in the file, and its byte length. */
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
  /** The checksum of all words behind the header. */
  readonly checksum: number;
}

/**
 * The checksum of words, going on from that of the words before them. A sum of multiples of odd numbers, so any change of one word changes it. It is no defence against
 * forgery, which a cache of one's own does not need.
 */
export function checksumOf(words: Int32Array, before = 1): number {
  let sum = before;
  for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, 0x01000193) + (words[i] ?? 0)) | 0;
  return sum;
}

/** The header of a file of those sections, given as words, with their lengths before they were padded. */
export function headerOf(sections: readonly Int32Array[], lengths: readonly number[]): Int32Array {
  const size = sections.reduce((sum, section) => sum + section.byteLength, HEADER_BYTES);
  const checksum = sections.reduce((sum, section) => checksumOf(section, sum), 1);
  const words = Int32Array.from([MAGIC, FORMAT, BYTE_ORDER, 0, size, checksum, SECTIONS, ...lengths]);
  words[3] = checksumOf(words.subarray(4));
  return words;
}

/** The layout in the words of a header; null where it is damaged, or of another format or machine. */
export function readHeader(words: Int32Array): IndexLayout | null {
  const [magic, format, byteOrder, sum, size = 0, checksum = 0, sections] = words;
  if (magic !== MAGIC || format !== FORMAT || byteOrder !== BYTE_ORDER || sections !== SECTIONS) return null;
  if (words.length !== HEADER_WORDS || checksumOf(words.subarray(4)) !== sum) return null;
  const lengths = [...words.subarray(LENGTHS_AT)];
  const offsets: number[] = [];
  let at = HEADER_BYTES;
  for (const length of lengths) {
    if (length < 0) return null;
    offsets.push(at);
    at += padded(length);
  }
  return at === size ? { size, offsets, lengths, checksum } : null;
}
