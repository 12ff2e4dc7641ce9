import { placesOf } from "../analysis/coverage/place.ts";
import type { Share } from "../analysis/coverage/shares.ts";
import { formatAddress, parseAddress } from "../net/address.ts";
import { contains, parsePrefix } from "../net/prefix.ts";
import type { PageTable } from "./subject.ts";

/** Addresses that look familiar. They are better examples than the first ones of a range, such as 0.0.0.0. */
const KNOWN = ["8.8.8.8", "10.1.2.3", "192.168.1.1"].map(parseAddress);

/** Returns a function from a share of the table to an example of its addresses. */
export function examplesOf({ annotated, table }: PageTable): (share: Share) => string {
  const placeOf = placesOf(annotated);
  const known = KNOWN.map((address) => ({ address, key: placeOf(table.select(address)).key }));
  return ({ place, example }) => formatAddress(known.find(({ key }) => key === place.key)?.address ?? example);
}

/** Returns an example of the prefixes' addresses: a known one, else the given. */
export function exampleOf(prefixes: readonly string[], example: string): string {
  const own = prefixes.map(parsePrefix);
  const known = KNOWN.find((address) => own.some((prefix) => contains(prefix, address)));
  return known === undefined ? example : formatAddress(known);
}
