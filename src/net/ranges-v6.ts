import type { PrefixColumns, Ranges } from "./prefix-table.ts";
import { sortedOfFamily } from "./sort-prefixes.ts";

/** No prefix covers. */
const NONE = -1;

/** The same as `buildRangesV4` for IPv6, over addresses of four words. */
export function buildRangesV6(columns: PrefixColumns, parent: Int32Array): Ranges {
  const { words, length } = columns;
  const sorted = sortedOfFamily(columns, 6);
  // Each prefix starts a range, and at most one more starts after its end. The first range exists without any prefix.
  const starts = new Uint32Array(4 * (2 * sorted.length + 1));
  const prefix = new Int32Array(2 * sorted.length + 1);
  // The prefixes around the current address, longest last, and the addresses after their ends. At most one of each
  // length. The first entry is a sentinel that never ends.
  const open = new Int32Array(130);
  const ends = new Uint32Array(4 * 130);
  let depth = 0;
  let range = 0;
  open[0] = NONE;
  prefix[0] = NONE;
  for (let i = 0; ; i++) {
    const index = sorted[i] ?? NONE;
    for (; depth > 0; depth--) {
      const end = 4 * depth;
      const endless = isZero(ends, end);
      if (index !== NONE && (endless || isBefore(words, 4 * index, ends, end))) break;
      if (endless) continue;
      if (setWords(starts, 4 * range, ends, end)) range++;
      prefix[range] = open[depth - 1] ?? NONE;
    }
    if (index === NONE) break;
    parent[index] = open[depth] ?? NONE;
    if (setWords(starts, 4 * range, words, 4 * index)) range++;
    prefix[range] = index;
    depth++;
    open[depth] = index;
    setEnd(ends, 4 * depth, words, 4 * index, length[index] ?? 0);
  }
  return { starts: starts.subarray(0, 4 * (range + 1)), prefix: prefix.subarray(0, range + 1) };
}

/** Whether it is the address after the last one of all, which wraps around to zero. */
function isZero(words: Uint32Array, at: number): boolean {
  return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0 && words[at + 3] === 0;
}

function isBefore(a: Uint32Array, at: number, b: Uint32Array, bt: number): boolean {
  for (let k = 0; k < 4; k++) {
    const one = a[at + k] ?? 0;
    const other = b[bt + k] ?? 0;
    if (one !== other) return one < other;
  }
  return false;
}

/** Writes an address after the one at `to`, unless they are equal. Returns whether it did. */
function setWords(target: Uint32Array, to: number, source: Uint32Array, from: number): boolean {
  const same =
    target[to] === source[from] &&
    target[to + 1] === source[from + 1] &&
    target[to + 2] === source[from + 2] &&
    target[to + 3] === source[from + 3];
  if (same) return false;
  for (let k = 0; k < 4; k++) target[to + 4 + k] = source[from + k] ?? 0;
  return true;
}

/** Writes the address after the last one of the prefix that starts at `from` and has `fixed` bits. */
function setEnd(target: Uint32Array, to: number, source: Uint32Array, from: number, fixed: number): void {
  for (let k = 0; k < 4; k++) target[to + k] = source[from + k] ?? 0;
  // Adds one to the last fixed bit, with carry. For a prefix of no bits this wraps around to zero.
  let add = 2 ** (31 - ((fixed - 1) & 31));
  for (let k = (fixed - 1) >> 5; k >= 0; k--) {
    const sum = (target[to + k] ?? 0) + add;
    target[to + k] = sum;
    add = sum > 0xffffffff ? 1 : 0;
  }
}
