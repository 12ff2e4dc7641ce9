import type { AddressCounts } from "../../../analysis/destinations/address-counts.ts";
import { foldExamples } from "../../../analysis/policy/fold-examples.ts";
import { type CounterExample, isOfEachTable, type PolicyResult } from "../../../analysis/policy/result.ts";
import type { Colour } from "../../../terminal/colour.ts";
import { hanging } from "../../../terminal/hanging.ts";
import { besideLabel, labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { addressesText, countsText, countText, groupText } from "../address-text.ts";
import { dataText } from "../provenance.ts";
import { namesText, summaryTexts } from "../snapshot/summary-text.ts";
import { counterExamplesText } from "./counter-examples.ts";
import type { CheckReport, CheckView } from "./report.ts";
import { findingText, judgedText, tableNames, walkText } from "./result-text.ts";

/** The colour of a result that does not hold. */
export const badColour = ({ rule }: PolicyResult) => (rule.severity === "error" ? "red" : "yellow");

/**
 * Yields the text for people: a line for each counter-example and each result that was not judged, then the verdict.
 * Counter-examples that differ only in the winning prefix share a line. `expand` shows the results that hold too, every
 * prefix, and the explanation of each counter-example.
 */
export async function* checkText(
  report: CheckReport,
  stdout: OutputStream,
  { expand }: CheckView,
): AsyncGenerator<string> {
  const { policy, results, routeTables, serviceTagFile, snapshot } = report;
  const { colours } = stdout;
  const name = policy.name === null ? "" : `: ${policy.name}`;
  const title = plainText(`${policy.file}${name}`);
  const folded = expand ? new Map() : alikeNotJudged(report);
  const shown = results.map((result) => ({
    result,
    rows: folded.has(result)
      ? alikeRows(folded.get(result) ?? [], report, stdout)
      : resultRows(result, report, expand, stdout),
  }));
  const all = shown.flatMap(({ rows }) => rows);
  const texts = [
    ...leftOutTexts(results).map((text) => labelled("left out", text, { text: "dim" })),
    ...(snapshot === null
      ? routeTables.map(({ origin }, at) =>
          labelled("data", dataText(origin, at === 0 ? serviceTagFile : null), { text: "dim" }),
        )
      : summaryTexts(snapshot, serviceTagFile, stdout.symbols)),
  ];
  const measure = await measureFor([title, ...all.flatMap(({ cells }) => cells), ...texts.map(({ text }) => text)]);
  yield besideLabel("", title, stdout, { label: colours.bold, text: colours.bold }, measure);
  if (expand) {
    for (const { result, rows } of shown) {
      yield `\n${stackedRows({ heading: null, rows, prose: proseOf(report), indent: 2 }, stdout, measure)}`;
      yield* counterExamplesText(result, stdout);
    }
  } else if (all.length > 0) {
    yield `\n${stackedRows({ heading: headingOf(report), rows: all, prose: proseOf(report), indent: 2 }, stdout, measure)}`;
  }
  yield `\n${texts.map((text) => labelledText(text, stdout, measure)).join("")}`;
  yield `\n${await hanging(tally(report, stdout), stdout)}\n`;
}

/** The fewest rules that share a line because they were not judged for the same reason. */
const FEWEST_ALIKE = 3;

/**
 * Groups the results that were not judged on the same tables for the same reason. The first result of a group has all
 * of them; the others have an empty list.
 */
function alikeNotJudged(report: CheckReport): ReadonlyMap<PolicyResult, readonly PolicyResult[]> {
  const groups = new Map<string, PolicyResult[]>();
  for (const result of report.results) {
    const { status, inventory, reach } = result;
    if (status !== "not-judged" || (inventory ?? reach)?.findings.length) continue;
    const key = [tablesText(result, report), badColour(result), result.reason ?? ""].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result]);
    else group.push(result);
  }
  const folded = [...groups.values()].filter(({ length }) => length >= FEWEST_ALIKE);
  return new Map(folded.flatMap((group) => group.map((result, at) => [result, at === 0 ? group : []] as const)));
}

/** Returns one row for results that were not judged for the same reason; none for no results. */
function alikeRows(
  results: readonly PolicyResult[],
  report: CheckReport,
  { symbols }: OutputStream,
): readonly StackedRow[] {
  const [first] = results;
  if (first === undefined) return [];
  const table = severalTables(report) ? [tablesText(first, report)] : [];
  const why = `not judged: ${first.reason ?? ""} (${results.map(({ rule }) => ruleText(rule)).join(", ")})`;
  const cells = [`${results.length} rules`, ...table, "", why].map(plainText);
  return [{ mark: symbols.problem, markColour: badColour(first), cells, colour: null }];
}

const severalTables = ({ routeTables, snapshot }: CheckReport) => routeTables.length > 1 || snapshot !== null;

/** Returns the names of a result's tables; for a snapshot their number, and the first names. */
export function tablesText(result: PolicyResult, { snapshot }: CheckReport, expand = false): string {
  const { tables } = result;
  const isTogether = !isOfEachTable(result) && tables.length <= 2;
  if (snapshot === null || isTogether || tables.length === 0) return tableNames(result);
  const names = tables.map((name) => ({ name }));
  if (names.length === 1) return namesText(names);
  return `${countText(`${names.length}`)}: ${namesText(names, expand ? MOST_EXPANDED : undefined)}`;
}

/** The most names of tables printed for a result. JSON has all. */
const MOST_EXPANDED = 200;

/** The names of a snapshot's subnets may wrap too. */
const proseOf = ({ snapshot }: CheckReport) => (snapshot === null ? 2 : 3);

/** Rules about an inventory count resources instead of addresses. */
function headingOf(report: CheckReport): readonly string[] {
  const isOfResources = report.results.every(({ inventory }) => inventory !== null);
  const what = isOfResources ? "RESOURCE" : "ADDRESSES";
  return ["RULE", ...(severalTables(report) ? ["TABLE"] : []), what, "REASON"];
}

/**
 * Returns the rows of a result: its counter-examples, or the reason why it was not judged; with `expand`, `holds` too.
 */
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

/** Returns the violated part of the addresses or resources, or all that were judged. */
export function whatText({ status, addresses, violating, inventory }: PolicyResult): string {
  if (inventory !== null) return judgedText(inventory);
  return status === "violated" ? partText(violating, addresses) : addressesText(addresses);
}

/** Returns the label of a rule: its id, or its name if the policy gives it no id. */
function ruleText({ id, name }: PolicyResult["rule"]): string {
  return name !== null && /^rule-\d+$/.test(id) ? name : id;
}

/** Removes the example from mismatches, since the addresses before them contain it. */
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
