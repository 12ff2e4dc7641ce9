import type { PolicyResult, RuleHead } from "../../../analysis/policy/result.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { type CheckReport, suitesOf } from "../../results/check/report.ts";
import { violationCount } from "./violation.ts";

/** GitHub rejects a file with more results in a run. */
export const MOST_RESULTS = 25_000;

/** The most lines of all results together. They are some hundred megabytes, which GitHub accepts compressed. */
const MOST_LINES = 2_000_000;

/** The lines of a result without its prefixes and candidates, and those of a candidate. */
const LINES = { result: 60, candidate: 14 };

/**
 * Returns the results of a report, those of a snapshot split by subnet. If that exceeds GitHub's limits, returns them
 * unchanged: one result for several subnets.
 */
export function splitBySubnet(report: CheckReport): readonly PolicyResult[] {
  let [results, lines] = [0, 0];
  for (const result of report.results) {
    const tables = suitesOf(result, report).length;
    results += violationCount(result) * tables;
    for (const { prefixes, explanation } of result.counterExamples) {
      lines += (LINES.result + prefixes.length + LINES.candidate * explanation.candidates.length) * tables;
    }
  }
  if (results > MOST_RESULTS || lines > MOST_LINES) return report.results;
  return report.results.flatMap((result) => {
    const suites = suitesOf(result, report);
    return suites.length === 1 ? [result] : suites.map((table) => ({ ...result, tables: [table] }));
  });
}

const LEVELS: readonly RuleHead["severity"][] = ["error", "warning", "note"];

/**
 * Returns as many violations as GitHub accepts, in the order of the rules, or the most severe ones if there are more.
 */
export function mostSevere<T extends { readonly rule: RuleHead }>(violations: readonly T[]): readonly T[] {
  if (violations.length <= MOST_RESULTS) return violations;
  const bySeverity = LEVELS.flatMap((level) => violations.filter(({ rule }) => rule.severity === level));
  return bySeverity.slice(0, MOST_RESULTS);
}

/** The longest description that GitHub accepts. */
const LONGEST_DESCRIPTION = 1024;

/** Returns a text as a description that GitHub accepts. */
export function cutDescription(text: string): string {
  const plain = plainText(text);
  return plain.length > LONGEST_DESCRIPTION ? `${plain.slice(0, LONGEST_DESCRIPTION - 3)}...` : plain;
}
