import { type Address, toWords } from "./address.ts";
import { firstAddress, type Prefix } from "./prefix.ts";
import type { Family } from "./read-address.ts";

/**
 * Distinct prefixes, compiled to find the prefixes that cover an address, longest first, with one search and a walk.
 * The address space is cut into sorted disjoint ranges, each with the longest prefix that covers it; each prefix has
 * the next shorter one around it. For service tags and route tables. Only typed arrays, so that it can be a view of a
 * file.
 */
export interface PrefixTable {
  readonly v4: Ranges;
  readonly v6: Ranges;
  /**
   * For each value of an IPv4 address's top 16 bits, the last range that starts at or before its first address. 65,536
   * entries.
   */
  readonly top: Indices;
  /** For each prefix, in the order given, the longest other prefix that contains it, or -1. */
  readonly parent: Int32Array;
}

/** Indices into other arrays, as narrow as they fit: the time of a look-up is mostly cache misses in large arrays. */
export type Indices = Uint16Array | Uint32Array;

/** The narrowest array type that holds indices up to `most`. */
export function indicesUpTo(most: number): typeof Uint16Array | typeof Uint32Array {
  return most < 2 ** 16 ? Uint16Array : Uint32Array;
}

/** The ranges of one family. The first starts at address zero; each ends where the next one starts. */
export interface Ranges {
  /** One word for each IPv4 range, four big-endian words for each IPv6 range. */
  readonly starts: Uint32Array;
  /** For each range the longest prefix that covers it, or -1. */
  readonly prefix: Int32Array;
}

/** The prefixes to compile, column by column. Of equal prefixes the first counts. */
export interface PrefixColumns {
  readonly count: number;
  readonly family: Uint8Array;
  /** The first address of each prefix as four big-endian words. IPv4 uses the last word. */
  readonly words: Uint32Array;
  readonly length: Uint8Array;
}

/** No prefix covers. */
const NONE = -1;

/** The number of values of an IPv4 address's top 16 bits. */
export const BUCKETS = 65_536;

/** The ranges of one family. */
export function rangesOf(table: PrefixTable, family: Family): Ranges {
  return family === 4 ? table.v4 : table.v6;
}

/**
 * The index of the range that holds the IPv4 address. Without `top` the search takes twice the steps, but a single
 * look-up need not read `top` from a file. Allocates nothing; takes tens of nanoseconds with all service tags of Azure.
 * One function for both, because V8 would optimise a smaller one in the first milliseconds of a start, which takes as
 * long as all its searches.
 */
export function rangeAtV4(starts: Uint32Array, top: Indices | null, value: number): number {
  let low = 0;
  let left = starts.length;
  if (top !== null) {
    const bucket = value >>> 16;
    low = top[bucket] ?? 0;
    const last = bucket === BUCKETS - 1 ? starts.length - 1 : (top[bucket + 1] ?? 0);
    left = last - low + 1;
  }
  while (left > 1) {
    const half = left >>> 1;
    // A product instead of a branch, because the processor cannot predict the branches of a search.
    low += half * Number((starts[low + half] ?? 0) <= value);
    left -= half;
  }
  return low;
}

/** The same for an IPv6 address in four big-endian words. */
export function rangeAtV6(starts: Uint32Array, words: Uint32Array, at: number): number {
  const first = words[at] ?? 0;
  let low = 0;
  let left = starts.length >>> 2;
  while (left > 1) {
    const half = left >>> 1;
    const middle = 4 * (low + half);
    const start = starts[middle] ?? 0;
    if (start < first || (start === first && restStartsBy(starts, middle, words, at))) low += half;
    left -= half;
  }
  return low;
}

/** Whether the last three words at `middle` are at most those of the address. */
function restStartsBy(starts: Uint32Array, middle: number, words: Uint32Array, at: number): boolean {
  for (let k = 1; k < 4; k++) {
    const start = starts[middle + k] ?? 0;
    const word = words[at + k] ?? 0;
    if (start !== word) return start < word;
  }
  return true;
}

/** The longest prefix that covers the IPv4 address, or -1. `parent` leads to the shorter ones. */
export function longestCoveringV4({ v4: { starts, prefix }, top }: PrefixTable, value: number): number {
  return prefix[rangeAtV4(starts, top, value)] ?? NONE;
}

/** The same for an IPv6 address in four big-endian words. */
export function longestCoveringV6({ v6: { starts, prefix } }: PrefixTable, words: Uint32Array, at = 0): number {
  return prefix[rangeAtV6(starts, words, at)] ?? NONE;
}

const scratch = new Uint32Array(4);

/** The longest prefix that covers the address, or -1. `parent` leads to the shorter ones. */
export function longestCovering(table: PrefixTable, address: Address): number {
  if (address.family === 4) return longestCoveringV4(table, Number(address.value));
  toWords(address, scratch);
  return longestCoveringV6(table, scratch);
}

/** The most prefixes around an address, ::/0 to its own /128. It ends a walk through a table from a damaged file. */
const MOST_NESTED = 129;

/**
 * The longest prefix that equals or holds the given one, or -1. `parent` leads to the shorter ones. `length` is the
 * column that the table was built from.
 */
export function longestAround(table: PrefixTable, { length }: Pick<PrefixColumns, "length">, prefix: Prefix): number {
  let index = longestOnce(table, firstAddress(prefix));
  for (let steps = 0; steps < MOST_NESTED && (length[index] ?? 0) > prefix.length; steps++) {
    index = table.parent[index] ?? NONE;
  }
  return index;
}

/**
 * Every prefix that covers the address, longest first. Does not use `top`, so that a single look-up need not read it
 * from a file.
 */
export function* covering(table: PrefixTable, address: Address): Generator<number> {
  let index = longestOnce(table, address);
  for (let steps = 0; steps < MOST_NESTED && index !== NONE; steps++) {
    yield index;
    index = table.parent[index] ?? NONE;
  }
}

function longestOnce(table: PrefixTable, address: Address): number {
  if (address.family === 6) return longestCovering(table, address);
  const { starts, prefix } = table.v4;
  return prefix[rangeAtV4(starts, null, Number(address.value))] ?? NONE;
}
