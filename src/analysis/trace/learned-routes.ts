import type { Address } from "../../net/address.ts";
import { formatPrefix } from "../../net/prefix.ts";
import type { GatewayRoute } from "../../routes/gateways/gateway-table.ts";
import { decideGateway } from "../../selection/gateways/decision.ts";
import { same } from "../../text/same.ts";
import type { LearnedWinner } from "./trace.ts";

/** A route of the gateway's own networks or tunnels, not one that a peer announced. */
export const isOwnRoute = ({ origin }: GatewayRoute): boolean => origin !== null && same(origin, "Network");

/**
 * Returns the best routes for an address, of all instances together. Instances share their routes: an IBGP route from
 * the other instance wins only where no instance has a better one. Empty where nothing covers the address.
 */
export const bestLearned = (routes: readonly GatewayRoute[], address: Address): readonly GatewayRoute[] =>
  decideGateway(routes, address).winners;

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
