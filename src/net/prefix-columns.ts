import { toWords } from "./address.ts";
import type { Prefix } from "./prefix.ts";
import type { PrefixColumns } from "./prefix-table.ts";

/** Distinct prefixes in the order of their first occurrence, with the columns to build a prefix table from. */
export interface DistinctPrefixes {
  readonly prefixes: readonly Prefix[];
  readonly columns: PrefixColumns;
  /** For each given prefix its index in `prefixes`. */
  readonly places: Uint32Array;
}

/** Drops repeated prefixes and writes the others to columns. Cost: linear. */
export function distinctPrefixes(given: readonly Prefix[]): DistinctPrefixes {
  const known = new Map<string, number>();
  const prefixes: Prefix[] = [];
  const places = Uint32Array.from(given, (prefix) => {
    const key = `${prefix.family} ${prefix.first} ${prefix.length}`;
    const place = known.get(key) ?? prefixes.length;
    if (place === prefixes.length) {
      known.set(key, place);
      prefixes.push(prefix);
    }
    return place;
  });
  const words = new Uint32Array(4 * prefixes.length);
  prefixes.forEach(({ family, first }, place) => {
    toWords({ family, value: first }, words, 4 * place);
  });
  const family = Uint8Array.from(prefixes, (prefix) => prefix.family);
  const length = Uint8Array.from(prefixes, (prefix) => prefix.length);
  return { prefixes, columns: { count: prefixes.length, family, words, length }, places };
}
