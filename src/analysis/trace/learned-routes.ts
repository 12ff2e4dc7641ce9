import type { Address } from "../../net/address.ts";
import { contains, formatPrefix } from "../../net/prefix.ts";
import type { GatewayRoute } from "../../routes/gateways/gateway-table.ts";
import { same } from "../../text/same.ts";
import type { LearnedWinner } from "./trace.ts";

/** A route of the gateway's own networks or tunnels, not one that a peer announced. */
export const isOwnRoute = ({ origin }: GatewayRoute): boolean => origin !== null && same(origin, "Network");

const isIbgp = ({ origin }: GatewayRoute): boolean => origin !== null && same(origin, "IBgp");

/**
 * Returns the best routes for an address: the longest prefix, then the gateway's own networks, the highest weight, the
 * shortest AS path, and EBGP before IBGP. Several are equally good. Instances of a gateway share their routes: an IBGP
 * route from the other instance stands only where no instance has a better one.
 */
export function bestLearned(routes: readonly GatewayRoute[], address: Address): readonly GatewayRoute[] {
  let best = routes.filter(({ prefix }) => contains(prefix, address));
  const keep = (score: (route: GatewayRoute) => number) => {
    const most = best.reduce((highest, route) => Math.max(highest, score(route)), Number.NEGATIVE_INFINITY);
    best = best.filter((route) => score(route) === most);
  };
  keep(({ prefix }) => prefix.length);
  keep((route) => (isOwnRoute(route) ? 1 : 0));
  keep(({ weight }) => weight ?? 0);
  keep(({ localPreference }) => localPreference ?? 0);
  keep(({ asPath }) => -(asPath?.length ?? 0));
  keep((route) => (isIbgp(route) ? 0 : 1));
  return best;
}

/** Returns the winner of equally good routes; null where there are none. */
export function learnedWinner(best: readonly GatewayRoute[]): LearnedWinner | null {
  const [first] = best;
  if (first === undefined) return null;
  return {
    addressPrefix: formatPrefix(first.prefix),
    nextHopType: first.nextHopType,
    nextHops: [...new Set(best.flatMap(({ nextHops }) => nextHops.map(({ text }) => text)))].filter(
      (text) => text !== "",
    ),
    origin: first.origin,
    asPath: first.asPath ?? [],
    weight: first.weight,
  };
}
