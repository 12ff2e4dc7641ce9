import type { InventoryFinding } from "../../../analysis/policy/inventory/finding.ts";
import type { ReachFinding } from "../../../analysis/policy/reach/finding.ts";
import type { CounterExample, PolicyResult } from "../../../analysis/policy/result.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { Cell } from "../../formats/cell.ts";
import type { Kind } from "../kind.ts";
import type { CheckReport, CheckView } from "./report.ts";
import { badColour, checkText, tablesText, whatText } from "./text.ts";

/**
 * A checked policy: a row for each prefix of a counter-example and each finding in an inventory, or one row for a
 * result without any.
 */
export const check: Kind<CheckReport, CheckView> = {
  elements: ({ results }) => results,
  columns: [
    "rule",
    "severity",
    "status",
    "tables",
    "table",
    "addressPrefix",
    "verdict",
    "nextHopType",
    "nextHopIpAddress",
    "example",
    "mismatches",
    "reason",
    "line",
    "resource",
    "remedy",
  ],
  *rows({ results }) {
    for (const result of results) {
      const findings = result.inventory?.findings ?? [];
      for (const each of findings) yield row(result, null, null, [each.text], each);
      const walks = result.reach?.findings ?? [];
      for (const each of walks) {
        for (const prefix of each.prefixes) yield row(result, prefix, null, each.mismatches, null, each);
      }
      const shown = [findings, walks, result.counterExamples];
      if (shown.every(({ length }) => length === 0)) yield row(result, null, null, []);
      for (const each of result.counterExamples) {
        for (const prefix of each.prefixes) yield row(result, prefix, each, each.mismatches);
        for (const prefix of each.back?.prefixes ?? []) yield row(result, prefix, each.back, each.mismatches);
      }
    }
  },
  text: checkText,
  *lines(report, stdout) {
    for (const result of report.results) {
      const { rule, status, reason } = result;
      const cells = [status, rule.severity, rule.id, tablesText(result, report), reason ?? whatText(result)].map(
        plainText,
      );
      const colour = status === "holds" ? "green" : badColour(result);
      yield `${stdout.colours[colour](cells.join("  "))}\n`;
    }
  },
};

function row(
  { rule, status, tables, reason }: PolicyResult,
  prefix: string | null,
  routed: Pick<CounterExample, "table" | "example" | "explanation"> | null,
  mismatches: readonly string[],
  finding: Pick<InventoryFinding, "resourceId" | "remedy"> | null = null,
  walk: Pick<ReachFinding, "example"> | null = null,
): readonly Cell[] {
  const { verdict = null, winner = null } = routed?.explanation ?? {};
  return [
    rule.id,
    rule.severity,
    status,
    tables,
    routed?.table ?? null,
    prefix,
    verdict,
    winner?.nextHopType ?? null,
    winner?.nextHopIpAddress ?? null,
    routed?.example ?? walk?.example ?? null,
    mismatches.length === 0 ? null : mismatches.join("; "),
    reason,
    rule.line,
    finding?.resourceId ?? null,
    finding?.remedy ?? null,
  ];
}
