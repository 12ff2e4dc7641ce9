import type { EffectiveRoute } from "../routes/effective-route.ts";
import { armName } from "../routes/next-hop-types.ts";
import { same } from "../text/same.ts";
import type { NextHop } from "./next-hop.ts";

/** What is compared of the winning route. */
type WinningRoute = Pick<EffectiveRoute, "source" | "nextHopType" | "nextHopIpAddress">;

/** How Network Watcher's answer compares with the route that was found to win. */
export interface NextHopAgreement {
  readonly agrees: boolean;
  /** One sentence for each difference. */
  readonly differences: readonly string[];
}

/**
 * Compares Network Watcher's answer with the winning route (null: none). Network Watcher says `PrivateEndpoint` where
 * the route table says `InterfaceEndpoint`, and `System Route` for every route that is in no route table of the user.
 * https://learn.microsoft.com/azure/network-watcher/network-watcher-next-hop-overview
 */
export function compareNextHop(winner: WinningRoute | null, answer: NextHop): NextHopAgreement {
  const differences: string[] = [];
  const expected = winner?.nextHopType ?? "None";
  if (!sameType(expected, answer.nextHopType)) {
    differences.push(`the route goes to ${expected}, Network Watcher says ${answer.nextHopType}`);
  }
  const addresses = winner?.nextHopIpAddress ?? [];
  const address = answer.nextHopIpAddress;
  if (address !== null && addresses.length > 0 && !addresses.some((known) => same(known, address))) {
    differences.push(`the route's next hop is ${addresses.join(", ")}, Network Watcher says ${address}`);
  }
  const ofUser = winner !== null && same(winner.source, "User");
  if (winner !== null && ofUser !== (answer.routeTableId !== null)) {
    const says = answer.routeTableId === null ? "a system route" : `a route of ${answer.routeTableId}`;
    differences.push(`the route's source is ${winner.source}, Network Watcher says ${says}`);
  }
  return { agrees: differences.length === 0, differences };
}

/**
 * Network Watcher's page has words of its own, such as VirtualNetworkPeering; its answers have mostly the route
 * table's.
 */
function sameType(ofRoute: string, ofWatcher: string): boolean {
  return same(armName(ofRoute), armName(ofWatcher));
}
