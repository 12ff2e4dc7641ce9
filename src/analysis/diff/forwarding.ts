import { addressOrNull, formatAddress } from "../../net/address.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { Decision, Verdict } from "../../selection/decision.ts";
import { isServiceEndpoint } from "../../selection/route-kinds.ts";

/** A next hop that packets may take. */
interface NextHop {
  readonly nextHopType: string;
  /** In canonical spelling; null for a next hop type without an address. */
  readonly nextHopIpAddress: string | null;
}

/**
 * Where packets go, independent of the row that sends them there. A diff compares this. Dropped packets have no next
 * hop, even if the row of an unreachable appliance lists one.
 */
export interface Forwarding {
  readonly verdict: Verdict;
  /** The equal-cost next hops in alphabetical order; empty unless the verdict is forward. */
  readonly nextHops: readonly NextHop[];
  /** For a service endpoint route, the tag of its row; otherwise null, also without tags. */
  readonly serviceTag: string | null;
  /** For a service endpoint route, the endpoint; otherwise null, also without tags. */
  readonly serviceEndpoint: string | null;
}

/** Returns where the decision sends packets. Without `withTags`, all service endpoints are equal. */
export function forwardingOf(decision: Decision, annotated: AnnotatedRouteTable, withTags: boolean): Forwarding {
  if (decision.verdict !== "forward") {
    return { verdict: decision.verdict, nextHops: [], serviceTag: null, serviceEndpoint: null };
  }
  const hops = new Map<string, NextHop>();
  for (const { route } of decision.winners) {
    const addresses = route.nextHopIpAddress.length === 0 ? [null] : route.nextHopIpAddress.map(canonicalAddress);
    for (const nextHopIpAddress of addresses) {
      const hop = { nextHopType: route.nextHopType, nextHopIpAddress };
      hops.set(hopKey(hop), hop);
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

/** Returns a key that is equal for equal forwardings. Types, tags and endpoints are case-insensitive. */
export function forwardingKey({ verdict, nextHops, serviceTag, serviceEndpoint }: Forwarding): string {
  return JSON.stringify([verdict, nextHops.map(hopKey), serviceTag?.toLowerCase(), serviceEndpoint?.toLowerCase()]);
}

const hopKey = ({ nextHopType, nextHopIpAddress }: NextHop) =>
  `${nextHopType.toLowerCase()} ${nextHopIpAddress?.toLowerCase() ?? ""}`;

/**
 * Returns the canonical spelling of an address, or the text unchanged if it is not an address. Azure may list other
 * text.
 */
function canonicalAddress(address: string): string {
  const read = addressOrNull(address);
  return read === null ? address : formatAddress(read);
}
