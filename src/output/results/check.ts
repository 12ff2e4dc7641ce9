import type { AddressCounts } from "../../analysis/destinations/address-counts.ts";
import type { SnapshotSummary } from "../../analysis/fleet/summary.ts";
import { foldExamples } from "../../analysis/policy/fold-examples.ts";
import type { InventoryFinding } from "../../analysis/policy/inventory/finding.ts";
import type { ReachFinding } from "../../analysis/policy/reach/finding.ts";
import {
  type CounterExample,
  isOfEachTable,
  type PolicyCheck,
  type PolicyResult,
} from "../../analysis/policy/result.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import type { Colour } from "../../terminal/colour.ts";
import { hanging } from "../../terminal/hanging.ts";
import { besideLabel, labelled, labelledText } from "../../terminal/labelled-text.ts";
import { measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import type { Cell } from "../formats/cell.ts";
import { addressesText, countsText, countText, groupText } from "./address-text.ts";
import { counterExamplesText } from "./counter-examples.ts";
import { findingText, judgedText, tableNames, walkText } from "./inventory-text.ts";
import type { Kind } from "./kind.ts";
import { dataText } from "./provenance.ts";
import { namesText, summaryTexts } from "./snapshot/summary-text.ts";

/** What `check -o json` prints. */
export interface CheckReport extends PolicyCheck {
  readonly schemaVersion: "1.0";
  /** The origin of each table, by the table's name in the results. */
  readonly routeTables: readonly { readonly table: string; readonly origin: RouteTableOrigin }[];
  readonly serviceTagFile: ServiceTagFile | null;
  /**
   * The snapshot that was checked; null where tables were given one by one. Then `tables` of a result names all subnets
   * that have the result, each by itself.
   */
  readonly snapshot: SnapshotSummary | null;
}

/**
 * Returns the tables that a result is of, as a test report has them: each of a snapshot's by itself, the two of a
 * symmetric rule together.
 */
export function suitesOf(result: PolicyResult, { snapshot }: Pick<CheckReport, "snapshot">): readonly string[] {
  return snapshot !== null && isOfEachTable(result) && result.tables.length > 0 ? result.tables : [tableNames(result)];
}

/** Options for the text of a checked policy. */
export interface CheckView {
  /** Show every prefix of a counter-example, and explain each of them. */
  readonly expand: boolean;
}

/**
 * A checked policy: a row for each prefix of a counter-example and each finding in an inventory, or one row for a result
 * without any.
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
      if (result.counterExamples.length + findings.length + walks.length === 0) yield row(result, null, null, []);
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

/** The colour of a result that does not hold. */
const badColour = ({ rule }: PolicyResult) => (rule.severity === "error" ? "red" : "yellow");

/**
 * Yields the text for people: a line for each counter-example and each result that was not judged, then the verdict.
 * Counter-examples that differ only in the winning prefix share a line. `expand` shows the results that hold too, every
 * prefix, and the explanation of each counter-example.
 */
async function* checkText(report: CheckReport, stdout: OutputStream, { expand }: CheckView): AsyncGenerator<string> {
  const { policy, results, routeTables, serviceTagFile, snapshot } = report;
  const { colours } = stdout;
  const name = policy.name === null ? "" : `: ${policy.name}`;
  const title = plainText(`${policy.file}${name}`);
  const shown = results.map((result) => ({ result, rows: resultRows(result, report, expand, stdout) }));
  const all = shown.flatMap(({ rows }) => rows);
  const measure = await measureFor([title, ...all.flatMap(({ cells }) => cells)]);
  yield besideLabel("", title, stdout, { label: colours.bold, text: colours.bold }, measure);
  if (expand) {
    for (const { result, rows } of shown) {
      yield `\n${stackedRows({ heading: null, rows, prose: proseOf(report), indent: 2 }, stdout, measure)}`;
      yield* counterExamplesText(result, stdout);
    }
  } else if (all.length > 0) {
    yield `\n${stackedRows({ heading: headingOf(report), rows: all, prose: proseOf(report), indent: 2 }, stdout, measure)}`;
  }
  const texts = [
    ...leftOutTexts(results).map((text) => labelled("left out", text, { text: "dim" })),
    ...(snapshot === null
      ? routeTables.map(({ origin }, at) =>
          labelled("data", dataText(origin, at === 0 ? serviceTagFile : null), { text: "dim" }),
        )
      : summaryTexts(snapshot, serviceTagFile, stdout.symbols)),
  ];
  yield `\n${texts.map((text) => labelledText(text, stdout, measure)).join("")}`;
  yield `\n${await hanging(tally(report, stdout), stdout)}\n`;
}

const severalTables = ({ routeTables, snapshot }: CheckReport) => routeTables.length > 1 || snapshot !== null;

/** Returns the names of a result's tables; of a snapshot how many there are, and the first. */
function tablesText(result: PolicyResult, { snapshot }: CheckReport, expand = false): string {
  const { tables } = result;
  if (snapshot === null || !isOfEachTable(result) || tables.length === 0) return tableNames(result);
  const names = tables.map((name) => ({ name }));
  if (names.length === 1) return namesText(names);
  return `${countText(`${names.length}`)}: ${namesText(names, expand ? MOST_EXPANDED : undefined)}`;
}

/** The most names of tables that are printed for a result; JSON has all. */
const MOST_EXPANDED = 200;

/** The names of a snapshot's subnets are prose too. */
const proseOf = ({ snapshot }: CheckReport) => (snapshot === null ? 2 : 3);

/** Rules about an inventory have resources where others have addresses. */
function headingOf(report: CheckReport): readonly string[] {
  const isOfResources = report.results.every(({ inventory }) => inventory !== null);
  const what = isOfResources ? "RESOURCE" : "ADDRESSES";
  return ["RULE", ...(severalTables(report) ? ["TABLE"] : []), what, "REASON"];
}

/** Returns the rows of a result: its counter-examples, else why it was not judged; with `expand` also that it holds. */
function resultRows(
  result: PolicyResult,
  report: CheckReport,
  expand: boolean,
  { symbols }: OutputStream,
): readonly StackedRow[] {
  const { rule, status, reason, counterExamples, inventory, reach } = result;
  const row = (mark: string, markColour: Colour, set: string, why: string): StackedRow => {
    const table = severalTables(report) ? [tablesText(result, report, expand)] : [];
    return { mark, markColour, cells: [ruleText(rule), ...table, set, why].map(plainText), colour: null };
  };
  if (status === "holds") return expand ? [row(symbols.won, "green", whatText(result), "holds")] : [];
  if (inventory !== null && inventory.findings.length > 0) {
    return inventory.findings.map((each) => {
      const mark = each.status === "violated" ? symbols.lost : symbols.problem;
      return row(mark, badColour(result), each.resource, findingText(each));
    });
  }
  if (reach !== null && reach.findings.length > 0) {
    return reach.findings.map((each) => {
      const mark = each.status === "violated" ? symbols.lost : symbols.problem;
      return row(mark, badColour(result), `${groupText(each)} (${countsText(each.addresses)})`, walkText(each));
    });
  }
  if (status === "not-judged") return [row(symbols.problem, badColour(result), "", `not judged: ${reason ?? ""}`)];
  if (expand) return [row(symbols.lost, badColour(result), whatText(result), `violated (line ${rule.line})`)];
  return foldExamples(counterExamples).map((each) => {
    const back = each.back === null ? "" : `, back to ${groupText(each.back)}`;
    const set = `${groupText(each)} (${countsText(each.addresses)})${back}`;
    return row(symbols.lost, badColour(result), set, each.mismatches.map(withoutAddress(each)).join("; "));
  });
}

/** Returns what of how much is violated, or what was judged. */
function whatText({ status, addresses, violating, inventory }: PolicyResult): string {
  if (inventory !== null) return judgedText(inventory);
  return status === "violated" ? partText(violating, addresses) : addressesText(addresses);
}

/** Returns how people know a rule: by its id, or by its name if the policy gives it no id of its own. */
function ruleText({ id, name }: PolicyResult["rule"]): string {
  return name !== null && /^rule-\d+$/.test(id) ? name : id;
}

/** The mismatches of a counter-example name its example, which is one of the addresses shown before. */
const withoutAddress =
  ({ example }: CounterExample) =>
  (mismatch: string) =>
    mismatch.startsWith(`${example}: `) ? mismatch.slice(example.length + 2) : mismatch;

/** Returns `80 of 65,536 IPv4 addresses`; with both families, each has its own count. */
function partText(part: AddressCounts, whole: AddressCounts): string {
  const alone = (["v4", "v6"] as const).filter((family) => whole[family] !== "0");
  const [family] = alone;
  const count = alone.length === 1 && family !== undefined ? countText(part[family]) : addressesText(part);
  return `${count} of ${addressesText(whole)}`;
}

/** Returns the reasons why addresses were not judged, each once. */
function leftOutTexts(results: readonly PolicyResult[]): readonly string[] {
  return [...new Set(results.flatMap(({ leftOut }) => leftOut.map(({ text }) => text)))];
}

function tally(
  { passed, count: { holds, violated, notJudged }, snapshot }: CheckReport,
  { colours }: OutputStream,
): string {
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
    ...(snapshot === null || snapshot.complete ? [] : ["the snapshot is incomplete"]),
  ];
  const word = passed ? colours.green("passed") : colours.red("failed");
  return `${word}  ${parts.join("; ")}`;
}
