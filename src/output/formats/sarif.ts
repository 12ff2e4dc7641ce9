import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { InventoryFinding } from "../../analysis/policy/inventory/finding.ts";
import type { ReachFinding } from "../../analysis/policy/reach/finding.ts";
import type { CounterExample, PolicyResult, RuleHead } from "../../analysis/policy/result.ts";
import { writePieces } from "../../terminal/pieces.ts";
import { plainJson, plainText } from "../../terminal/plain-text.ts";
import { VERSION } from "../../text/version.ts";
import { addressesText, groupText } from "../results/address-text.ts";
import { type CheckReport, suitesOf } from "../results/check/report.ts";
import { walkText } from "../results/check/result-text.ts";
import { reportOf } from "../results/kinds.ts";
import type { Format } from "./format.ts";

/**
 * A checked policy as SARIF 2.1.0: one run, because GitHub takes at most twenty; a result for each table and
 * counter-example and for each violation in an inventory, at the line of the violated rule; a notification
 * for each rule that could not be judged. A rule that holds has no results.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif: Format = {
  print: (result, stdout) => writePieces(sarifText(reportOf("check", result)), stdout),
};

function sarifText(report: CheckReport): string {
  const { policy, passed } = report;
  // Of a snapshot, a result for each subnet that has it: the logical location tells them apart.
  const results = report.results.flatMap((result) => {
    const suites = suitesOf(result, report);
    return suites.length === 1 ? [result] : suites.map((table) => ({ ...result, tables: [table] }));
  });
  const rules = [...new Map(results.map(({ rule }) => [rule.id, rule])).values()];
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "vnet-explain",
            version: VERSION,
            semanticVersion: VERSION,
            rules: rules.map(descriptorOf),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            exitCode: passed ? 0 : 3,
            toolExecutionNotifications: results
              .filter(({ status }) => status === "not-judged")
              .map((result) => notJudged(result, policy.file)),
          },
        ],
        results: results.flatMap((result) =>
          findingsOf(result).map((finding) => resultOf(finding, result.rule, policy.file, rules)),
        ),
      },
    ],
  };
  return `${plainJson(JSON.stringify(log, null, 2))}\n`;
}

function descriptorOf({ id, name, description, severity }: RuleHead): ReportingDescriptor {
  const short = plainText(name ?? id);
  return {
    id,
    shortDescription: { text: short },
    fullDescription: { text: description === null ? short : plainText(description) },
    defaultConfiguration: { level: severity },
  };
}

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

function resultOf(
  { text, names, fingerprint, properties }: Finding,
  rule: RuleHead,
  file: string,
  rules: readonly RuleHead[],
): Result {
  return {
    ruleId: rule.id,
    ruleIndex: rules.findIndex(({ id }) => id === rule.id),
    kind: "fail",
    level: rule.severity,
    message: { text: plainText(text) },
    locations: [locationOf(file, rule, names)],
    partialFingerprints: fingerprint,
    properties,
  };
}

/** A fingerprint of words that stay the same while the violation does. */
const addressFingerprint = (...words: readonly string[]) => ({
  "ruleTablesAndAddress/v1": words.map(plainText).join(" "),
});

function exampleFinding(each: CounterExample, { rule, tables }: PolicyResult): Finding {
  const { example, back, prefixes, explanation } = each;
  const set = [groupText(each), ...(back === null ? [] : [`back to ${groupText(back)}`])].join(", ");
  return {
    text: `${tables.join(" and ")}: ${set} (${addressesText(each.addresses)}): ${each.mismatches.join("; ")}`,
    names: tables,
    fingerprint: addressFingerprint(rule.id, ...tables, example, back?.example ?? ""),
    properties: { tables, prefixes, example, explanation, ...(back === null ? {} : { back }) },
  };
}

function resourceFinding({ resourceId, resource, text, remedy }: InventoryFinding, { rule }: PolicyResult): Finding {
  return {
    text: `${resource}: ${text}; ${remedy}`,
    names: [resourceId],
    fingerprint: { "ruleAndResource/v1": [rule.id, resourceId.toLowerCase()].map(plainText).join(" ") },
    properties: { resourceId, resource, remedy },
  };
}

function walkFinding(finding: ReachFinding, { rule, tables }: PolicyResult): Finding {
  const { prefixes, example, addresses, disposition, hops } = finding;
  return {
    text: `${tables.join(" and ")}: ${groupText(finding)} (${addressesText(addresses)}): ${walkText(finding)}`,
    names: tables,
    fingerprint: addressFingerprint(rule.id, ...tables, example),
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
