import type { Ranges } from "./prefix-table.ts";

/**
 * The ranges of two tables laid over one another, for one family. The address space is cut at the ends of both tables'
 * ranges. Each range has the number of the pair of longest prefixes that cover it, so one search replaces two.
 */
export interface Overlay {
  /** As in `Ranges`. */
  readonly starts: Uint32Array;
  readonly number: Uint32Array;
}

/**
 * Lays the ranges `b` over `a`. An address has `stride` words. `numberOf` returns the number of a pair of prefixes,
 * where -1 means no prefix. Adjacent ranges of the same number are merged. Cost: linear in the ranges.
 */
export function overlayRanges(
  a: Ranges,
  b: Ranges,
  stride: 1 | 4,
  numberOf: (a: number, b: number) => number,
): Overlay {
  const starts = new Uint32Array(a.starts.length + b.starts.length);
  const number = new Uint32Array(a.prefix.length + b.prefix.length);
  let count = 0;
  // The next range of each table. Both tables begin at address zero, so the first step takes one range from each.
  let nextA = 0;
  let nextB = 0;
  while (nextA < a.prefix.length || nextB < b.prefix.length) {
    const order = compareStarts(a, nextA, b, nextB, stride);
    const from = order <= 0 ? a.starts : b.starts;
    const at = stride * (order <= 0 ? nextA : nextB);
    if (order <= 0) nextA++;
    if (order >= 0) nextB++;
    const own = numberOf(a.prefix[nextA - 1] ?? -1, b.prefix[nextB - 1] ?? -1);
    if (number[count - 1] === own) continue;
    for (let k = 0; k < stride; k++) starts[stride * count + k] = from[at + k] ?? 0;
    number[count++] = own;
  }
  return { starts: starts.slice(0, stride * count), number: number.slice(0, count) };
}

/** The order of two ranges by their starts. The end of a table comes last. */
function compareStarts(a: Ranges, atA: number, b: Ranges, atB: number, stride: number): -1 | 0 | 1 {
  if (atA >= a.prefix.length) return 1;
  if (atB >= b.prefix.length) return -1;
  for (let k = 0; k < stride; k++) {
    const ofA = a.starts[stride * atA + k] ?? 0;
    const ofB = b.starts[stride * atB + k] ?? 0;
    if (ofA !== ofB) return ofA < ofB ? -1 : 1;
  }
  return 0;
}

/**
 * Returns a function that numbers pairs of integers, `a` from -1 and `b` from -1 to below `most`: from 0, in the order
 * of their first occurrence. Fast where a `b` mostly recurs with the same `a`, as prefixes in the order of addresses
 * do.
 */
export function numberPairs(most: number): (a: number, b: number) => number {
  const numbers = new Map<number, number>();
  const lastA = new Int32Array(most + 1).fill(-2);
  const lastNumber = new Int32Array(most + 1);
  return (a, b) => {
    if (lastA[b + 1] === a) return lastNumber[b + 1] ?? 0;
    const key = a * (most + 1) + b;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    lastA[b + 1] = a;
    lastNumber[b + 1] = number;
    return number;
  };
}
