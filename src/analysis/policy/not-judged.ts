import { countAddresses } from "../destinations/address-counts.ts";
import type { PolicyRule } from "./policy.ts";
import { type PolicyResult, ruleHead } from "./result.ts";

const NONE = countAddresses([]);

/** The fields of a result without addresses. */
export const NO_ADDRESSES = { addresses: NONE, violating: NONE, leftOut: [], counterExamples: [] };

/** The reason for a subnet or a NIC that should have a table. */
export const NO_TABLE = "the snapshot has no table for it";

/** Returns the result of a rule that was not judged for these tables. */
export function notJudged(rule: PolicyRule, tables: readonly string[], reason: string): PolicyResult {
  return {
    rule: ruleHead(rule),
    tables,
    status: "not-judged",
    reason,
    ...NO_ADDRESSES,
    inventory: null,
    reach: rule.kind === "reach" ? { classes: 0, findings: [] } : null,
  };
}
