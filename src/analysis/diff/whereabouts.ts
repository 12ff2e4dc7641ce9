import { formatAddress, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { Decision } from "../../selection/decision.ts";
import type { Verdict } from "../../selection/explanation.ts";
import { isServiceEndpoint } from "../../selection/route-kinds.ts";

/** One way that traffic may take. */
interface NextHop {
  readonly nextHopType: string;
  /** In its usual spelling; null where the type says all. */
  readonly nextHopIpAddress: string | null;
}

/**
 * Where packets go, whichever row sends them there: what a diff compares. Dropped packets go nowhere, so a drop has no next hop,
 * though the row of an unreachable appliance still lists one.
 */
export interface Whereabouts {
  readonly verdict: Verdict;
  /** The equal-cost set in alphabetical order; empty unless the verdict is forward. */
  readonly nextHops: readonly NextHop[];
  /** Of a service endpoint route: the tag that names the row, and the endpoint; null where there are no tags. */
  readonly serviceTag: string | null;
  readonly serviceEndpoint: string | null;
}

/** Where the decision sends packets. Without `withTags` service endpoints are not told apart. */
export function whereaboutsOf(decision: Decision, annotated: AnnotatedRouteTable, withTags: boolean): Whereabouts {
  if (decision.verdict !== "forward") {
    return { verdict: decision.verdict, nextHops: [], serviceTag: null, serviceEndpoint: null };
  }
  const hops = new Map<string, NextHop>();
  for (const { route } of decision.winners) {
    const addresses = route.nextHopIpAddress.length === 0 ? [null] : route.nextHopIpAddress.map(usualSpelling);
    for (const nextHopIpAddress of addresses) {
      const hop = { nextHopType: route.nextHopType, nextHopIpAddress };
      const key = hopKey(hop);
      if (!hops.has(key)) hops.set(key, hop);
    }
  }
  const endpoint = withTags ? decision.winners.find(({ route }) => isServiceEndpoint(route)) : undefined;
  const annotation = endpoint === undefined ? undefined : annotated.routes[endpoint.index];
  return {
    verdict: decision.verdict,
    nextHops: [...hops].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hop]) => hop),
    serviceTag: annotation?.serviceTag?.name ?? null,
    serviceEndpoint: annotation?.serviceEndpoint ?? null,
  };
}

/** Equal for whereabouts that are the same: types, tags and endpoints are compared without case. */
export function whereaboutsKey({ verdict, nextHops, serviceTag, serviceEndpoint }: Whereabouts): string {
  return JSON.stringify([verdict, nextHops.map(hopKey), serviceTag?.toLowerCase(), serviceEndpoint?.toLowerCase()]);
}

const hopKey = ({ nextHopType, nextHopIpAddress }: NextHop) =>
  `${nextHopType.toLowerCase()} ${nextHopIpAddress?.toLowerCase() ?? ""}`;

/** What is no address stays as it is: the set of what Azure may list is open. */
function usualSpelling(address: string): string {
  try {
    return formatAddress(parseAddress(address));
  } catch (error) {
    if (!isAddressError(error)) throw error;
    return address;
  }
}
