import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { PolicyResult, RuleHead } from "../../../analysis/policy/result.ts";
import { writePieces } from "../../../terminal/pieces.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { VERSION } from "../../../text/version.ts";
import type { CheckReport } from "../../results/check/report.ts";
import { reportOf } from "../../results/kinds.ts";
import type { Format } from "../format.ts";
import { documentPieces } from "../json.ts";
import { cutDescription, MOST_RESULTS, mostSevere, splitBySubnet } from "./github-limits.ts";
import { lineHashes, type Violation, violationsOf } from "./violation.ts";

/**
 * A checked policy as SARIF 2.1.0, in one run, because GitHub accepts at most twenty. Each violation is a result for
 * each table, at the line of the violated rule. A rule that could not be judged is a notification; a rule that holds
 * has no results. Beyond GitHub's limits, tables share a result. Results that still exceed the limits are left out,
 * with a notification. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export const sarif: Format = {
  print: (result, stdout) => writePieces(documentPieces(logOf(reportOf("check", result))), stdout),
};

function logOf(report: CheckReport): Log {
  const { policy, passed } = report;
  const results = splitBySubnet(report);
  const lineHash = lineHashes();
  const rules = new Map(results.map(({ rule }) => [rule.id, rule]));
  const indexes = new Map([...rules.keys()].map((id, index) => [id, index]));
  const all = results.flatMap((result) => violationsOf(result).map((violation) => ({ violation, rule: result.rule })));
  const shown = mostSevere(all);
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
        results: shown.map(({ violation, rule }) =>
          resultOf(violation, rule, policy.file, indexes.get(rule.id) ?? -1, lineHash),
        ),
      },
    ],
  };
}

function descriptorOf({ id, name, description, severity }: RuleHead): ReportingDescriptor {
  const full = cutDescription(description ?? name ?? id);
  return {
    id,
    shortDescription: { text: cutDescription(name ?? id) },
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

const leftOut = (count: number): Notification => ({
  level: "warning",
  message: {
    text: `${count} more results are left out, because GitHub accepts at most ${MOST_RESULTS.toLocaleString("en")}; -o json has all`,
  },
});

function resultOf(
  { text, names, fingerprint, properties }: Violation,
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

function notJudged({ rule, tables, reason }: PolicyResult, file: string): Notification {
  return {
    associatedRule: { id: rule.id },
    level: rule.severity,
    message: { text: plainText(`not judged: ${reason ?? ""}`) },
    locations: [locationOf(file, rule, tables)],
  };
}
