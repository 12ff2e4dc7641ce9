import { createHash } from "node:crypto";
import type { InventoryFinding } from "../../../analysis/policy/inventory/finding.ts";
import type { ReachFinding } from "../../../analysis/policy/reach/finding.ts";
import type { CounterExample, PolicyResult } from "../../../analysis/policy/result.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { firstOf } from "../../../text/first-of.ts";
import { addressesText, groupText } from "../../results/address-text.ts";
import { violated, walkText } from "../../results/check/result-text.ts";

/** One violation of a rule. */
export interface Violation {
  readonly text: string;
  /** The tables or the resource that it is about. */
  readonly names: readonly string[];
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Returns the violations of a rule: its counter-examples, and its findings that are violated. */
export function violationsOf(result: PolicyResult): readonly Violation[] {
  return [
    ...result.counterExamples.map((each) => exampleViolation(each, result)),
    ...violated(result.inventory).map((each) => resourceViolation(each, result)),
    ...violated(result.reach).map((each) => walkViolation(each, result)),
  ];
}

/** Returns the number of `violationsOf`, without their texts. */
export function violationCount({ counterExamples, inventory, reach }: PolicyResult): number {
  return counterExamples.length + violated(inventory).length + violated(reach).length;
}

/** The most tables that a message names. */
const MOST_NAMED = 3;

/** The tables of a violation: the two of a symmetric rule, or those that have it. */
function tablesText({ tables }: Pick<PolicyResult, "tables">): string {
  return tables.length <= 2 ? tables.join(" and ") : firstOf(tables, MOST_NAMED);
}

/** Words that stay the same as long as a violation does. The number of tables that share it may change meanwhile. */
const addressWords = (rule: string, tables: readonly string[], ...words: readonly string[]) =>
  [rule, ...(tables.length <= 2 ? tables : []), ...words].map(plainText).join(" ");

/**
 * Returns a function that hashes the fingerprint of each result. GitHub tells results of one rule and line apart by
 * `primaryLocationLineHash` alone, and would otherwise make one alert of all subnets. Equal ones are numbered.
 */
export function lineHashes(): (fingerprint: Violation["fingerprint"]) => string {
  const times = new Map<string, number>();
  return (fingerprint) => {
    const hash = createHash("sha256").update(JSON.stringify(fingerprint)).digest("hex").slice(0, 16);
    const number = (times.get(hash) ?? 0) + 1;
    times.set(hash, number);
    return `${hash}:${number}`;
  };
}

function exampleViolation(each: CounterExample, { rule, tables }: PolicyResult): Violation {
  const { example, back, prefixes, explanation } = each;
  const more = tables.length > 2 ? each.mismatches : [];
  const set = [groupText(each), ...(back === null ? [] : [`back to ${groupText(back)}`])].join(", ");
  return {
    text: `${tablesText({ tables })}: ${set} (${addressesText(each.addresses)}): ${each.mismatches.join("; ")}`,
    names: tables,
    fingerprint: {
      "ruleTablesAndAddress/v1": addressWords(rule.id, tables, example, back?.example ?? "", ...more),
    },
    properties: { tables, prefixes, example, explanation, ...(back === null ? {} : { back }) },
  };
}

function resourceViolation(
  { resourceId, resource, text, remedy }: InventoryFinding,
  { rule }: PolicyResult,
): Violation {
  return {
    text: `${resource}: ${text}; ${remedy}`,
    names: [resourceId],
    fingerprint: { "ruleAndResource/v1": [rule.id, resourceId.toLowerCase(), resource].map(plainText).join(" ") },
    properties: { resourceId, resource, remedy },
  };
}

function walkViolation(finding: ReachFinding, { rule, tables }: PolicyResult): Violation {
  const { prefixes, example, addresses, disposition, hops } = finding;
  return {
    text: `${tablesText({ tables })}: ${groupText(finding)} (${addressesText(addresses)}): ${walkText(finding)}`,
    names: tables,
    fingerprint: { "ruleTablesAndAddress/v1": addressWords(rule.id, tables, example) },
    properties: { tables, prefixes, example, disposition, hops },
  };
}
