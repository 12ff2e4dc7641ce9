import type { Candidate, Explanation } from "../../selection/explanation.ts";
import { isAppliance, isNone } from "../../selection/route-kinds.ts";
import { same } from "../../text/same.ts";

/**
 * What can become of an appliance on the way to a destination. `used`: a user route to one wins; `unreachable`: one wins that Azure lists as
 * None because the appliance is missing or down, so the packet is dropped; `bypassed`: there is such a route, reachable or not, but the packet
 * leaves by another one. What stays in the virtual network bypasses nothing.
 */
export const APPLIANCE_STATES = ["used", "unreachable", "bypassed"] as const;

export type ApplianceState = (typeof APPLIANCE_STATES)[number];

/** The appliance's state is one of the values; with `negated`, none of them. */
export interface ApplianceExpectation {
  readonly key: "appliance";
  readonly negated: boolean;
  readonly values: readonly ApplianceState[];
}

/** The states that hold: one for each equal-cost winner, null for a winner that has to do with no appliance. */
export function applianceStates({ candidates }: Explanation): readonly (ApplianceState | null)[] {
  const hasAppliance = candidates.some((row) => row.outcome !== "inactive" && isAppliance(row));
  return candidates.filter(({ outcome }) => outcome === "won").map((row) => stateOf(row, hasAppliance));
}

function stateOf(winner: Candidate, hasAppliance: boolean): ApplianceState | null {
  if (isAppliance(winner)) return isNone(winner) ? "unreachable" : "used";
  return hasAppliance && !isNone(winner) && !same(winner.nextHopType, "VnetLocal") ? "bypassed" : null;
}

/** Why the expectation is not met, as one line; null where it is. As with `--expect`, all of equal-cost winners must be as expected. */
export function applianceMismatch(explanation: Explanation, { negated, values }: ApplianceExpectation): string | null {
  const states = applianceStates(explanation);
  const isOneOf = (state: ApplianceState | null) => state !== null && values.includes(state);
  const isMet = negated ? !states.some(isOneOf) : states.length > 0 && states.every(isOneOf);
  if (isMet) return null;
  const found = [...new Set(states.map((state) => state ?? "not on the way"))].join(", ");
  const wanted = `${negated ? "not " : ""}${values.join(" or ")}`;
  const { destination, winner, verdict } = explanation;
  const by = winner === null ? verdict : winner.addressPrefix;
  return `${destination}: expected appliance ${wanted}, is ${found === "" ? "not on the way" : found} (${by})`;
}
