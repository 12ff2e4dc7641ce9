import { type Address, toWords } from "./address.ts";
import type { Family } from "./read-address.ts";
import { sortedOfFamily } from "./sort-prefixes.ts";

/**
 * Distinct prefixes compiled so that "which prefixes cover this address, longest first" costs one search and a walk: the
 * address space as sorted disjoint ranges, each with the longest prefix that covers it, and for every prefix the next
 * shorter one around it. Service tags and route tables share it. Only typed arrays, so that it can lie straight over a file.
 */
export interface PrefixTable {
  readonly v4: Ranges;
  readonly v6: Ranges;
  /** Per value of an IPv4 address's top 16 bits: the last range that starts at or before its first address; 65,536 entries. */
  readonly top: Uint32Array;
  /** Per prefix, in the order given: the longest other prefix that contains it, or -1. */
  readonly parent: Int32Array;
}

/** The ranges of one family; the first starts at address zero, each ends where the next one starts. */
export interface Ranges {
  /** IPv4: one word a range; IPv6: four big-endian words a range. */
  readonly starts: Uint32Array;
  /** Per range: the longest prefix that covers it, or -1. */
  readonly prefix: Int32Array;
}

/** The prefixes to compile, column by column. The same one twice is held by its first. */
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

/** Compiles prefixes of both families. Cost: sorting them, then linear. */
export function buildPrefixTable(columns: PrefixColumns): PrefixTable {
  const parent = new Int32Array(columns.count);
  const v4 = buildRanges(columns, 4, parent);
  return { v4, v6: buildRanges(columns, 6, parent), top: topOf(v4.starts), parent };
}

function buildRanges(columns: PrefixColumns, family: Family, parent: Int32Array): Ranges {
  const sorted = sortedOfFamily(columns, family);
  const builder = new RangeBuilder(columns, family, sorted.length);
  for (let i = 0; i < sorted.length; i++) {
    const index = sorted[i] ?? 0;
    builder.closeBefore(index);
    parent[index] = builder.around();
    builder.open(index);
  }
  return builder.end();
}

/** Takes the prefixes of one family in their order and cuts the address space at their ends. */
class RangeBuilder {
  readonly #words: Uint32Array;
  readonly #length: Uint8Array;
  /** How many words an address has, and how many are left out before them. */
  readonly #stride: number;
  readonly #skipped: number;
  readonly #starts: Uint32Array;
  readonly #prefix: Int32Array;
  #last = 0;
  /** The prefixes around the place that has been reached, the longest last: at most one of each length. */
  readonly #open: Int32Array;
  #depth = 0;

  constructor({ words, length }: PrefixColumns, family: Family, count: number) {
    this.#words = words;
    this.#length = length;
    this.#stride = family === 4 ? 1 : 4;
    this.#skipped = 4 - this.#stride;
    // Each prefix starts one range and at most one more starts behind it. The first is there without any, and one is scratch.
    this.#starts = new Uint32Array(this.#stride * (2 * count + 2));
    this.#prefix = new Int32Array(2 * count + 2).fill(NONE);
    this.#open = new Int32Array(32 * this.#stride + 1);
  }

  /** The longest prefix around the place that has been reached, or -1. */
  around(): number {
    return this.#depth > 0 ? (this.#open[this.#depth - 1] ?? NONE) : NONE;
  }

  /** Ends the prefixes that do not hold the next one. */
  closeBefore(next: number): void {
    const at = 4 * next + this.#skipped;
    while (this.#depth > 0) {
      const longest = this.around();
      if (sameBits(this.#words, 4 * longest + this.#skipped, at, this.#length[longest] ?? 0)) return;
      this.#close(longest);
    }
  }

  open(index: number): void {
    const at = 4 * index + this.#skipped;
    const to = this.#stride * (this.#last + 1);
    for (let k = 0; k < this.#stride; k++) this.#starts[to + k] = this.#words[at + k] ?? 0;
    this.#start(index);
    this.#open[this.#depth++] = index;
  }

  end(): Ranges {
    while (this.#depth > 0) this.#close(this.around());
    const count = this.#last + 1;
    return { starts: this.#starts.slice(0, this.#stride * count), prefix: this.#prefix.slice(0, count) };
  }

  #close(longest: number): void {
    this.#depth--;
    const at = 4 * longest + this.#skipped;
    const to = this.#stride * (this.#last + 1);
    const goesOn = wordsAfter(this.#words, at, this.#length[longest] ?? 0, this.#stride, this.#starts, to);
    if (goesOn) this.#start(this.around());
  }

  /** Gives the addresses from those on that stand behind the last range to a prefix. */
  #start(index: number): void {
    const from = this.#stride * this.#last;
    if (!sameWords(this.#starts, from, this.#starts, from + this.#stride, this.#stride)) this.#last++;
    this.#prefix[this.#last] = index;
  }
}

function sameWords(a: Uint32Array, at: number, b: Uint32Array, bt: number, count: number): boolean {
  for (let k = 0; k < count; k++) if (a[at + k] !== b[bt + k]) return false;
  return true;
}

/** Whether two addresses have their first `count` bits in common. */
function sameBits(words: Uint32Array, at: number, bt: number, count: number): boolean {
  const whole = count >>> 5;
  if (!sameWords(words, at, words, bt, whole)) return false;
  const rest = count & 31;
  return rest === 0 || ((words[at + whole] ?? 0) ^ (words[bt + whole] ?? 0)) >>> (32 - rest) === 0;
}

/** Writes the address after the last one of a prefix; false where there is none. */
function wordsAfter(
  words: Uint32Array,
  at: number,
  fixed: number,
  stride: number,
  target: Uint32Array,
  to: number,
): boolean {
  if (fixed === 0) return false;
  for (let k = 0; k < stride; k++) target[to + k] = words[at + k] ?? 0;
  // The last fixed bit counts one further, and carries.
  let add = 2 ** (31 - ((fixed - 1) & 31));
  for (let k = (fixed - 1) >>> 5; k >= 0; k--) {
    const sum = (target[to + k] ?? 0) + add;
    target[to + k] = sum;
    if (sum <= 0xffffffff) return true;
    add = 1;
  }
  return false;
}

/** Per value of an IPv4 address's top 16 bits, the place to search from: `top` of a `PrefixTable`. */
export function topOf(starts: Uint32Array): Uint32Array {
  const top = new Uint32Array(BUCKETS);
  let filled = 0;
  for (let range = 1; range < starts.length; range++) {
    // The first bucket whose first address is not before the range.
    const bucket = Math.ceil((starts[range] ?? 0) / BUCKETS);
    if (bucket > filled) top.fill(range - 1, filled, bucket);
    filled = bucket;
  }
  return top.fill(starts.length - 1, filled);
}

/** The ranges of one family. */
export function rangesOf(table: PrefixTable, family: Family): Ranges {
  return family === 4 ? table.v4 : table.v6;
}

/**
 * The place of the range that holds the IPv4 address, given as its number. Allocates nothing: tens of nanoseconds with all service
 * tags of Azure.
 */
export function rangeAtV4(starts: Uint32Array, top: Uint32Array, value: number): number {
  const bucket = value >>> 16;
  let low = top[bucket] ?? 0;
  let left = (bucket === BUCKETS - 1 ? starts.length - 1 : (top[bucket + 1] ?? 0)) - low + 1;
  while (left > 1) {
    const half = left >>> 1;
    // A product instead of a branch: which way a search turns cannot be foretold, and a wrong guess costs more than the rest.
    low += half * Number((starts[low + half] ?? 0) <= value);
    left -= half;
  }
  return low;
}

/** The same for the IPv6 address that four big-endian words hold. */
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

/** Whether the last three words at `middle` are no greater than those of the address. */
function restStartsBy(starts: Uint32Array, middle: number, words: Uint32Array, at: number): boolean {
  for (let k = 1; k < 4; k++) {
    const start = starts[middle + k] ?? 0;
    const word = words[at + k] ?? 0;
    if (start !== word) return start < word;
  }
  return true;
}

/** The longest prefix that covers the IPv4 address, given as its number, or -1; `parent` leads on to the shorter ones. */
export function longestCoveringV4({ v4: { starts, prefix }, top }: PrefixTable, value: number): number {
  return prefix[rangeAtV4(starts, top, value)] ?? NONE;
}

/** The same for the IPv6 address that four big-endian words hold. */
export function longestCoveringV6({ v6: { starts, prefix } }: PrefixTable, words: Uint32Array, at = 0): number {
  return prefix[rangeAtV6(starts, words, at)] ?? NONE;
}

const scratch = new Uint32Array(4);

/** The longest prefix that covers the address, or -1; `parent` leads on to the shorter ones. */
export function longestCovering(table: PrefixTable, address: Address): number {
  if (address.family === 4) return longestCoveringV4(table, Number(address.value));
  toWords(address, scratch);
  return longestCoveringV6(table, scratch);
}

/** Every prefix that covers the address, longest first. */
export function* covering(table: PrefixTable, address: Address): Generator<number> {
  for (let index = longestCovering(table, address); index !== NONE; index = table.parent[index] ?? NONE) yield index;
}
