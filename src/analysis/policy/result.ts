import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { Explanation } from "../../selection/explanation.ts";
import type { ForwardingTable } from "../bulk/forwarding-table.ts";
import type { AddressCounts, AddressGroup } from "../destinations/address-counts.ts";
import type { InventoryFinding } from "./inventory/finding.ts";
import type { PolicyRule, Severity } from "./policy.ts";
import type { ReachResult } from "./reach/finding.ts";

/** A table to check a policy against. Both forms have the same rows. */
export interface PolicySubject {
  /** The table's unique name in results: `nic:NAME`, a file, `sample:NAME`. */
  readonly name: string;
  readonly annotated: AnnotatedRouteTable;
  readonly table: ForwardingTable;
  /** The ids of the subnets that it is the table of, where they are known. */
  readonly subnetIds?: readonly string[];
}

/** What an inventory rule was judged on. */
export interface InventoryResult {
  /** The kind of resource that was judged: `peerings`, or `peering` if `resources` is 1. */
  readonly judges: string;
  /** The number of these resources. */
  readonly resources: number;
  /** Those that do not meet the rule, and those for which the inventory does not say. */
  readonly findings: readonly InventoryFinding[];
}

/** Addresses that a rule names but is not judged on, and the reason. */
export interface LeftOut {
  readonly id: "platform-address" | "no-ipv6" | "own-network";
  readonly addresses: AddressCounts;
  readonly text: string;
}

/** Addresses with one outcome in a table, and the explanation of one of them. */
interface RoutedAddresses extends AddressGroup {
  readonly table: string;
  /** The whole explanation of `example`. */
  readonly explanation: Explanation;
}

/** Addresses that violate a rule, all with one outcome. */
export interface CounterExample extends RoutedAddresses {
  /** A line for each expectation that the example does not meet; with alternatives, for those of all. */
  readonly mismatches: readonly string[];
  /** For a symmetric rule: the addresses of the other side whose packets take a different next hop back. */
  readonly back: RoutedAddresses | null;
}

/**
 * `holds`: proven for every address or resource; `violated`: the counter-examples are complete; `not-judged`: the rule
 * cannot be applied to the given tables.
 */
export type PolicyStatus = "holds" | "violated" | "not-judged";

/** The fields of a rule that its results repeat. */
export interface RuleHead {
  readonly id: string;
  readonly kind: PolicyRule["kind"];
  readonly name: string | null;
  readonly description: string | null;
  readonly severity: Severity;
  readonly line: number;
}

/** The result of one rule for one table; for two tables if it is symmetric, for none if it is about the inventory. */
export interface PolicyResult {
  readonly rule: RuleHead;
  readonly tables: readonly string[];
  readonly status: PolicyStatus;
  /** The reason if the rule was not judged; otherwise null. */
  readonly reason: string | null;
  /** The number of addresses that the rule was judged on. */
  readonly addresses: AddressCounts;
  /** The number of them that violate the rule. */
  readonly violating: AddressCounts;
  readonly leftOut: readonly LeftOut[];
  /** Most addresses first. For a rule on one table, each violating address is in exactly one counter-example. */
  readonly counterExamples: readonly CounterExample[];
  /** Null for a rule on tables. */
  readonly inventory: InventoryResult | null;
  /** Null for any other rule than `reach`. */
  readonly reach: ReachResult | null;
}

type BySeverity = Readonly<Record<Severity, number>>;

/** The check of a policy against one or more tables. */
export interface PolicyCheck {
  readonly policy: { readonly file: string; readonly name: string | null; readonly description: string | null };
  /** Whether every result of severity error holds. A rule that could not be judged does not hold. */
  readonly passed: boolean;
  /** The number of results by status, then by severity. */
  readonly count: { readonly holds: BySeverity; readonly violated: BySeverity; readonly notJudged: BySeverity };
  /** The results in the order of the policy's rules, then of the given tables. */
  readonly results: readonly PolicyResult[];
}

/** Whether the result is that of each of its tables by itself, not of all of them together. */
export const isOfEachTable = ({ rule }: Pick<PolicyResult, "rule">): boolean =>
  rule.kind === "expect" || rule.kind === "reach";

/** The fields of a rule that its results repeat. */
export function ruleHead({ id, kind, name, description, severity, line }: PolicyRule): RuleHead {
  return { id, kind, name, description, severity, line };
}
