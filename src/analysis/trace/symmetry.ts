import { noted } from "./steps/branch.ts";
import type { Hop, Trace, TraceNote } from "./trace.ts";

/** A stateful hop: it drops what it sees one half of. */
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

/** As many ways through a trace are compared. */
const MOST_WAYS = 256;

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
  const waysThere = distinctWays(there);
  const waysBack = distinctWays(back);
  const all = { there: waysThere.map(({ stateful }) => stateful), back: waysBack.map(({ stateful }) => stateful) };
  const answer = (symmetric: boolean | null, text: string, notes: readonly TraceNote[] = []): Symmetry => ({
    symmetric,
    text,
    ...all,
    notes,
  });
  if (waysThere.length === 0) return answer(null, "the packet does not arrive, so there is no reply");
  if (waysBack.length === 0) return answer(false, "the reply does not arrive");
  const asymmetric = firstDifference(waysThere, waysBack);
  if (asymmetric !== null) return answer(false, asymmetric, [noted("asymmetric", "problem", asymmetric)]);
  if ([...waysThere, ...waysBack].some(({ isComplete }) => !isComplete)) {
    return answer(null, "part of the way is not known");
  }
  const [way] = waysThere;
  const hops = namesOf(way?.stateful ?? []);
  const text = hops === "" ? "no stateful hop on the way" : `both directions pass ${hops}`;
  const balancers = there.hops.filter(
    (hop) => hop.kind === "load-balancer" && hop.backends > 1 && way?.stateful.some(({ id }) => id === hop.resourceId),
  );
  return answer(
    true,
    text,
    balancers.map(({ name }) => {
      const contested = `${name} in both directions: the same backend by a measured lab, not by Microsoft's text (contested)`;
      return noted("lb-symmetry", "remark", contested);
    }),
  );
}

/** The first two ways, there and back, that do not pass the same stateful hops, in a sentence. */
function firstDifference(there: readonly Way[], back: readonly Way[]): string | null {
  for (const one of there) {
    for (const other of back) {
      if (!differ(one, other)) continue;
      const part = there.length > 1 || back.length > 1 ? " for part of the flows (ECMP)" : "";
      const text = `asymmetric${part}: there by ${namesOf(one.stateful) || "no appliance"}, back by ${namesOf(other.stateful) || "no appliance"}`;
      return `${text}; a stateful one drops the reply unless it translates the source address`;
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

/** The ways that do not end in a drop, those with equal stateful hops once. */
function distinctWays({ hops, ends }: Trace): readonly Way[] {
  const ways = new Map<string, Way>();
  let left = MOST_WAYS;
  const follow = (hop: Hop, passed: readonly StatefulHop[], behind: boolean, path: ReadonlySet<number>): void => {
    if (left <= 0) return;
    const own = isBeforeDestination(hop, hops) ? null : statefulHop(hop, behind);
    const stateful = own === null || passed.some(({ id }) => id === own.id) ? passed : [...passed, own];
    for (const { hop: at, disposition } of ends) {
      if (at !== hop.index) continue;
      const isComplete = disposition === "delivered" || disposition === "leaves-azure";
      if (!isComplete && disposition !== "unknown") continue;
      left--;
      const ids = stateful.map(({ id }) => id).sort();
      ways.set(`${ids.join()} ${isComplete}`, { stateful, isComplete });
    }
    for (const index of hop.next) {
      const next = hops[index - 1];
      if (next === undefined || path.has(index)) continue;
      follow(next, stateful, hop.kind === "load-balancer", new Set([...path, index]));
    }
  };
  const [first] = hops;
  if (first !== undefined) follow(first, [], false, new Set([first.index]));
  return [...ways.values()];
}

/** A load balancer that has the destination is no hop of its own for the reply, which passes it unseen. */
const isBeforeDestination = ({ kind, next }: Hop, hops: readonly Hop[]): boolean =>
  kind === "load-balancer" && next.length > 0 && next.every((index) => hops[index - 1]?.kind === "host");

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
