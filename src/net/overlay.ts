import { type PrefixTable, type Ranges, rangeAtV4, rangeAtV6, topOf } from "./prefix-table.ts";

/**
 * Two prefix tables laid over one another: one search tells the longest covering prefix in each. The address space is cut at the ends of
 * both tables' ranges; each piece has one number, which stands for the pair.
 */
export interface Overlay {
  readonly v4: NumberedRanges;
  readonly v6: NumberedRanges;
  /** As in `PrefixTable`. */
  readonly top: Uint32Array;
}

/** Ranges as in `Ranges`. */
interface NumberedRanges {
  readonly starts: Uint32Array;
  readonly number: Uint32Array;
}

/**
 * Lays `b` over `a`. `numberOf` gives the number of a pair of longest prefixes, -1 for none; neighbours of the same number become one
 * range. Cost: linear in the ranges.
 */
export function overlayTables(a: PrefixTable, b: PrefixTable, numberOf: (a: number, b: number) => number): Overlay {
  const v4 = overlayRanges(a.v4, b.v4, 1, numberOf);
  return { v4, v6: overlayRanges(a.v6, b.v6, 4, numberOf), top: topOf(v4.starts) };
}

/** The number of the IPv4 address. */
export function numberAtV4({ v4: { starts, number }, top }: Overlay, value: number): number {
  return number[rangeAtV4(starts, top, value)] ?? 0;
}

/** The number of the IPv6 address that four big-endian words hold. */
export function numberAtV6({ v6: { starts, number } }: Overlay, words: Uint32Array, at: number): number {
  return number[rangeAtV6(starts, words, at)] ?? 0;
}

function overlayRanges(
  a: Ranges,
  b: Ranges,
  stride: 1 | 4,
  numberOf: (a: number, b: number) => number,
): NumberedRanges {
  const starts = new Uint32Array(a.starts.length + b.starts.length);
  const number = new Uint32Array(a.prefix.length + b.prefix.length);
  let count = 0;
  // The next range of each; both begin at address zero, so the first step takes one from either.
  let nextA = 0;
  let nextB = 0;
  while (nextA < a.prefix.length || nextB < b.prefix.length) {
    const order = compareStarts(a, nextA, b, nextB, stride);
    const from = order <= 0 ? a.starts : b.starts;
    const at = stride * (order <= 0 ? nextA : nextB);
    if (order <= 0) nextA++;
    if (order >= 0) nextB++;
    const own = numberOf(a.prefix[nextA - 1] ?? -1, b.prefix[nextB - 1] ?? -1);
    if (count > 0 && number[count - 1] === own) continue;
    for (let k = 0; k < stride; k++) starts[stride * count + k] = from[at + k] ?? 0;
    number[count++] = own;
  }
  return { starts: starts.slice(0, stride * count), number: number.slice(0, count) };
}

/** Which of two ranges starts first; a table that has come to its end starts last. */
function compareStarts(a: Ranges, atA: number, b: Ranges, atB: number, stride: number): number {
  if (atA >= a.prefix.length) return 1;
  if (atB >= b.prefix.length) return -1;
  for (let k = 0; k < stride; k++) {
    const difference = (a.starts[stride * atA + k] ?? 0) - (b.starts[stride * atB + k] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
