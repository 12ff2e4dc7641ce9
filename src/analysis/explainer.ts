import type { Address } from "../net/address.ts";
import type { AnnotatedRouteTable, ServiceTagSource } from "../routes/annotation.ts";
import type { Decision } from "../selection/decision.ts";
import { type Account, accountOf, explanationOf } from "../selection/explain.ts";
import type { Explanation } from "../selection/explanation.ts";
import type { ForwardingTable } from "./forwarding-table.ts";

/** So many decisions are kept in words; a table has as many as it has prefixes. */
const KEPT = 4096;

/**
 * Explains many destinations by one table. Agrees with `explain`; cost: two searches, and the words for a decision only when it is
 * first met.
 */
export class Explainer {
  readonly #annotated: AnnotatedRouteTable;
  readonly #forwarding: ForwardingTable;
  readonly #tags: ServiceTagSource | null;
  readonly #accounts = new Map<Decision, Account>();

  /** The forwarding table is of the same rows. */
  constructor(annotated: AnnotatedRouteTable, forwarding: ForwardingTable, tags: ServiceTagSource | null) {
    this.#annotated = annotated;
    this.#forwarding = forwarding;
    this.#tags = tags;
  }

  explain(destination: Address): Explanation {
    const decision = this.#forwarding.select(destination);
    return explanationOf(destination, decision, this.#account(decision), this.#tags?.lookup(destination) ?? []);
  }

  #account(decision: Decision): Account {
    const known = this.#accounts.get(decision);
    if (known !== undefined) return known;
    if (this.#accounts.size >= KEPT) this.#accounts.clear();
    const account = accountOf(decision, this.#annotated);
    this.#accounts.set(decision, account);
    return account;
  }
}
