import type { CounterExample, PolicyResult } from "../../analysis/policy/result.ts";
import type { Cell } from "../formats/cell.ts";
import type { Rows } from "./kinds.ts";

/** A row for each prefix of a counter-example; one for each result without any. */
export function checkRows(results: readonly PolicyResult[]): Rows {
  return {
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
    ],
    rows: results.flatMap((result) =>
      result.counterExamples.length === 0
        ? [row(result, null, null, [])]
        : result.counterExamples.flatMap((each) => [
            ...each.prefixes.map((prefix) => row(result, prefix, each, each.mismatches)),
            ...(each.back?.prefixes ?? []).map((prefix) => row(result, prefix, each.back, each.mismatches)),
          ]),
    ),
  };
}

function row(
  { rule, status, tables, reason }: PolicyResult,
  prefix: string | null,
  routed: Pick<CounterExample, "table" | "example" | "explanation"> | null,
  mismatches: readonly string[],
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
    routed?.example ?? null,
    mismatches.length === 0 ? null : mismatches.join("; "),
    reason,
    rule.line,
  ];
}
