import type { Policy, Severity } from "./policy.ts";
import type { PolicyCheck, PolicyResult, PolicyStatus } from "./result.ts";

/**
 * Returns the check of a policy with these results. `tablesOf` says how many tables a result counts for, one by
 * default.
 */
export function policyCheck(
  { file, name, description }: Policy,
  results: readonly PolicyResult[],
  tablesOf: (result: PolicyResult) => number = () => 1,
): PolicyCheck {
  const countOf = (wanted: PolicyStatus): Record<Severity, number> => {
    const count = { error: 0, warning: 0, note: 0 };
    for (const result of results) if (result.status === wanted) count[result.rule.severity] += tablesOf(result);
    return count;
  };
  const count = { holds: countOf("holds"), violated: countOf("violated"), notJudged: countOf("not-judged") };
  const passed = count.violated.error === 0 && count.notJudged.error === 0;
  return { policy: { file, name, description }, passed, count, results };
}
