import { formatPrefix } from "../net/prefix.ts";
import type { EffectiveRoute } from "../routes/effective-route.ts";
import type { CoveringRow } from "./covering.ts";
import { isBgp, isDefault, isPrivateEndpoint, isServiceEndpoint, isUser } from "./route-kinds.ts";

function kindOf(route: EffectiveRoute): string {
  if (isUser(route)) return "user route";
  if (isBgp(route)) return "BGP route";
  if (isServiceEndpoint(route)) return "service endpoint route";
  if (isPrivateEndpoint(route)) return "private endpoint route";
  return isDefault(route) ? "system route" : `${route.source} route`;
}

/** The row as a sentence names it: its kind, its name where it has one, its prefix. */
export function describeRow(row: CoveringRow): string {
  const name = row.route.name === null ? "" : ` ${row.route.name}`;
  return `${kindOf(row.route)}${name} ${formatPrefix(row.prefix)}`;
}

/** The row's name, or its kind where it has none, for a few words about it. */
export const shortName = ({ route }: CoveringRow): string => route.name ?? `the ${kindOf(route)}`;

/** The same at the start of a sentence, with the prefix where the row has no name. */
export const sentenceName = (row: CoveringRow): string => row.route.name ?? `The ${describeRow(row)}`;

/** Where the row leads: the next hop type, with its addresses. */
export function describeNextHop(route: EffectiveRoute): string {
  const addresses = route.nextHopIpAddress.join(", ");
  return addresses === "" ? route.nextHopType : `${route.nextHopType} ${addresses}`;
}
