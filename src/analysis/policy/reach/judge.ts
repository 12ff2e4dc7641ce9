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

/** `network`: the way to the network of an address that nothing there has. */
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

/** Judges the walk, and that of the reply where the rule is symmetric. A rule is violated as soon as a branch breaks it. */
export function judge({ expect, through, symmetric }: ReachRule, trip: RoundTrip): Judgement {
  const { trace } = trip;
  const ends = trace.ends.map((end) => ({ end, arrival: arrivalOf(end, trace) }));
  const violated: string[] = [];
  const unknown: string[] = [];
  const wanted: readonly Arrival[] = {
    arrives: ["delivered", "leaves-azure", "network"] as const,
    delivered: ["delivered", "network"] as const,
    "leaves-azure": ["leaves-azure"] as const,
    blocked: ["blocked"] as const,
  }[expect];
  const unmet = ends.filter(({ arrival }) => !wanted.includes(arrival));
  if (unmet.length > 0) {
    const isKnown = unmet.some(({ arrival }) => arrival !== "unknown");
    if (isKnown) violated.push(`expected: ${expect}; actual: ${trace.text}`);
    else unknown.push(`expected: ${expect}; not known: ${trace.text}`);
  }
  if (through.length > 0) {
    const around = trace.ends.filter((end) => !passes(trace, through, end));
    for (const end of around) {
      const arrival = arrivalOf(end, trace);
      if (arrival === "blocked") continue;
      const wanted = `expected: through ${through.join(" or ")}`;
      if (arrival === "unknown") unknown.push(`${wanted}; not known: ${end.text}`);
      else violated.push(`${wanted}; actual: ${wayText(trace)}`);
    }
  }
  if (symmetric) {
    const { symmetry, returnReason } = trip;
    if (symmetry?.symmetric === false) violated.push(`expected: symmetric; actual: ${symmetry.text}`);
    // Where nothing has the address, nothing replies.
    else if (
      unmet.length === 0 &&
      symmetry?.symmetric !== true &&
      ends.some(({ arrival }) => arrival !== "network" && arrival !== "blocked")
    ) {
      unknown.push(`expected: symmetric; not known: ${symmetry?.text ?? returnReason ?? "the reply was not traced"}`);
    }
  }
  if (violated.length > 0) return { status: "violated", mismatches: [...new Set(violated)] };
  if (unknown.length > 0) return { status: "unknown", mismatches: [...new Set(unknown)] };
  return { status: "holds", mismatches: [] };
}

const wayText = ({ hops }: Trace) => hops.map(({ name }) => name).join(", ");
