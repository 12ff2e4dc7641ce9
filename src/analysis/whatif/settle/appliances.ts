import { formatAddress, parseAddress } from "../../../net/address.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import { connectedPrefixes, holdsNextHop } from "../../../selection/next-hop-prefixes.ts";
import { isUnreachableAppliance, isUser } from "../../../selection/route-kinds.ts";
import { same } from "../../../text/same.ts";
import { type Caution, type Draft, type DraftRow, routesOf, withNextHopType } from "../draft.ts";

/** Whether a next hop is reachable without a gateway; null if the table has no network prefix. */
type Reach = (nextHop: string) => boolean | null;

/**
 * Lists a user route to an appliance as Azure does: as VirtualAppliance while its address is in a prefix of the network
 * or of a connected network, otherwise as None with the address. Rows that no change affects stay as they are. Cost:
 * sorting the networks, and a search for each row.
 */
export function settleAppliances(draft: Draft): void {
  const before = reachIn(draft.before);
  const now = reachIn(routesOf(draft));
  draft.rows = draft.rows.map((row) => settled(row, before, now, draft.cautions));
}

function reachIn(routes: readonly EffectiveRoute[]): Reach {
  const networks = connectedPrefixes(routes);
  return (nextHop) => (networks.isEmpty ? null : holdsNextHop(networks, nextHop));
}

const isToAppliance = (route: EffectiveRoute) => isUser(route) && same(route.nextHopType, "VirtualAppliance");

function settled(row: DraftRow, before: Reach, now: Reach, cautions: Caution[]): DraftRow {
  const { route, fate, rules } = row;
  const [nextHop, ...more] = route.nextHopIpAddress;
  if (nextHop === undefined || more.length > 0) return row;
  const reached = now(nextHop);
  if (fate === "appears" && isToAppliance(route)) {
    cautions.push(cautionOf(nextHop, reached));
    if (reached !== false) return row;
    return { route: withNextHopType(route, "None"), fate, rules: [...rules, "appliance-out-of-reach"] };
  }
  // A change to None with an address means an unreachable appliance.
  if (fate !== null || reached === null || before(nextHop) === reached) return row;
  if (!reached && isToAppliance(route)) {
    cautions.push(cautionOf(nextHop, reached));
    return { route: withNextHopType(route, "None"), fate: "loses-appliance", rules: ["appliance-out-of-reach"] };
  }
  if (reached && isUnreachableAppliance(route)) {
    cautions.push(cautionOf(nextHop, reached));
    const listed = withNextHopType(route, "VirtualAppliance");
    return { route: listed, fate: "finds-appliance", rules: ["appliance-out-of-reach"] };
  }
  return row;
}

function cautionOf(nextHop: string, reached: boolean | null): Caution {
  const shown = formatAddress(parseAddress(nextHop));
  switch (reached) {
    case true:
      return {
        id: "appliance-reachable",
        text: `The prediction assumes that the appliance ${shown} is up. Without it, Azure lists the route as None and drops the traffic. To predict that, use None:${shown}.`,
      };
    case false:
      return {
        id: "appliance-out-of-reach",
        text: `${shown} is outside the prefixes of the network and its peerings, so its appliance is unreachable: Azure lists the route as None and drops the traffic. If you will peer its network, use --add-peering.`,
      };
    default:
      return {
        id: "appliance-reach-unknown",
        text: `The prediction assumes that the appliance ${shown} is reachable: the table has no network prefix to check that.`,
      };
  }
}
