import type { Address } from "../../net/address.ts";
import { contains, formatPrefix } from "../../net/prefix.ts";
import type { GatewayRoute } from "../../routes/gateways/gateway-table.ts";
import { decideGateway } from "../../selection/gateways/decision.ts";
import { same } from "../../text/same.ts";
import type { LearnedWinner } from "./trace.ts";

/** A route of the gateway's own networks or tunnels, not one that a peer announced. */
export const isOwnRoute = ({ origin }: GatewayRoute): boolean => origin !== null && same(origin, "Network");

/**
 * Returns the best routes for an address, of all instances together: those of the gateway's own networks where none is
 * longer, else as `decideGateway` chooses. Instances share their routes: an IBGP route from the other instance wins
 * only where no instance has a better one. Empty where nothing covers the address.
 */
export function bestLearned(routes: readonly GatewayRoute[], address: Address): readonly GatewayRoute[] {
  const covering = routes.filter(({ prefix }) => contains(prefix, address));
  const longest = covering.reduce((most, { prefix }) => Math.max(most, prefix.length), 0);
  const own = covering.filter((route) => isOwnRoute(route) && route.prefix.length === longest);
  return own.length > 0 ? own : decideGateway(covering, address).winners;
}

/** Returns the next hops of a route; one without text or address where the source names none. */
export const nextHopsOf = ({ nextHops }: GatewayRoute): GatewayRoute["nextHops"] =>
  nextHops.length === 0 ? [{ text: "", address: null }] : nextHops;

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
