import type { Address } from "../net/address.ts";
import { contains, type Prefix } from "../net/prefix.ts";
import type { EffectiveRoute } from "../routes/effective-route.ts";

/** A row that covers an address, with the longest of its prefixes that does. */
export interface CoveringRow {
  readonly route: EffectiveRoute;
  /** The row's place in its table. */
  readonly index: number;
  readonly prefix: Prefix;
  /** The prefix's place in the row. */
  readonly place: number;
}

/**
 * Every row of the table that covers the address, whatever its state, in table order. Linear in the table's prefixes.
 */
export function coveringRows(routes: readonly EffectiveRoute[], address: Address): CoveringRow[] {
  const rows: CoveringRow[] = [];
  routes.forEach((route, index) => {
    let longest: CoveringRow | undefined;
    route.addressPrefix.forEach((prefix, place) => {
      if (contains(prefix, address) && (longest === undefined || prefix.length > longest.prefix.length)) {
        longest = { route, index, prefix, place };
      }
    });
    if (longest !== undefined) rows.push(longest);
  });
  return rows;
}
