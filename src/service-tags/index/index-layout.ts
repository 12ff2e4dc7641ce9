/*
 * The layout of an index file: a header of 32-bit words (magic, format version, byte order, checksum of the rest of the
 * header, byte length of the file, checksum of the sections, number of sections, byte length of each), then the
 * sections, each padded to four bytes. Arrays are written in the machine's byte order. A machine with another byte
 * order rejects the file and compiles it again.
 */
const MAGIC = 0x56_4e_54_49; // "VNTI"
const FORMAT = 8;
const BYTE_ORDER = 0x01_02_03_04;

/** The sections, in their order. */
export const SECTION = {
  /** Identifies the tag file from which the index was compiled. */
  source: 0,
  /** The file's metadata as JSON. */
  file: 1,
  /** Each tag's details as JSON, one after the other, and the start of each. */
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

/** Byte length of the header. */
export const HEADER_BYTES = 4 * (LENGTHS_AT + SECTIONS);

export const padded = (bytes: number): number => (bytes + 3) & ~3;

/** The positions and lengths in a file. */
export interface IndexLayout {
  /** Byte length of the file. */
  readonly size: number;
  /** Per section: its offset in the file, and its byte length. */
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
  /** The checksum of all words after the header. */
  readonly checksum: number;
}

/**
 * Returns the checksum of words, continued from that of the words before them. It is a sum of odd multiples, so a
 * change of any single word changes it. It does not detect forgery, which does not threaten a user's own cache.
 */
export function checksumOf(words: Int32Array, before = 1): number {
  let sum = before;
  for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, 0x01000193) + (words[i] ?? 0)) | 0;
  return sum;
}

/** Returns the header for these sections, given as words, with their lengths before padding. */
export function headerOf(sections: readonly Int32Array[], lengths: readonly number[]): Int32Array {
  const size = sections.reduce((sum, section) => sum + section.byteLength, HEADER_BYTES);
  const checksum = sections.reduce((sum, section) => checksumOf(section, sum), 1);
  const words = Int32Array.from([MAGIC, FORMAT, BYTE_ORDER, 0, size, checksum, SECTIONS, ...lengths]);
  words[3] = checksumOf(words.subarray(4));
  return words;
}

/** Reads the layout from a header; null if it is damaged, or from another format or machine. */
export function readHeader(words: Int32Array): IndexLayout | null {
  const [magic, format, byteOrder, sum, size = 0, checksum = 0, sections] = words;
  if (magic !== MAGIC || format !== FORMAT || byteOrder !== BYTE_ORDER || sections !== SECTIONS) return null;
  if (checksumOf(words.subarray(4)) !== sum) return null;
  const lengths = [...words.subarray(LENGTHS_AT)];
  const offsets: number[] = [];
  let at = HEADER_BYTES;
  for (const length of lengths) {
    offsets.push(at);
    at += padded(length);
  }
  return at === size ? { size, offsets, lengths, checksum } : null;
}
