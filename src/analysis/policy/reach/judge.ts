import { passes } from "../../trace/expectation.ts";
import type { RoundTrip } from "../../trace/round-trip.ts";
import type { Trace, TraceEnd } from "../../trace/trace.ts";
import type { ReachRule } from "../policy.ts";

/** How a walk meets a reach rule. */
export interface Judgement {
  readonly status: "holds" | "violated" | "unknown";
  readonly mismatches: readonly string[];
}

/** What an end of a walk means for whether the destination is reached. */
type Arrival = "delivered" | "leaves-azure" | "network" | "blocked" | "unknown";

/** `network`: the packet reaches the network, and nothing there has the address. */
function arrivalOf({ hop, disposition, text }: TraceEnd, { hops }: Trace): Arrival {
  const rulesAt = (index: number) => hops[index - 1]?.rules ?? [];
  switch (disposition) {
    case "delivered":
    case "leaves-azure":
      return disposition;
    case "dropped":
    case "no-route":
    case "refused":
      return "blocked";
    case "loop": // a tunnel inside the appliance is nowhere in Azure's configuration
      return rulesAt(hop).some(({ id }) => id === "self-next-hop") ? "unknown" : "blocked";
    case "unknown":
      return rulesAt(hop).some((rule) => rule.id === "vnet-host" && rule.text === text) ? "network" : "unknown";
    default:
      return disposition satisfies never;
  }
}

/** A part of a rule that a walk does not meet, or perhaps not. */
interface Mismatch {
  readonly status: "violated" | "unknown";
  readonly text: string;
}

interface Arrived {
  readonly end: TraceEnd;
  readonly arrival: Arrival;
}

/**
 * Judges the walk, and that of the reply where the rule is symmetric. A rule is violated as soon as a branch breaks it.
 */
export function judge(rule: ReachRule, trip: RoundTrip): Judgement {
  const ends = trip.trace.ends.map((end) => ({ end, arrival: arrivalOf(end, trip.trace) }));
  const elsewhere = ends.filter(({ arrival }) => !ARRIVALS[rule.expect].includes(arrival));
  const found = [
    ...expectMismatch(rule, elsewhere, trip.trace),
    ...throughMismatches(rule, ends, trip.trace),
    ...symmetryMismatch(rule, ends, trip, elsewhere.length === 0),
  ];
  const isViolated = found.some(({ status }) => status === "violated");
  const status = isViolated ? "violated" : found.length > 0 ? "unknown" : "holds";
  const texts = found.flatMap((each) => (each.status === status ? [each.text] : []));
  return { status, mismatches: [...new Set(texts)] };
}

/** The ends that meet each expectation. */
const ARRIVALS: { readonly [expect in ReachRule["expect"]]: readonly Arrival[] } = {
  arrives: ["delivered", "leaves-azure", "network"],
  delivered: ["delivered", "network"],
  "leaves-azure": ["leaves-azure"],
  blocked: ["blocked"],
};

function expectMismatch({ expect }: ReachRule, elsewhere: readonly Arrived[], { text }: Trace): readonly Mismatch[] {
  if (elsewhere.length === 0) return [];
  return elsewhere.some(({ arrival }) => arrival !== "unknown")
    ? [{ status: "violated", text: `expected: ${expect}; actual: ${text}` }]
    : [{ status: "unknown", text: `expected: ${expect}; not known: ${text}` }];
}

/** The ends that packets reach past what the rule names. A blocked packet reaches none. */
function throughMismatches({ through }: ReachRule, ends: readonly Arrived[], trace: Trace): readonly Mismatch[] {
  if (through.length === 0) return [];
  const expected = `expected: through ${through.join(" or ")}`;
  const actual = trace.hops.map(({ name }) => name).join(", ");
  return ends
    .filter(({ end, arrival }) => arrival !== "blocked" && !passes(trace, through, end))
    .map(({ end, arrival }) =>
      arrival === "unknown"
        ? { status: "unknown", text: `${expected}; not known: ${end.text}` }
        : { status: "violated", text: `${expected}; actual: ${actual}` },
    );
}

function symmetryMismatch(
  { symmetric }: ReachRule,
  ends: readonly Arrived[],
  { symmetry, returnReason }: RoundTrip,
  isExpected: boolean,
): readonly Mismatch[] {
  if (!symmetric || symmetry?.symmetric === true) return [];
  if (symmetry?.symmetric === false) {
    return [{ status: "violated", text: `expected: symmetric; actual: ${symmetry.text}` }];
  }
  // Where nothing has the address, nothing replies.
  const replies = ends.some(({ arrival }) => arrival !== "network");
  if (!isExpected || !replies) return [];
  const why = symmetry?.text ?? returnReason ?? "the reply was not traced";
  return [{ status: "unknown", text: `expected: symmetric; not known: ${why}` }];
}
