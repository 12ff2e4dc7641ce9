import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { Decision, Verdict } from "../../selection/decision.ts";
import { representativeOf } from "../../selection/explain.ts";
import { isServiceEndpoint, isUnreachableAppliance } from "../../selection/route-kinds.ts";
import { forwardingKey, forwardingOf } from "../diff/forwarding.ts";

/** Where packets end up, whichever row sends them there. Two decisions with one `key` lead to the same place. */
export interface Place {
  readonly key: string;
  readonly verdict: Verdict;
  /** Azure's next hop types, each once; empty unless the verdict is forward or drop. */
  readonly nextHopTypes: readonly string[];
  /** For a dropped packet, those of an unreachable appliance. */
  readonly nextHopIpAddresses: readonly string[];
  /** For a service endpoint: its tag, else its name. */
  readonly service: string | null;
}

/** Returns a function from the decisions of one table to their places. Caches by identity. */
export function placesOf(annotated: AnnotatedRouteTable): (decision: Decision) => Place {
  const byDecision = new Map<Decision, Place>();
  const byKey = new Map<string, Place>();
  return (decision) => {
    let place = byDecision.get(decision);
    if (place === undefined) {
      const own = placeOf(decision, annotated);
      place = byKey.get(own.key) ?? own;
      byKey.set(own.key, place);
      byDecision.set(decision, place);
    }
    return place;
  };
}

function placeOf(decision: Decision, annotated: AnnotatedRouteTable): Place {
  const forwarding = forwardingOf(decision, annotated, annotated.serviceTagFile !== null);
  const { verdict, nextHops, serviceTag, serviceEndpoint } = forwarding;
  const winner = representativeOf(decision)?.route;
  if (verdict !== "forward" || winner === undefined) {
    const addresses = winner !== undefined && isUnreachableAppliance(winner) ? winner.nextHopIpAddress : [];
    return {
      key: JSON.stringify([verdict, addresses]),
      verdict,
      nextHopTypes: winner === undefined ? [] : [winner.nextHopType],
      nextHopIpAddresses: addresses,
      service: null,
    };
  }
  return {
    key: forwardingKey(forwarding),
    verdict,
    nextHopTypes: [...new Set(nextHops.map(({ nextHopType }) => nextHopType))],
    nextHopIpAddresses: nextHops.flatMap(({ nextHopIpAddress }) => nextHopIpAddress ?? []),
    service: isServiceEndpoint(winner) ? (serviceTag ?? serviceEndpoint ?? "unnamed service") : null,
  };
}
