import type { Address } from "../../net/address.ts";
import { type Prefix, prefixOf } from "../../net/prefix.ts";

/**
 * Values by prefix: the longest prefix that covers an address has the value. A look-up costs one step for each length
 * among the prefixes, however many they are: a hub has hundreds of peerings. Of equal prefixes the first counts.
 */
export class NearestPrefix<T> {
  /** By family and length, longest first, then by first address. */
  readonly #lengths: readonly (readonly [family: number, length: number, values: ReadonlyMap<bigint, T>])[];

  constructor(entries: Iterable<readonly [Prefix, T]>) {
    const byLength = new Map<number, Map<bigint, T>>();
    for (const [{ family, length, first }, value] of entries) {
      const key = family * 1000 + length;
      let values = byLength.get(key);
      if (values === undefined) {
        values = new Map();
        byLength.set(key, values);
      }
      if (!values.has(first)) values.set(first, value);
    }
    this.#lengths = [...byLength]
      .sort(([a], [b]) => b - a)
      .map(([key, values]) => [Math.floor(key / 1000), key % 1000, values] as const);
  }

  /** Returns the value of the longest prefix that covers the address; null where none does. */
  find(address: Address): T | null {
    for (const [family, length, values] of this.#lengths) {
      if (family !== address.family) continue;
      const value = values.get(prefixOf(address, length).first);
      if (value !== undefined) return value;
    }
    return null;
  }
}
