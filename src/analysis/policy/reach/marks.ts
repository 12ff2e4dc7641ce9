import { type AddressRange, firstEndingFrom } from "../../../net/address-ranges.ts";

/** A stretch of addresses between two boundaries, with a number that is equal for equal stretches. */
export interface Stretch extends AddressRange {
  key: number;
}

/** No two families are in one class, even where no table knows either. */
const KEY_OF_FAMILY = { 4: 0, 6: 1 } as const;

/** Cuts the ranges at every boundary, in numeric order. */
export function stretchesOf(ranges: readonly AddressRange[], bounded: readonly AddressRange[]): Stretch[] {
  const starts = { 4: new Set<bigint>(), 6: new Set<bigint>() };
  for (const { family, first, last } of bounded) starts[family].add(first).add(last + 1n);
  const sorted = {
    4: BigUint64Array.from(starts[4]).sort(),
    6: [...starts[6]].sort((a, b) => (a < b ? -1 : 1)),
  };
  const stretches: Stretch[] = [];
  for (const { family, first, last } of ranges) {
    const cuts = sorted[family];
    let from = first;
    for (let at = firstAbove(cuts, first); at < cuts.length; at++) {
      const cut = cuts[at] ?? 0n;
      if (cut > last) break;
      stretches.push({ family, first: from, last: cut - 1n, key: KEY_OF_FAMILY[family] });
      from = cut;
    }
    stretches.push({ family, first: from, last, key: KEY_OF_FAMILY[family] });
  }
  return stretches;
}

/** The index of the first number above `value`. */
function firstAbove(sorted: ArrayLike<bigint>, value: bigint): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0n) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A range with a key; no two of a list overlap, and they are in numeric order. */
export type KeyedRange = AddressRange & { readonly key: string };

/** Gives equal keys to the stretches that lie in ranges of equal keys, from one list of ranges after the other. */
export class Marks {
  readonly #stretches: readonly Stretch[];
  #fresh = 2;

  constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches;
  }

  /** No two ranges of the list overlap, and they are in numeric order. A stretch in none of them keeps its key. */
  add(keyed: Iterable<KeyedRange>): void {
    const numbers = new Map<string, Map<number, number>>();
    let at = 0;
    for (const { family, first, last, key } of keyed) {
      if (at === 0) at = firstEndingFrom(this.#stretches, family, first);
      let known = numbers.get(key);
      if (known === undefined) {
        known = new Map();
        numbers.set(key, known);
      }
      for (; ; at++) {
        const stretch = this.#stretches[at];
        if (stretch === undefined || stretch.family > family || (stretch.family === family && stretch.first > last))
          break;
        if (stretch.family < family || stretch.last < first) continue;
        let number = known.get(stretch.key);
        if (number === undefined) {
          number = this.#fresh++;
          known.set(stretch.key, number);
        }
        stretch.key = number;
      }
    }
  }
}
