import type { PrefixColumns } from "./prefix-table.ts";
import type { Family } from "./read-address.ts";

/** The half of a 64-bit number that a Uint32Array over it shows first. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** A length and a position share 32 bits. */
const POSITION_BITS = 24;
const POSITION = 2 ** POSITION_BITS - 1;

/**
 * The places of one family's prefixes, at most 16,777,216, in the order of their first addresses, a shorter prefix before a longer
 * one that starts with it: so each comes after all that hold it. Cost: sorting 64-bit numbers, once for IPv4, up to four times
 * for IPv6: typed arrays of those are sorted natively, far faster than by comparisons in JavaScript.
 */
export function sortedOfFamily(columns: PrefixColumns, family: Family): Uint32Array {
  const { words, length } = columns;
  let order: Uint32Array = placesOfFamily(columns, family);
  let sorted: Uint32Array = new Uint32Array(order.length);
  const keys = new BigUint64Array(order.length);
  const halves = new Uint32Array(keys.buffer);
  for (let word = 3; word >= (family === 4 ? 3 : 0); word--) {
    fillKeys(order, words, word, word === 3 ? length : null, halves);
    keys.sort();
    takeSorted(order, halves, sorted);
    [order, sorted] = [sorted, order];
  }
  return order;
}

function placesOfFamily({ count, family: families }: PrefixColumns, family: Family): Uint32Array {
  const places = new Uint32Array(count);
  let found = 0;
  for (let place = 0; place < count; place++) if (families[place] === family) places[found++] = place;
  return places.subarray(0, found);
}

/** A key for each place in the order: a word, then the length where lengths are given, then where it stands. */
function fillKeys(
  order: Uint32Array,
  words: Uint32Array,
  word: number,
  lengths: Uint8Array | null,
  halves: Uint32Array,
) {
  for (let i = 0; i < order.length; i++) {
    const place = order[i] ?? 0;
    halves[2 * i + HIGH] = words[4 * place + word] ?? 0;
    halves[2 * i + LOW] = lengths === null ? i : ((lengths[place] ?? 0) << POSITION_BITS) | i;
  }
}

/** The places in the order of their keys. */
function takeSorted(order: Uint32Array, halves: Uint32Array, sorted: Uint32Array) {
  for (let i = 0; i < sorted.length; i++) sorted[i] = order[(halves[2 * i + LOW] ?? 0) & POSITION] ?? 0;
}
