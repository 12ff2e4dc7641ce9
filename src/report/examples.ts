import { placesOf } from "../analysis/coverage/place.ts";
import type { Share } from "../analysis/coverage/shares.ts";
import { formatAddress, parseAddress } from "../net/address.ts";
import { contains, parsePrefix } from "../net/prefix.ts";
import type { PageTable } from "./subject.ts";

/** An address of the Internet that people know. It is a better example than 0.0.0.0, where it is one. */
const KNOWN = parseAddress("8.8.8.8");

/** Returns a function from a share of the table to an example of its addresses. */
export function examplesOf({ annotated, table }: PageTable): (share: Share) => string {
  const known = placesOf(annotated)(table.select(KNOWN)).key;
  return ({ place, example }) => formatAddress(place.key === known ? KNOWN : example);
}

/** Returns an example of the prefixes' addresses: a known one, else the given. */
export function exampleOf(prefixes: readonly string[], example: string): string {
  return prefixes.some((prefix) => contains(parsePrefix(prefix), KNOWN)) ? formatAddress(KNOWN) : example;
}
