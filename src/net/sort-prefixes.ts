import type { PrefixColumns } from "./prefix-table.ts";
import type { Family } from "./read-address.ts";

/** The index of the low half of a 64-bit number in a Uint32Array view. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** The length of a prefix and its index share 32 bits. */
const POSITION_BITS = 24;
const POSITION = 2 ** POSITION_BITS - 1;

/**
 * The indices of one family's prefixes, each below 16,777,216, ordered by first address, then shorter first. So each
 * prefix comes after all that hold it. Cost: sorting 64-bit numbers, once for IPv4, up to four times for IPv6. Sorting
 * a typed array is native, and far faster than comparisons in JavaScript.
 */
export function sortedOfFamily(columns: PrefixColumns, family: Family): Uint32Array {
  // Signed, because V8 boxes unsigned 32-bit numbers until it has compiled the code that reads them.
  const words = new Int32Array(columns.words.buffer, columns.words.byteOffset, columns.words.length);
  const [lowest = 3, ...higher] = family === 6 ? wordsInUse(columns, words) : [];
  const keys = new BigUint64Array(columns.count);
  const halves = new Int32Array(keys.buffer);
  const count = fillKeysOfFamily(columns, words, family, lowest, halves);
  const used = keys.subarray(0, count);
  used.sort();
  let order = new Uint32Array(count);
  takePositions(halves, order);
  for (const word of higher) {
    fillKeys(order, words, word, halves);
    used.sort();
    const sorted = new Uint32Array(count);
    takeSorted(order, halves, sorted);
    order = sorted;
  }
  return order;
}

/** The words that are not zero in all IPv6 prefixes, last one first. Prefixes of at most 64 bits use only two. */
function wordsInUse({ count, family }: PrefixColumns, words: Int32Array): readonly number[] {
  const used = new Int32Array(4);
  for (let place = 0; place < count; place++) if (family[place] === 6) addBits(words, 4 * place, used);
  return [3, 2, 1, 0].filter((word) => used[word] !== 0);
}

function addBits(words: Int32Array, at: number, used: Int32Array): void {
  for (let word = 0; word < 4; word++) used[word] = (used[word] ?? 0) | (words[at + word] ?? 0);
}

/** Writes a key for each prefix of the family: a word, the length, the index. Returns the number of keys. */
function fillKeysOfFamily(
  { count, family: families, length }: PrefixColumns,
  words: Int32Array,
  family: Family,
  word: number,
  halves: Int32Array,
): number {
  let found = 0;
  for (let place = 0; place < count; place++) {
    if (families[place] !== family) continue;
    halves[2 * found + HIGH] = words[4 * place + word] ?? 0;
    halves[2 * found + LOW] = ((length[place] ?? 0) << POSITION_BITS) | place;
    found++;
  }
  return found;
}

/** Copies the indices out of the keys. */
function takePositions(halves: Int32Array, positions: Uint32Array): void {
  for (let i = 0; i < positions.length; i++) positions[i] = (halves[2 * i + LOW] ?? 0) & POSITION;
}

/** Writes a key for each entry of the order: a word, then the position in the order. */
function fillKeys(order: Uint32Array, words: Int32Array, word: number, halves: Int32Array): void {
  for (let i = 0; i < order.length; i++) {
    halves[2 * i + HIGH] = words[4 * (order[i] ?? 0) + word] ?? 0;
    halves[2 * i + LOW] = i;
  }
}

/** Copies the order, sorted by the keys. */
function takeSorted(order: Uint32Array, halves: Int32Array, sorted: Uint32Array): void {
  for (let i = 0; i < sorted.length; i++) sorted[i] = order[halves[2 * i + LOW] ?? 0] ?? 0;
}
