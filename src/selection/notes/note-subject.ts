import type { Address } from "../../net/address.ts";
import { isPrivate, isPublic } from "../../net/address-scope.ts";
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

/** Which of the two kinds the address is. */
export function scopeOf(address: Address): "private" | "internet" | "other" {
  if (isPrivate(address)) return "private";
  return isPublic(address) ? "internet" : "other";
}

/** The row's next hop addresses as one text; "" where it has none. */
export const nextHopAddresses = ({ route }: CoveringRow): string => route.nextHopIpAddress.join(", ");
