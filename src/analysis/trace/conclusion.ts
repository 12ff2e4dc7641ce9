import { leastSureStep } from "./rules.ts";
import type { Disposition, Hop, Trace, TraceEnd } from "./trace.ts";

/** Returns the answer of all branches together. */
export function conclude(
  hops: readonly Hop[],
  ends: readonly TraceEnd[],
): Pick<Trace, "disposition" | "certainty" | "text"> {
  const found = [...new Set(ends.map(({ disposition }) => disposition))];
  const [only] = found;
  const disposition: Disposition = found.length > 1 ? "depends" : (only ?? "unknown");
  return {
    disposition,
    certainty: leastSureStep(hops.map(({ certainty }) => certainty)),
    text: textOf(ends),
  };
}

/** Failures come first, unknown ends last. */
const ORDER: Readonly<Record<TraceEnd["disposition"], number>> = {
  loop: 0,
  dropped: 1,
  "no-route": 2,
  refused: 3,
  "leaves-azure": 4,
  delivered: 5,
  unknown: 6,
};

/** The texts of the ends, each once. The text of a possible loop also covers the hop's unknown end. */
function textOf(ends: readonly TraceEnd[]): string {
  const looping = new Set(ends.filter(({ disposition }) => disposition === "loop").map(({ hop }) => hop));
  const sorted = ends
    .filter(({ hop, disposition }) => disposition !== "unknown" || !looping.has(hop))
    .sort((a, b) => ORDER[a.disposition] - ORDER[b.disposition]);
  return [...new Set(sorted.map(({ text }) => text))].join("; ");
}
