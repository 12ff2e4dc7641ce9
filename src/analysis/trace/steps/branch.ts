import type { Place } from "../places.ts";
import { type TraceRuleId, type TraceStatus, traceRuleOf } from "../rules.ts";
import type { AppliedTraceRule, Assumption, AssumptionId, Disposition, Hop, TraceNote } from "../trace.ts";

/** Where a packet goes from a router by one of its next hops, and by which rule; or its fate there. */
export interface Branch {
  readonly rules: readonly AppliedTraceRule[];
  readonly assumptions: readonly Assumption[];
  readonly places: readonly Place[];
  readonly end: End | null;
}

/** The fate of a packet at a hop. */
export interface End {
  readonly disposition: Exclude<Disposition, "depends">;
  readonly text: string;
}

/** Omits from each member of a union. */
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A hop before the walk numbers it. */
export type HopDraft = DistributiveOmit<
  Hop,
  "index" | "rule" | "rules" | "certainty" | "next" | "disposition" | "assumptions"
>;

/** What happens at one place. */
export interface Step {
  readonly hop: HopDraft;
  /** The rule that matters most, then the others. */
  readonly rules: readonly [AppliedTraceRule, ...AppliedTraceRule[]];
  readonly assumptions: readonly Assumption[];
  readonly next: readonly Place[];
  readonly ends: readonly End[];
}

/** A rule of the catalogue, applied; its status where it is less sure here than usual. */
export function applied(id: TraceRuleId, text: string, status?: TraceStatus): AppliedTraceRule {
  const rule = traceRuleOf(id);
  return { id, status: status ?? rule.status, source: rule.source, text };
}

export const assume = (id: AssumptionId, text: string): Assumption => ({ id, text });

/** A branch that goes on. */
export const goesTo = (
  rules: readonly AppliedTraceRule[],
  places: readonly Place[],
  assumptions: readonly Assumption[] = [],
): Branch => ({ rules, assumptions, places, end: null });

/** A branch that ends. */
export const endsWith = (
  rules: readonly AppliedTraceRule[],
  disposition: End["disposition"],
  text: string,
  assumptions: readonly Assumption[] = [],
): Branch => ({ rules, assumptions, places: [], end: { disposition, text } });

/** Makes a step of a hop and its branches: their rules after those of the hop, equal ones once. */
export function stepOf(
  hop: HopDraft,
  own: readonly AppliedTraceRule[],
  branches: readonly Branch[],
  assumptions: readonly Assumption[] = [],
): Step {
  const [first, ...others] = distinct([...own, ...branches.flatMap(({ rules }) => rules)], ({ id, text }) => id + text);
  if (first === undefined) throw new RangeError("a hop without a rule");
  return {
    hop,
    rules: [first, ...others],
    assumptions: distinct(
      [...assumptions, ...branches.flatMap((branch) => branch.assumptions)],
      ({ id, text }) => id + text,
    ),
    next: branches.flatMap(({ places }) => places),
    ends: distinct(
      branches.flatMap(({ end }) => (end === null ? [] : [end])),
      ({ disposition, text }) => disposition + text,
    ),
  };
}

/** The items whose keys differ, in their order. */
export function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export const noted = (id: TraceNote["id"], level: TraceNote["level"], text: string): TraceNote => ({ id, level, text });
