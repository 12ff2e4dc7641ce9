import { countAddresses } from "../../destinations/address-counts.ts";
import type { ReachRule } from "../policy.ts";
import { type PolicyResult, ruleHead } from "../result.ts";

const NONE = countAddresses([]);

/** The result of a reach rule that nothing was judged of. */
export function notJudged(rule: ReachRule, tables: readonly string[], reason: string): PolicyResult {
  const nothing = { addresses: NONE, violating: NONE, leftOut: [], counterExamples: [], inventory: null };
  return {
    rule: ruleHead(rule),
    tables,
    status: "not-judged",
    reason,
    ...nothing,
    reach: { classes: 0, findings: [] },
  };
}
