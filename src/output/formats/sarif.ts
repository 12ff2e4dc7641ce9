import { createHash } from "node:crypto";
import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { InventoryFinding } from "../../analysis/policy/inventory/finding.ts";
import type { ReachFinding } from "../../analysis/policy/reach/finding.ts";
import type { CounterExample, PolicyResult, RuleHead } from "../../analysis/policy/result.ts";
import { writePieces } from "../../terminal/pieces.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { VERSION } from "../../text/version.ts";
import { addressesText, groupText } from "../results/address-text.ts";
import { type CheckReport, suitesOf } from "../results/check/report.ts";
import { walkText } from "../results/check/result-text.ts";
import { reportOf } from "../results/kinds.ts";
import type { Format } from "./format.ts";
import { documentPieces } from "./json.ts";

/**
 * A checked policy as SARIF 2.1.0: one run, because GitHub takes at most twenty; a result for each table and
 * counter-example and for each violation in an inventory, at the line of the violated rule; a notification
 * for each rule that could not be judged. A rule that holds has no results. Where that exceeds what GitHub takes, tables
 * share a result. What still exceeds it is left out, with a notification.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export const sarif: Format = {
  print: (result, stdout) => writePieces(documentPieces(logOf(reportOf("check", result))), stdout),
};

/** GitHub rejects a file with more results in a run. */
const MOST_RESULTS = 25_000;

/** Lines that results may have in all: some hundred megabytes, which GitHub takes when they are packed. */
const MOST_LINES = 2_000_000;

/** The lines of a result without its prefixes and candidates, and those of a candidate. */
const LINES = { result: 60, candidate: 14 };

/** Splits the results of a snapshot by subnet within GitHub's limits. Their logical locations differ. */
function unfolded(report: CheckReport): readonly PolicyResult[] {
  let [results, lines] = [0, 0];
  for (const result of report.results) {
    const tables = suitesOf(result, report).length;
    results += findingsOf(result).length * tables;
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

function logOf(report: CheckReport): Log {
  const { policy, passed } = report;
  const results = unfolded(report);
  const lineHash = lineHashes();
  const rules = new Map(results.map(({ rule }) => [rule.id, rule]));
  const indexes = new Map([...rules.keys()].map((id, index) => [id, index]));
  const all = results.flatMap((result) => findingsOf(result).map((finding) => ({ finding, rule: result.rule })));
  const byLevel = () => LEVELS.flatMap((level) => all.filter(({ rule }) => rule.severity === level));
  const shown = all.length > MOST_RESULTS ? byLevel().slice(0, MOST_RESULTS) : all;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "vnet-explain",
            version: VERSION,
            semanticVersion: VERSION,
            rules: Array.from(rules.values(), descriptorOf),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            exitCode: passed ? 0 : 3,
            toolExecutionNotifications: [
              ...results
                .filter(({ status }) => status === "not-judged")
                .map((result) => notJudged(result, policy.file)),
              ...(all.length === shown.length ? [] : [leftOut(all.length - shown.length)]),
            ],
          },
        ],
        results: shown.map(({ finding, rule }) =>
          resultOf(finding, rule, policy.file, indexes.get(rule.id) ?? -1, lineHash),
        ),
      },
    ],
  };
}

/** The longest description that GitHub takes. */
const LONGEST = 1024;

const cut = (text: string) => {
  const plain = plainText(text);
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 3)}...` : plain;
};

function descriptorOf({ id, name, description, severity }: RuleHead): ReportingDescriptor {
  const full = cut(description ?? name ?? id);
  return {
    id,
    shortDescription: { text: cut(name ?? id) },
    fullDescription: { text: full },
    // GitHub shows it beside each alert, and requires it.
    help: { text: `${full}\n\n${HELP}` },
    defaultConfiguration: { level: severity },
  };
}

const HELP =
  "The rule is judged on Azure's effective routes, for every address that it names. " +
  "A result has the prefixes that violate it, and the route that wins for them.";

function locationOf(file: string, { line }: RuleHead, tables: readonly string[]): Location {
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
    logicalLocations: tables.map((name) => ({ name: plainText(name), kind: "resource" })),
  };
}

/**
 * Returns a path as a URI reference with forward slashes. A relative path stays relative, so that it is found in a
 * repository.
 */
function uriOf(file: string): string {
  const path = file.replaceAll("\\", "/").replace(/\p{Cs}/gu, "\ufffd");
  const root = /^[A-Za-z]:\//.exec(path)?.[0] ?? "";
  const encoded = path.slice(root.length).split("/").map(encodeURIComponent).join("/");
  if (root !== "") return `file:///${root}${encoded}`;
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}

/** One violation of a rule. */
interface Finding {
  readonly text: string;
  /** The tables or the resource that it is about. */
  readonly names: readonly string[];
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

function findingsOf(result: PolicyResult): readonly Finding[] {
  const isViolated = ({ status }: Pick<InventoryFinding | ReachFinding, "status">) => status === "violated";
  return [
    ...result.counterExamples.map((each) => exampleFinding(each, result)),
    ...(result.inventory?.findings ?? []).filter(isViolated).map((each) => resourceFinding(each, result)),
    ...(result.reach?.findings ?? []).filter(isViolated).map((each) => walkFinding(each, result)),
  ];
}

/** The most tables that a message names. */
const MOST_NAMED = 3;

/** The tables of a finding: the two of a symmetric rule, or those that have it. */
function tablesText({ tables }: Pick<PolicyResult, "tables">): string {
  if (tables.length <= 2) return tables.join(" and ");
  const more = tables.length - MOST_NAMED;
  return `${tables.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const leftOut = (count: number): Notification => ({
  level: "warning",
  message: {
    text: `${count} more results are left out, because GitHub takes at most ${MOST_RESULTS}; -o json has all`,
  },
});

function resultOf(
  { text, names, fingerprint, properties }: Finding,
  rule: RuleHead,
  file: string,
  ruleIndex: number,
  lineHash: ReturnType<typeof lineHashes>,
): Result {
  return {
    ruleId: rule.id,
    ruleIndex,
    kind: "fail",
    level: rule.severity,
    message: { text: plainText(text) },
    locations: [locationOf(file, rule, names)],
    partialFingerprints: { ...fingerprint, primaryLocationLineHash: lineHash(fingerprint) },
    properties,
  };
}

/** Words that stay the same as long as a violation does. The number of tables that share it may change meanwhile. */
const addressWords = (rule: string, tables: readonly string[], ...words: readonly string[]) =>
  [rule, ...(tables.length <= 2 ? tables : []), ...words].map(plainText).join(" ");

/**
 * Returns a function that hashes the fingerprint of each result. GitHub tells results of one rule and line apart by
 * `primaryLocationLineHash` alone, and would otherwise make one alert of all subnets. Equal ones are numbered.
 */
function lineHashes(): (fingerprint: Finding["fingerprint"]) => string {
  const times = new Map<string, number>();
  return (fingerprint) => {
    const hash = createHash("sha256").update(JSON.stringify(fingerprint)).digest("hex").slice(0, 16);
    const number = (times.get(hash) ?? 0) + 1;
    times.set(hash, number);
    return `${hash}:${number}`;
  };
}

function exampleFinding(each: CounterExample, { rule, tables }: PolicyResult): Finding {
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

function resourceFinding({ resourceId, resource, text, remedy }: InventoryFinding, { rule }: PolicyResult): Finding {
  return {
    text: `${resource}: ${text}; ${remedy}`,
    names: [resourceId],
    fingerprint: { "ruleAndResource/v1": [rule.id, resourceId.toLowerCase(), resource].map(plainText).join(" ") },
    properties: { resourceId, resource, remedy },
  };
}

function walkFinding(finding: ReachFinding, { rule, tables }: PolicyResult): Finding {
  const { prefixes, example, addresses, disposition, hops } = finding;
  return {
    text: `${tablesText({ tables })}: ${groupText(finding)} (${addressesText(addresses)}): ${walkText(finding)}`,
    names: tables,
    fingerprint: { "ruleTablesAndAddress/v1": addressWords(rule.id, tables, example) },
    properties: { tables, prefixes, example, disposition, hops },
  };
}

function notJudged({ rule, tables, reason }: PolicyResult, file: string): Notification {
  return {
    associatedRule: { id: rule.id },
    level: rule.severity,
    message: { text: plainText(`not judged: ${reason ?? ""}`) },
    locations: [locationOf(file, rule, tables)],
  };
}
