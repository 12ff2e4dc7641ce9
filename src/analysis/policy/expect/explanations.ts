import type { Address } from "../../../net/address.ts";
import type { AnnotatedRouteTable } from "../../../routes/annotation.ts";
import type { Decision } from "../../../selection/decision.ts";
import { type DecisionExplanation, explainDecision, explanationOf } from "../../../selection/explain.ts";
import type { Explanation } from "../../../selection/explanation.ts";
import type { TagCatalogue } from "../../../service-tags/tag-catalogue.ts";

/** The most decisions whose explanations are kept. */
const MOST_KEPT = 4096;

/** Explains addresses as `explain` does, each decision once, so that counter-examples share its sentences. */
export class DecisionExplanations {
  readonly #tags: TagCatalogue | null;
  readonly #known = new Map<Decision, DecisionExplanation>();

  constructor(tags: TagCatalogue | null) {
    this.#tags = tags;
  }

  /** Returns the explanation of an address with this decision. */
  of(decision: Decision, address: Address, annotated: AnnotatedRouteTable): Explanation {
    let explained = this.#known.get(decision);
    if (explained === undefined) {
      explained = explainDecision(decision, annotated);
      if (this.#known.size >= MOST_KEPT) this.#known.clear();
      this.#known.set(decision, explained);
    }
    return explanationOf(address, decision, explained, annotated, this.#tags?.lookup(address) ?? []);
  }
}
