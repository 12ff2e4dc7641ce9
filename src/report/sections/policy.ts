import { type CounterExample, isOfEachTable, type PolicyResult } from "../../analysis/policy/result.ts";
import { addressesText, groupText } from "../../output/results/address-text.ts";
import { findingText, judgedText, tableNames, walkText } from "../../output/results/check/result-text.ts";
import { namesText } from "../../output/results/snapshot/summary-text.ts";
import { answerCard } from "../card.ts";
import { type Element, h, type Markup } from "../markup.ts";
import type { PageSubject, Section } from "../subject.ts";
import { bar, counted, log2, table } from "../texts.ts";
import { memberList } from "./snapshot/member-list.ts";

type Report = Extract<PageSubject["result"], { kind: "check" }>["report"];

/** The first counter-examples of a violation are explained; all are listed. */
const EXPLAINED = 3;

/** The most counter-examples listed for one violation. Others are counted. */
const MOST_EXAMPLES = 100;

/** A policy: rules × tables, and each violation with its counter-examples. */
export const policy: Section = {
  id: "policy",
  title: "The policy",
  of({ result }) {
    if (result.kind !== "check") return null;
    const {
      results,
      passed,
      policy: { description },
    } = result.report;
    const entries = results.map((each, at): Entry => ({ each, at }));
    const bad = entries.filter(({ each }) => each.status === "violated");
    const folded = result.report.snapshot === null ? [] : entries.filter(({ each }) => isFolded(each));
    const others = entries.filter((entry) => !folded.includes(entry));
    return [
      h(
        "p",
        { class: `lead verdict ${passed ? "passed" : "drop"}` },
        passed ? "Passed" : "Failed",
        ": ",
        tally(result.report),
      ),
      description === null ? null : h("p", {}, description),
      foldedResults(folded),
      ...[1, 2, 0].map((count) => matrix(others, count)),
      ...bad.map(({ each, at }) => violation(each, at, result.report)),
      ...leftOut(results),
    ];
  },
};

/** A result and its index, by which its violation is found. */
interface Entry {
  readonly each: PolicyResult;
  readonly at: number;
}

function tally({ count }: Report): string {
  const all = ({ error, warning, note }: Report["count"]["holds"]) => error + warning + note;
  const parts = [
    ["violated", all(count.violated)],
    ["not judged", all(count.notJudged)],
    ["held", all(count.holds)],
  ] as const;
  return parts
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${number} ${word}`)
    .join(", ");
}

const violationId = (at: number) => `violation-${at + 1}`;

const CAPTIONS: Readonly<Record<number, string>> = {
  0: "Each rule about the inventory",
  1: "Each rule of the policy for each route table",
  2: "Each symmetric rule for each two route tables",
};

/** Returns the rules on one table, on two (a rule that is symmetric), or on none (a rule about the inventory). */
function matrix(entries: readonly Entry[], count: number): Markup {
  const own = entries.filter(({ each: { tables } }) => tables.length === count);
  if (own.length === 0) return null;
  const columns = [...new Set(own.map(({ each }) => tableNames(each)))];
  const rules = [...new Map(own.map(({ each: { rule } }) => [rule.id, rule])).values()];
  const cells = new Map(own.map((entry) => [`${entry.each.rule.id}\n${tableNames(entry.each)}`, entry]));
  const picture = table(
    CAPTIONS[count] ?? "",
    ["Rule", ...columns],
    rules.map((rule) => [
      [
        h("span", { class: "rule-id" }, rule.id),
        rule.severity === "error" ? null : h("span", { class: "dim" }, ` ${rule.severity}`),
        rule.name === null ? null : h("div", { class: "dim" }, rule.name),
      ],
      ...columns.map((column): Markup => {
        const cell = cells.get(`${rule.id}\n${column}`);
        return cell === undefined ? "" : resultCell(cell.each, cell.at);
      }),
    ]),
  );
  return h("div", { class: "matrix" }, picture);
}

/** Whether the result is about its tables together. */
const isJoint = (result: PolicyResult) => !isOfEachTable(result);

/** Whether a result is that of each of its subnets. A symmetric rule has one result for all subnets without a table. */
const isFolded = (result: PolicyResult) => !isJoint(result) || result.tables.length === 1 || result.tables.length > 2;

/** Returns the results of a snapshot: a row for each rule and result, with the subnets that have it. */
function foldedResults(own: readonly Entry[]): Markup {
  if (own.length === 0) return null;
  return table(
    "Each rule of the policy, and the subnets that have the same result",
    ["Rule", "Result", "Subnets"],
    own.map(({ each, at }) => [
      h("span", { class: "rule-id" }, each.rule.id),
      resultCell(each, at),
      memberList(each.tables.map((name) => ({ name }))),
    ]),
  );
}

function resultCell({ status, reason, violating, addresses, rule, inventory }: PolicyResult, at: number): Markup {
  switch (status) {
    case "holds":
      return [
        h("span", { class: "holds" }, "✓ holds"),
        h("div", { class: "dim" }, inventory === null ? addressesText(addresses) : judgedText(inventory)),
      ];
    case "not-judged":
      return [h("span", { class: "warn" }, "? not judged"), h("div", { class: "dim" }, reason ?? "")];
    case "violated":
      return h(
        "a",
        { class: `move ${rule.severity}`, href: `#${violationId(at)}` },
        h("strong", {}, "✗ violated"),
        h("span", { class: "dim" }, ` ${inventory === null ? addressesText(violating) : judgedText(inventory)}`),
        inventory === null
          ? bar(violating.v4 === "0" ? log2(BigInt(violating.v6)) / 128 : log2(BigInt(violating.v4)) / 32, "share")
          : null,
      );
    default:
      return status satisfies never;
  }
}

function violation(result: PolicyResult, at: number, { snapshot }: Report): Element {
  const { rule, violating, counterExamples, inventory } = result;
  const findings = inventory?.findings ?? [];
  const walks = result.reach?.findings ?? [];
  const shown = counterExamples.slice(0, MOST_EXAMPLES);
  return h(
    "details",
    // The page of a snapshot has no script that opens the target of a link.
    { class: "route", id: violationId(at), open: at === 0 || snapshot !== null },
    h(
      "summary",
      {},
      h("strong", {}, rule.id),
      ` in ${snapshot === null || isJoint(result) ? tableNames(result) : namesText(result.tables.map((name) => ({ name })))} `,
      h("span", { class: "dim" }, inventory === null ? addressesText(violating) : judgedText(inventory)),
    ),
    rule.description === null ? null : h("p", {}, rule.description),
    ...shown.map((each, place) => example(each, place < EXPLAINED)),
    notesOf(findings, "more resource", (each) => [h("strong", {}, each.resource), `: ${findingText(each)}`]),
    notesOf(walks, "more finding", (each) => [
      h("strong", {}, groupText(each)),
      `: ${walkText(each)}; by ${each.hops.join(", ")}`,
    ]),
    restOf(counterExamples, "more counter-example"),
  );
}

/** Returns the first findings as a list, and how many more there are. */
function notesOf<Finding extends { readonly status: "violated" | "unknown" }>(
  findings: readonly Finding[],
  more: string,
  textOf: (finding: Finding) => readonly Markup[],
): Markup {
  if (findings.length === 0) return null;
  const items = findings
    .slice(0, MOST_EXAMPLES)
    .map((each) => h("li", { class: each.status === "violated" ? "problem" : "remark" }, ...textOf(each)));
  return [h("ul", { class: "notes" }, ...items), restOf(findings, more)];
}

/** Returns the number of items beyond MOST_EXAMPLES, as text. */
function restOf(all: readonly unknown[], more: string): Markup {
  const rest = all.length - MOST_EXAMPLES;
  return rest > 0 ? h("p", { class: "dim" }, `and ${counted(rest, more)}; -o json has all`) : null;
}

function example(each: CounterExample, explained: boolean): Element {
  const { mismatches, back } = each;
  return h(
    "div",
    { class: "example" },
    h("p", {}, h("strong", {}, groupText(each)), " ", h("span", { class: "dim" }, addressesText(each.addresses))),
    back === null
      ? null
      : h(
          "p",
          {},
          "back to ",
          h("strong", {}, groupText(back)),
          " ",
          h("span", { class: "dim" }, addressesText(back.addresses)),
        ),
    h("ul", { class: "notes" }, ...mismatches.map((text) => h("li", { class: "problem" }, text))),
    explained
      ? h(
          "div",
          { class: "cards" },
          answerCard(each.explanation, each.table),
          back === null ? null : answerCard(back.explanation, back.table),
        )
      : null,
  );
}

function leftOut(results: readonly PolicyResult[]): Markup[] {
  const texts = new Set(results.flatMap((each) => each.leftOut.map(({ text }) => text)));
  return [...texts].map((text) => h("p", { class: "dim" }, `Left out: ${text}`));
}
