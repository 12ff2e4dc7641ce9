import { type Address, formatAddress } from "../../net/address.ts";
import type { AnnotatedRouteTable, ServiceTagSource } from "../../routes/annotation.ts";
import { certaintyOf } from "../../selection/certainty.ts";
import type { Decision } from "../../selection/decision.ts";
import { type DecisionExplanation, explainDecision, explanationOf, winnerOf } from "../../selection/explain.ts";
import type { BriefAnswer, Explanation } from "../../selection/explanation.ts";
import type { ForwardingTable } from "./forwarding-table.ts";

/** So many decisions are kept in words; a table has as many as it has prefixes. */
const KEPT = 4096;

/** What is made of each decision, once, and again when it has been forgotten. */
class PerDecision<Made> {
  readonly #make: (decision: Decision) => Made;
  readonly #made = new Map<Decision, Made>();

  constructor(make: (decision: Decision) => Made) {
    this.#make = make;
  }

  of(decision: Decision): Made {
    const known = this.#made.get(decision);
    if (known !== undefined) return known;
    if (this.#made.size >= KEPT) this.#made.clear();
    const made = this.#make(decision);
    this.#made.set(decision, made);
    return made;
  }
}

/**
 * Explains many destinations by one table. Agrees with `explain`; cost: two searches, and the words for a decision only when it is
 * first met.
 */
export class Explainer {
  readonly #annotated: AnnotatedRouteTable;
  readonly #forwarding: ForwardingTable;
  readonly #tags: ServiceTagSource | null;
  readonly #explained: PerDecision<DecisionExplanation>;
  readonly #outcomes: PerDecision<Pick<BriefAnswer, "verdict" | "winner" | "rule" | "certainty">>;

  /** The forwarding table is of the same rows. */
  constructor(annotated: AnnotatedRouteTable, forwarding: ForwardingTable, tags: ServiceTagSource | null) {
    this.#annotated = annotated;
    this.#forwarding = forwarding;
    this.#tags = tags;
    this.#explained = new PerDecision((decision) => explainDecision(decision, annotated));
    this.#outcomes = new PerDecision((decision) => ({
      verdict: decision.verdict,
      winner: winnerOf(decision, annotated),
      rule: decision.rule,
      certainty: certaintyOf(decision),
    }));
  }

  explain(destination: Address): Explanation {
    const decision = this.#forwarding.select(destination);
    const tags = this.#tags?.lookup(destination) ?? [];
    return explanationOf(destination, decision, this.#explained.of(decision), this.#annotated, tags);
  }

  /** The same in brief, at a fraction of the cost. */
  brief(destination: Address): BriefAnswer {
    const { verdict, winner, rule, certainty } = this.#outcomes.of(this.#forwarding.select(destination));
    const serviceTag = winner?.serviceTag ?? this.#tags?.mostSpecific(destination) ?? null;
    return { destination: formatAddress(destination), hostName: null, verdict, winner, rule, certainty, serviceTag };
  }
}
