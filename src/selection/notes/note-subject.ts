import { type Address, bitsOf } from "../../net/address.ts";
import { type AddressRange, meets, rangeOf } from "../../net/address-ranges.ts";
import { internetRanges, privateRanges } from "../../net/address-scope.ts";
import { prefixOf } from "../../net/prefix.ts";
import type { ServiceTagMatch } from "../../routes/annotation.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { CoveringRow } from "../covering.ts";
import type { Decision } from "../decision.ts";

/** Everything that notes are written from. */
export interface NoteSubject {
  readonly decision: Decision;
  readonly destination: Address;
  /** The table of the decision. */
  readonly table: RouteTable;
  /** The tags that hold the destination, most specific first. */
  readonly tags: readonly ServiceTagMatch[];
}

const isWithin = (address: Address, ranges: readonly AddressRange[]) =>
  meets([rangeOf(prefixOf(address, bitsOf(address.family)))], ranges);

/** Whether the address is private: RFC 1918, RFC 6598 or RFC 4193. */
export const isPrivate = (address: Address): boolean => isWithin(address, privateRanges(address.family));

/** Whether the address is one of the Internet. */
export const isPublic = (address: Address): boolean => isWithin(address, internetRanges(address.family));

/** Which of the two kinds the address is. */
export function scopeOf(address: Address): "private" | "internet" | "other" {
  if (isPrivate(address)) return "private";
  return isPublic(address) ? "internet" : "other";
}

/** The row's next hop addresses as one text; "" where it has none. */
export const nextHopAddresses = ({ route }: CoveringRow): string => route.nextHopIpAddress.join(", ");
