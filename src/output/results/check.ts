import type { AddressCounts } from "../../analysis/destinations/address-counts.ts";
import type { CounterExample, PolicyCheck, PolicyResult } from "../../analysis/policy/result.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { type Column, inColumns, type Line } from "../../terminal/columns.ts";
import { hanging } from "../../terminal/hanging.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import type { Cell } from "../formats/cell.ts";
import { addressesText, countText } from "./address-text.ts";
import { counterExamplesText } from "./counter-examples.ts";
import type { Kind } from "./kind.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";

/** What `check -o json` prints. */
export interface CheckReport extends PolicyCheck {
  readonly schemaVersion: "1.0";
  /** The origin of each table, by the table's name in the results. */
  readonly routeTables: readonly { readonly table: string; readonly origin: RouteTableOrigin }[];
  readonly serviceTagFile: ServiceTagFile | null;
}

/** Options for the text of a checked policy. */
export interface CheckView {
  /** Show every prefix of a counter-example, and explain each of them. */
  readonly expand: boolean;
}

/** A checked policy: a row for each prefix of a counter-example, or one row for a result without counter-examples. */
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
  ],
  *rows({ results }) {
    for (const result of results) {
      if (result.counterExamples.length === 0) yield row(result, null, null, []);
      for (const each of result.counterExamples) {
        for (const prefix of each.prefixes) yield row(result, prefix, each, each.mismatches);
        for (const prefix of each.back?.prefixes ?? []) yield row(result, prefix, each.back, each.mismatches);
      }
    }
  },
  text: checkText,
};

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

const COLUMNS: readonly Column[] = [
  { heading: "STATUS" },
  { heading: "SEVERITY", givenUp: 1, foldable: true },
  { heading: "RULE" },
  { heading: "TABLE", givenUp: 3, foldable: true },
  { heading: "ADDRESSES", givenUp: 2 },
];

const STATUS = { holds: "holds", violated: "violated", "not-judged": "not judged" } as const;

/** Yields the text for people: a line for each result, the counter-examples, then the totals. */
async function* checkText(report: CheckReport, stdout: OutputStream, { expand }: CheckView): AsyncGenerator<string> {
  const { policy, results, routeTables, serviceTagFile } = report;
  const { colours } = stdout;
  const name = policy.name === null ? "" : `: ${policy.name}`;
  yield `${colours.bold(plainText(`${policy.file}${name}`))}\n\n`;
  yield* await inColumns([{ columns: COLUMNS, lines: results.map(resultLine) }], stdout, { whole: "-o json has all" });
  for (const result of results.filter(({ counterExamples }) => counterExamples.length > 0)) {
    yield `\n${await hanging(resultHead(result, policy.file, stdout), stdout)}`;
    yield* counterExamplesText(result, expand, stdout);
  }
  const data = [
    ...leftOutTexts(results).map((text) => `left out      ${text}`),
    ...routeTables.map(({ origin }) => `routes        ${routeTableText(origin)}`),
    `service tags  ${serviceTagFileText(serviceTagFile)}`,
  ].map((line) => `${colours.dim(plainText(line))}\n`);
  yield `\n${await hanging(data.join(""), stdout)}`;
  yield `\n${tally(report, stdout)}\n`;
}

function resultLine({ rule, tables, status, reason, addresses, violating }: PolicyResult): Line {
  const what = reason ?? (status === "violated" ? partText(violating, addresses) : addressesText(addresses));
  const bad = rule.severity === "error" ? "red" : "yellow";
  return {
    cells: [STATUS[status], rule.severity, rule.id, tables.join(" and "), what].map(plainText),
    colour: status === "holds" ? null : bad,
  };
}

/** Returns `80 of 65,536 IPv4 addresses`; with both families, each has its own count. */
function partText(part: AddressCounts, whole: AddressCounts): string {
  const alone = (["v4", "v6"] as const).filter((family) => whole[family] !== "0");
  const [family] = alone;
  const count = alone.length === 1 && family !== undefined ? countText(part[family]) : addressesText(part);
  return `${count} of ${addressesText(whole)}`;
}

function resultHead({ rule, tables }: PolicyResult, file: string, { colours }: OutputStream): string {
  const name = rule.name === null ? "" : `  ${plainText(rule.name)}`;
  const where = colours.dim(plainText(`${file}:${rule.line}`));
  return `${colours.bold(plainText(rule.id))}${name}  ${where}\n${plainText(tables.join(" and "))}\n`;
}

/** Returns the reasons why addresses were not judged, each once. */
function leftOutTexts(results: readonly PolicyResult[]): readonly string[] {
  return [...new Set(results.flatMap(({ leftOut }) => leftOut.map(({ text }) => text)))];
}

function tally({ passed, count: { holds, violated, notJudged } }: PolicyCheck, { colours }: OutputStream): string {
  const all = ({ error, warning, note }: typeof holds) => error + warning + note;
  const several = (number: number, word: string) =>
    number === 0 ? [] : [`${number} ${word}${number === 1 ? "" : "s"}`];
  const kinds = (counts: typeof holds) =>
    [...several(counts.error, "error"), ...several(counts.warning, "warning"), ...several(counts.note, "note")].join(
      ", ",
    );
  const parts = [
    ...(all(violated) > 0 ? [`violated: ${kinds(violated)}`] : []),
    ...(all(notJudged) > 0 ? [`not judged: ${kinds(notJudged)}`] : []),
    `holds: ${all(holds)}`,
  ];
  const word = passed ? colours.green("passed") : colours.red("failed");
  return `${word}  ${parts.join("; ")}`;
}
