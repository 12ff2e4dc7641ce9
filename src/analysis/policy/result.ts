import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { Explanation } from "../../selection/explanation.ts";
import type { ForwardingTable } from "../bulk/forwarding-table.ts";
import type { AddressCounts, AddressGroup } from "../destinations/address-counts.ts";
import type { PolicyRule, Severity } from "./policy.ts";

/** A table that a policy is checked against; both forms are of the same rows. */
export interface PolicySubject {
  /** As results name it: `nic:NAME`, a file, `sample:NAME`. No other table has it. */
  readonly name: string;
  readonly annotated: AnnotatedRouteTable;
  readonly table: ForwardingTable;
}

/** Addresses that a rule names but that it is not judged on, and why. */
export interface LeftOut {
  readonly id: "platform-address" | "no-ipv6";
  readonly addresses: AddressCounts;
  readonly text: string;
}

/** Addresses that one table routes, one of them explained. */
interface RoutedAddresses extends AddressGroup {
  readonly table: string;
  /** The whole explanation of `example`. */
  readonly explanation: Explanation;
}

/** Addresses for which a rule does not hold, all with one outcome. */
export interface CounterExample extends RoutedAddresses {
  /** What of the rule the example does not meet, one line each; of alternatives, that of all. */
  readonly mismatches: readonly string[];
  /** Of a symmetric rule: those addresses of the other side to which packets go back by another next hop. */
  readonly back: RoutedAddresses | null;
}

/**
 * `holds`: proven for every address; `violated`: there are counter-examples, and they are all of them; `not-judged`: the rule cannot be
 * applied to the tables that were given.
 */
export type PolicyStatus = "holds" | "violated" | "not-judged";

/** A rule as its results name it. */
export interface RuleHead {
  readonly id: string;
  readonly kind: PolicyRule["kind"];
  readonly name: string | null;
  readonly description: string | null;
  readonly severity: Severity;
  readonly line: number;
}

/** What came of one rule for one table, or of a symmetric rule for two. */
export interface PolicyResult {
  readonly rule: RuleHead;
  readonly tables: readonly string[];
  readonly status: PolicyStatus;
  /** Why it was not judged; else null. */
  readonly reason: string | null;
  /** How many addresses it was judged on. */
  readonly addresses: AddressCounts;
  /** How many of them are counter-examples. */
  readonly violating: AddressCounts;
  readonly leftOut: readonly LeftOut[];
  /** Most addresses first. Of a rule of one table, every violating address is in one and only one. */
  readonly counterExamples: readonly CounterExample[];
}

type BySeverity = Readonly<Record<Severity, number>>;

/** A policy checked against one or several tables. */
export interface PolicyCheck {
  readonly policy: { readonly file: string; readonly name: string | null; readonly description: string | null };
  /** Whether every result of severity error holds. One that could not be judged does not. */
  readonly passed: boolean;
  /** How many results are of which status, by the severity of their rules. */
  readonly count: { readonly holds: BySeverity; readonly violated: BySeverity; readonly notJudged: BySeverity };
  /** Rule by rule in the policy's order, for each table in the order given. */
  readonly results: readonly PolicyResult[];
}

/** A rule as its results name it. */
export function ruleHead({ id, kind, name, description, severity, line }: PolicyRule): RuleHead {
  return { id, kind, name, description, severity, line };
}
