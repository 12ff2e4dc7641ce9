/** Places in other arrays. */
export type Places = Uint16Array | Uint32Array;

/** What holds places up to that one: 16 bits where they suffice, for the time of a look-up is mostly the cache misses of large arrays. */
export function placesUpTo(most: number): typeof Uint16Array | typeof Uint32Array {
  return most < 2 ** 16 ? Uint16Array : Uint32Array;
}
