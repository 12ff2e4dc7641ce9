import { noted } from "./steps/branch.ts";
import type { Hop, Trace, TraceEnd, TraceNote } from "./trace.ts";

/** A stateful hop: an appliance, a load balancer or a firewall. It drops a flow if it sees only one direction of it. */
export interface StatefulHop {
  readonly id: string;
  readonly name: string;
}

/** Whether a flow and its reply pass the same stateful hops. */
export interface Symmetry {
  /** Null where it is not known. */
  readonly symmetric: boolean | null;
  readonly text: string;
  /** The stateful hops of each way there, and of each way back. */
  readonly there: readonly (readonly StatefulHop[])[];
  readonly back: readonly (readonly StatefulHop[])[];
  readonly notes: readonly TraceNote[];
}

/**
 * Most steps along the ways through a trace. Real traces have some dozens; several load balancers in a row have
 * thousands, a step for each choice of backends.
 */
const MOST_STEPS = 4096;

/** One way through a trace, from its start to one of its ends. */
interface Way {
  readonly stateful: readonly StatefulHop[];
  readonly isComplete: boolean;
}

/**
 * Compares the stateful hops of a trace and of its return: appliances, load balancers and firewalls. Behind a load
 * balancer its backends do not count: whether it chooses the same one is its own rule (`lb-symmetry`). Equal-cost ways
 * are asymmetric for part of the flows, even if both directions have the same ones.
 * https://learn.microsoft.com/azure/virtual-wan/how-to-routing-policies
 */
export function symmetryOf(there: Trace, back: Trace): Symmetry {
  const found = { there: distinctWays(there), back: distinctWays(back) };
  const [waysThere, waysBack] = [found.there.ways, found.back.ways];
  const all = { there: waysThere.map(({ stateful }) => stateful), back: waysBack.map(({ stateful }) => stateful) };
  const answer = (symmetric: boolean | null, text: string, notes: readonly TraceNote[] = []): Symmetry => ({
    symmetric,
    text,
    ...all,
    notes,
  });
  const asymmetric = firstDifference(waysThere, waysBack);
  if (asymmetric !== null) return answer(false, asymmetric, [noted("asymmetric", "problem", asymmetric)]);
  if (found.there.isBounded || found.back.isBounded) return answer(null, "too many ways to compare all of them");
  if (waysThere.length === 0) return answer(null, "the packet does not arrive, so there is no reply");
  if (waysBack.length === 0) return answer(false, "the reply does not arrive");
  if ([...waysThere, ...waysBack].some(({ isComplete }) => !isComplete)) {
    const left = [there, back].some(({ ends }) => ends.some(({ disposition }) => disposition === "leaves-azure"));
    return answer(null, left ? "what a path passes outside Azure is unknown" : "part of the path is unknown");
  }
  const [way] = waysThere;
  const hops = namesOf(way?.stateful ?? []);
  const text = hops === "" ? "no stateful hop on the path" : `both directions pass ${hops}`;
  const balancers = there.hops.filter(
    (hop) => hop.kind === "load-balancer" && hop.backends > 1 && way?.stateful.some(({ id }) => id === hop.resourceId),
  );
  return answer(
    true,
    text,
    balancers.map(({ name }) => {
      const measured = "the same backend by a measured lab, not by Microsoft's text (contested)";
      return noted("lb-symmetry", "remark", `${name} in both directions: ${measured}`);
    }),
  );
}

/** The first two ways, there and back, that do not pass the same stateful hops, in a sentence. */
function firstDifference(waysThere: readonly Way[], waysBack: readonly Way[]): string | null {
  for (const one of waysThere) {
    for (const other of waysBack) {
      if (!differ(one, other)) continue;
      const part = waysThere.length > 1 || waysBack.length > 1 ? " for part of the flows (ECMP)" : "";
      const [there, back] = [one, other].map(({ stateful }) => namesOf(stateful) || "no appliance");
      const unless = "a stateful appliance drops the reply unless it translates the source address";
      return `asymmetric${part}: there through ${there}, back through ${back}; ${unless}`;
    }
  }
  return null;
}

/** A way that is not known to its end differs as soon as it passes what the other does not pass. */
function differ(one: Way, other: Way): boolean {
  const extra = (from: Way, than: Way) => from.stateful.some(({ id }) => than.stateful.every((each) => each.id !== id));
  return (extra(one, other) && other.isComplete) || (extra(other, one) && one.isComplete);
}

const namesOf = (hops: readonly StatefulHop[]) => hops.map(({ name }) => name).join(", ");

const POSSIBLE_ARRIVALS: readonly TraceEnd["disposition"][] = ["delivered", "leaves-azure", "unknown"];

/** The ways that do not end in a drop, those with equal stateful hops once; and whether the bound cut some off. */
function distinctWays({ hops, ends }: Trace): { readonly ways: readonly Way[]; readonly isBounded: boolean } {
  const ways = new Map<string, Way>();
  // What follows a hop depends on nothing but the stateful hops before it, so that loops end too.
  const seen = new Set<string>();
  let isBounded = false;
  const follow = (hop: Hop, passed: readonly StatefulHop[], isBehind: boolean): void => {
    const own = isBeforeDestination(hop, hops) ? null : statefulHop(hop, isBehind);
    const stateful = own === null || passed.some(({ id }) => id === own.id) ? passed : [...passed, own];
    const ids = stateful
      .map(({ id }) => id)
      .sort()
      .join();
    const key = `${hop.index} ${isBehind} ${ids}`;
    if (seen.has(key)) return;
    isBounded ||= seen.size === MOST_STEPS;
    if (isBounded) return;
    seen.add(key);
    for (const { hop: at, disposition } of ends) {
      if (at !== hop.index) continue;
      if (!POSSIBLE_ARRIVALS.includes(disposition)) continue;
      // Beyond Azure it may pass more, such as an appliance of another network behind the same circuit.
      const isComplete = disposition === "delivered";
      ways.set(`${ids} ${isComplete}`, { stateful, isComplete });
    }
    for (const index of hop.next) {
      const next = hops[index - 1];
      if (next !== undefined) follow(next, stateful, hop.kind === "load-balancer");
    }
  };
  const [first] = hops;
  if (first !== undefined) follow(first, [], false);
  return { ways: [...ways.values()], isBounded };
}

/** A load balancer that has the destination is not a hop of the reply, which passes it unseen. */
const isBeforeDestination = ({ kind, next }: Hop, hops: readonly Hop[]): boolean =>
  kind === "load-balancer" && next.length > 0 && next.every((index) => hops[index - 1]?.kind === "host");

/** Whether a hop drops a flow if it sees only one direction of it. */
export const isStateful = (hop: Hop): boolean => statefulHop(hop, false) !== null;

function statefulHop(hop: Hop, isBehindLoadBalancer: boolean): StatefulHop | null {
  const { name, resourceId } = hop;
  switch (hop.kind) {
    case "nic":
      return hop.applianceId === null || isBehindLoadBalancer ? null : { id: hop.applianceId, name };
    case "load-balancer":
    case "firewall":
    case "managed-appliance":
      return { id: resourceId ?? name, name };
    case "gateway":
    case "hub":
    case "host":
      return null;
    default:
      return hop satisfies never;
  }
}
