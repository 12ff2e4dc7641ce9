import { type Address, toWords } from "./address.ts";
import type { Family } from "./read-address.ts";

/**
 * Distinct prefixes compiled so that "which prefixes cover this address, longest first" costs one search and a walk: the
 * address space as sorted disjoint ranges, each with the longest prefix that covers it, and for every prefix the next
 * shorter one around it. Service tags and route tables share it. Only typed arrays, so that it can lie straight over a file.
 */
export interface PrefixTable {
  readonly v4: Ranges;
  readonly v6: Ranges;
  /** Per prefix, in the order given: the longest other prefix that contains it, or -1. */
  readonly parent: Int32Array;
}

/** The ranges of one family; the first starts at address zero, each ends where the next one starts. */
export interface Ranges {
  /** IPv4: one word a range; IPv6: four big-endian words a range. */
  readonly starts: Uint32Array;
  /** Per range: the longest prefix that covers it, or -1. */
  readonly prefix: Int32Array;
  /** Per value of the address's top 16 bits: the last range that starts at or before its first address; 65,536 entries. */
  readonly top: Uint32Array;
}

/** The prefixes to compile: column by column. Must be distinct. */
export interface PrefixColumns {
  readonly count: number;
  readonly family: Uint8Array;
  /** Four big-endian words a prefix, the first address; IPv4 uses the last word. */
  readonly words: Uint32Array;
  readonly length: Uint8Array;
}

/** No prefix covers. */
const NONE = -1;

const BUCKETS = 65_536;

function compareWords(a: Uint32Array, at: number, b: Uint32Array, bt: number): number {
  for (let k = 0; k < 4; k++) {
    const difference = (a[at + k] ?? 0) - (b[bt + k] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Writes the address after the prefix's last one; false where there is none. */
function wordsAfter(columns: PrefixColumns, index: number, target: Uint32Array): boolean {
  const v4 = columns.family[index] === 4;
  const fixed = (columns.length[index] ?? 0) + (v4 ? 96 : 0);
  if (fixed === (v4 ? 96 : 0)) return false;
  target.set(columns.words.subarray(4 * index, 4 * index + 4));
  // The last fixed bit counts one further, and carries.
  let k = (fixed - 1) >>> 5;
  const lowest = v4 ? 3 : 0;
  let add = 2 ** (31 - ((fixed - 1) & 31));
  for (; k >= lowest; k--) {
    const sum = (target[k] ?? 0) + add;
    target[k] = sum >>> 0;
    if (sum <= 0xffffffff) return true;
    add = 1;
  }
  return false;
}

function sortedOfFamily(columns: PrefixColumns, family: Family): Uint32Array {
  const { words, length } = columns;
  const indexes = new Uint32Array(columns.count);
  let count = 0;
  for (let i = 0; i < columns.count; i++) if (columns.family[i] === family) indexes[count++] = i;
  const shorterFirst = (a: number, b: number) => (length[a] ?? 0) - (length[b] ?? 0);
  return indexes
    .subarray(0, count)
    .sort(
      family === 4
        ? (a, b) => (words[4 * a + 3] ?? 0) - (words[4 * b + 3] ?? 0) || shorterFirst(a, b)
        : (a, b) => compareWords(words, 4 * a, words, 4 * b) || shorterFirst(a, b),
    );
}

function buildRanges(columns: PrefixColumns, family: Family, parent: Int32Array): Ranges {
  const sorted = sortedOfFamily(columns, family);
  // Each prefix starts one range and at most one more starts behind it.
  const starts = new Uint32Array(4 * (2 * sorted.length + 1));
  const prefix = new Int32Array(2 * sorted.length + 1).fill(NONE);
  let last = 0;
  const start = (words: Uint32Array, at: number, index: number) => {
    if (compareWords(starts, 4 * last, words, at) !== 0) {
      if (prefix[last] === index) return;
      last++;
      starts.set(words.subarray(at, at + 4), 4 * last);
    }
    prefix[last] = index;
  };
  const open: number[] = [];
  const after = new Uint32Array(4);
  const closeBefore = (at: number | null) => {
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const goesOn = wordsAfter(columns, top, after);
      if (at !== null && (!goesOn || compareWords(after, 0, columns.words, at) > 0)) return;
      open.pop();
      if (goesOn) start(after, 0, open.at(-1) ?? NONE);
    }
  };
  for (const index of sorted) {
    closeBefore(4 * index);
    parent[index] = open.at(-1) ?? NONE;
    start(columns.words, 4 * index, index);
    open.push(index);
  }
  closeBefore(null);
  return packed(starts, prefix, last + 1, family);
}

function packed(starts: Uint32Array, prefix: Int32Array, count: number, family: Family): Ranges {
  const stride = family === 4 ? 1 : 4;
  const kept = new Uint32Array(stride * count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < stride; k++) kept[stride * i + k] = starts[4 * i + 4 - stride + k] ?? 0;
  }
  const top = new Uint32Array(BUCKETS);
  let range = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    while (range + 1 < count && startsBy(kept, stride, range + 1, bucket * BUCKETS)) range++;
    top[bucket] = range;
  }
  return { starts: kept, prefix: prefix.slice(0, count), top };
}

/** Whether the range starts at or before the address whose first word is given and whose other words are zero. */
function startsBy(starts: Uint32Array, stride: number, range: number, word: number): boolean {
  const first = starts[stride * range] ?? 0;
  if (first !== word) return first < word;
  for (let k = 1; k < stride; k++) if (starts[stride * range + k] !== 0) return false;
  return true;
}

/** Compiles distinct prefixes of both families. Cost: sorting them. */
export function buildPrefixTable(columns: PrefixColumns): PrefixTable {
  const parent = new Int32Array(columns.count).fill(NONE);
  return { v4: buildRanges(columns, 4, parent), v6: buildRanges(columns, 6, parent), parent };
}

/** The ranges of one family. */
export function rangesOf(table: PrefixTable, family: Family): Ranges {
  return family === 4 ? table.v4 : table.v6;
}

/** The range that holds the IPv4 address, given as its number: a place in `v4.prefix`. */
function rangeOfV4({ starts, top }: Ranges, value: number): number {
  const bucket = value >>> 16;
  let low = top[bucket] ?? 0;
  let high = bucket === BUCKETS - 1 ? starts.length - 1 : (top[bucket + 1] ?? 0);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The range that holds the IPv6 address, given as four big-endian words: a place in `v6.prefix`. */
function rangeOfV6({ starts, prefix, top }: Ranges, words: Uint32Array, at = 0): number {
  const bucket = (words[at] ?? 0) >>> 16;
  let low = top[bucket] ?? 0;
  let high = bucket === BUCKETS - 1 ? prefix.length - 1 : (top[bucket + 1] ?? 0);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (compareWords(starts, 4 * middle, words, at) <= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

const scratch = new Uint32Array(4);

/** The longest prefix that covers the address, or -1; `parent` leads on to the shorter ones. */
export function longestCovering(table: PrefixTable, address: Address): number {
  if (address.family === 4) return table.v4.prefix[rangeOfV4(table.v4, Number(address.value))] ?? NONE;
  toWords(address, scratch);
  return table.v6.prefix[rangeOfV6(table.v6, scratch)] ?? NONE;
}

/** Every prefix that covers the address, longest first. */
export function* covering(table: PrefixTable, address: Address): Generator<number> {
  for (let index = longestCovering(table, address); index !== NONE; index = table.parent[index] ?? NONE) yield index;
}
