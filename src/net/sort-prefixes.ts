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
  let order = placesOfFamily(columns, family);
  order = sortedByWord(order, words, 3, length);
  if (family === 6) for (let word = 2; word >= 0; word--) order = sortedByWord(order, words, word, null);
  return order;
}

function placesOfFamily({ count, family: families }: PrefixColumns, family: Family): Uint32Array {
  const places = new Uint32Array(count);
  let found = 0;
  for (let place = 0; place < count; place++) if (families[place] === family) places[found++] = place;
  return places.subarray(0, found);
}

/** Places in the order of a word; equal ones by their length where the lengths are given, else as they stand. */
function sortedByWord(order: Uint32Array, words: Uint32Array, word: number, lengths: Uint8Array | null): Uint32Array {
  const keys = new BigUint64Array(order.length);
  const halves = new Uint32Array(keys.buffer);
  for (let i = 0; i < order.length; i++) {
    const place = order[i] ?? 0;
    halves[2 * i + HIGH] = words[4 * place + word] ?? 0;
    halves[2 * i + LOW] = lengths === null ? i : ((lengths[place] ?? 0) << POSITION_BITS) | i;
  }
  keys.sort();
  return order.map((_, i) => order[(halves[2 * i + LOW] ?? 0) & POSITION] ?? 0);
}
