import { bitsOf } from "./address.ts";
import { lastOf, type Prefix } from "./prefix.ts";
import type { Family } from "./read-address.ts";

/*
 * Sets of addresses as ranges, and the algebra on them. A list of ranges is normalised if it is sorted (IPv4 first,
 * then by address) and no two ranges overlap or touch, so each set has exactly one normalised list. Functions accept
 * any list and return a normalised one.
 */

/** Consecutive addresses of one family, both ends included; `first` is never after `last`. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

const startsBefore = (a: AddressRange, b: AddressRange) => a.family - b.family || (a.first < b.first ? -1 : 1);

function isNormalised(ranges: readonly AddressRange[]): boolean {
  return ranges.every(({ family, first }, at) => {
    const before = ranges[at - 1];
    return before === undefined || before.family < family || (before.family === family && before.last + 1n < first);
  });
}

/** The addresses in any of the ranges, normalised. Cost: that of a sort; linear if they are already normalised. */
export function unionOf(ranges: Iterable<AddressRange>): AddressRange[] {
  const given = [...ranges];
  if (isNormalised(given)) return given;
  const merged: { family: Family; first: bigint; last: bigint }[] = [];
  for (const { family, first, last } of given.sort(startsBefore)) {
    const open = merged.at(-1);
    if (open === undefined || open.family !== family || open.last + 1n < first) merged.push({ family, first, last });
    else if (last > open.last) open.last = last;
  }
  return merged;
}

/** The addresses in both lists. Cost: linear in the two, once they are normalised. */
export function intersectionOf(a: readonly AddressRange[], b: readonly AddressRange[]): AddressRange[] {
  const left = unionOf(a);
  const right = unionOf(b);
  const common: AddressRange[] = [];
  let at = 0;
  let other = 0;
  for (;;) {
    const one = left[at];
    const two = right[other];
    if (one === undefined || two === undefined) return common;
    if (one.family === two.family) {
      let { first, last } = one;
      if (first < two.first) first = two.first;
      if (last > two.last) last = two.last;
      if (first <= last) common.push({ family: one.family, first, last });
    }
    // The range that ends first cannot meet any further range.
    if (one.family < two.family || (one.family === two.family && one.last < two.last)) at++;
    else other++;
  }
}

/**
 * Whether the ranges have an address in common with `set`, which must be normalised. Cost: a search in `set` for each
 * of them.
 */
export function meets(ranges: readonly AddressRange[], set: readonly AddressRange[]): boolean {
  return ranges.some(({ family, first, last }) => {
    const range = set[firstEndingFrom(set, family, first)];
    return range !== undefined && range.family === family && range.first <= last;
  });
}

/** The index of the first range that ends at or after the address, in a sorted list of disjoint ranges. */
export function firstEndingFrom(ranges: readonly AddressRange[], family: Family, address: bigint): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const range = ranges[middle];
    if (range !== undefined && (range.family < family || (range.family === family && range.last < address)))
      low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The addresses in `a` that are not in `b`. Cost: linear in the two, once they are normalised. */
export function differenceOf(a: readonly AddressRange[], b: readonly AddressRange[]): AddressRange[] {
  const taken = unionOf(b);
  const left: AddressRange[] = [];
  let from = 0;
  for (const { family, first, last } of unionOf(a)) {
    let next = first;
    for (; from < taken.length; from++) {
      const hole = taken[from];
      if (hole === undefined || hole.family > family || (hole.family === family && hole.first > last)) break;
      if (hole.family < family || hole.last < next) continue;
      if (hole.first > next) left.push({ family, first: next, last: hole.first - 1n });
      next = hole.last + 1n;
      // The hole may reach into the next range.
      if (hole.last >= last) break;
    }
    if (next <= last) left.push({ family, first: next, last });
  }
  return left;
}

/** The addresses of a prefix. */
export function rangeOf(prefix: Prefix): AddressRange {
  return { family: prefix.family, first: prefix.first, last: lastOf(prefix) };
}

/**
 * The shortest list of prefixes that hold exactly these addresses, in numeric order. Cost: linear in the ranges. Each
 * range gives at most two prefixes for each bit of an address.
 */
export function prefixesOf(ranges: Iterable<AddressRange>): Prefix[] {
  return [...prefixesIn(ranges)];
}

/** Yields the same prefixes one by one, without building a list. */
export function* prefixesIn(ranges: Iterable<AddressRange>): Generator<Prefix> {
  for (const { family, first, last } of unionOf(ranges)) {
    const bits = bitsOf(family);
    // Taking the largest aligned block that fits gives the fewest prefixes.
    for (let next = first; next <= last; ) {
      const aligned = next === 0n ? bits : trailingZeros(next);
      const hostBits = Math.min(aligned, (last - next + 1n).toString(2).length - 1);
      yield { family, first: next, length: bits - hostBits };
      next += 1n << BigInt(hostBits);
    }
  }
}

function trailingZeros(value: bigint): number {
  return (value & -value).toString(2).length - 1;
}

/** The number of distinct addresses in the ranges, both families together. */
export function addressCount(ranges: Iterable<AddressRange>): bigint {
  return unionOf(ranges).reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}
