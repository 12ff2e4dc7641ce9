import type { Candidate, Explanation } from "../../selection/explanation.ts";
import { isAppliance, isNone } from "../../selection/route-kinds.ts";
import { same } from "../../text/same.ts";

/**
 * The role of an appliance on the path to a destination. `used`: a user route to an appliance wins. `unreachable`: such
 * a route wins, but Azure lists it as None because the appliance is unreachable, so the packet is dropped. `bypassed`:
 * such a route covers the destination, but another route wins. Traffic within the virtual network bypasses nothing.
 */
export const APPLIANCE_STATES = ["used", "unreachable", "bypassed"] as const;

export type ApplianceState = (typeof APPLIANCE_STATES)[number];

/** The appliance's state is one of the values; with `negated`, none of them. */
export interface ApplianceExpectation {
  readonly key: "appliance";
  readonly negated: boolean;
  readonly values: readonly ApplianceState[];
}

/** Returns the state for each equal-cost winner; null for a winner without an appliance. */
export function applianceStates({ candidates }: Explanation): readonly (ApplianceState | null)[] {
  const hasAppliance = candidates.some((row) => row.outcome !== "inactive" && isAppliance(row));
  return candidates.filter(({ outcome }) => outcome === "won").map((row) => stateOf(row, hasAppliance));
}

function stateOf(winner: Candidate, hasAppliance: boolean): ApplianceState | null {
  if (isAppliance(winner)) return isNone(winner) ? "unreachable" : "used";
  return hasAppliance && !isNone(winner) && !same(winner.nextHopType, "VnetLocal") ? "bypassed" : null;
}

/**
 * Returns one line for an unmet expectation; null if it is met. As with `--expect`, all equal-cost winners must match.
 */
export function applianceMismatch(explanation: Explanation, { negated, values }: ApplianceExpectation): string | null {
  const states = applianceStates(explanation);
  const isOneOf = (state: ApplianceState | null) => state !== null && values.includes(state);
  const isMet = negated ? !states.some(isOneOf) : states.length > 0 && states.every(isOneOf);
  if (isMet) return null;
  const found = [...new Set(states.length === 0 ? [null] : states)]
    .map((state) => state ?? "no appliance on the path")
    .join(", ");
  const wanted = `${negated ? "not " : ""}${values.join(" or ")}`;
  const { destination, winner, verdict } = explanation;
  const by = winner === null ? verdict : winner.addressPrefix;
  return `${destination}: expected appliance ${wanted}, got ${found} (${by})`;
}
