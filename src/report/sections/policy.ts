import { type CounterExample, isOfEachTable, type PolicyResult } from "../../analysis/policy/result.ts";
import { addressesText, groupText } from "../../output/results/address-text.ts";
import { findingText, judgedText, tableNames, walkText } from "../../output/results/inventory-text.ts";
import { namesText } from "../../output/results/snapshot/summary-text.ts";
import { answerCard } from "../card.ts";
import { type Element, h, type Markup } from "../markup.ts";
import type { PageSubject, Section } from "../subject.ts";
import { bar, counted, log2, table } from "../texts.ts";
import { memberList } from "./snapshot/member-list.ts";

type Report = Extract<PageSubject["result"], { kind: "check" }>["report"];

/** The first counter-examples of a violation are explained; all are listed. */
const EXPLAINED = 3;

/** More counter-examples than that of one violation are counted, not listed. */
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
    const bad = results.map((each, at) => ({ each, at })).filter(({ each }) => each.status === "violated");
    return [
      h(
        "p",
        { class: `lead verdict ${passed ? "passed" : "drop"}` },
        passed ? "Passed" : "Failed",
        ": ",
        tally(result.report),
      ),
      description === null ? null : h("p", {}, description),
      ...(result.report.snapshot === null
        ? [1, 2, 0].map((count) => matrix(results, count))
        : [foldedResults(results), ...[2, 0].map((count) => matrix(results.filter(isJoint), count))]),
      ...bad.map(({ each, at }) => violation(each, at, result.report)),
      ...leftOut(results),
    ];
  },
};

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
function matrix(results: readonly PolicyResult[], count: number): Markup {
  const own = results.filter(({ tables }) => tables.length === count);
  if (own.length === 0) return null;
  const columns = [...new Set(own.map(tableNames))];
  const rules = [...new Map(own.map(({ rule }) => [rule.id, rule])).values()];
  const cells = new Map(results.map((each, at) => [`${each.rule.id}\n${tableNames(each)}`, { each, at }]));
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

/** Whether the result is of its tables together. */
const isJoint = (result: PolicyResult) => !isOfEachTable(result);

/** Returns the results of a snapshot: a row for each rule and result, with the subnets that have it. */
function foldedResults(all: readonly PolicyResult[]): Markup {
  const own = all.map((each, at) => ({ each, at })).filter(({ each }) => !isJoint(each) || each.tables.length > 2);
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
    { class: "route", id: violationId(at), open: at === 0 },
    h(
      "summary",
      {},
      h("strong", {}, rule.id),
      ` in ${snapshot === null || isJoint(result) ? tableNames(result) : namesText(result.tables.map((name) => ({ name })))} `,
      h("span", { class: "dim" }, inventory === null ? addressesText(violating) : judgedText(inventory)),
    ),
    rule.description === null ? null : h("p", {}, rule.description),
    ...shown.map((each, place) => example(each, place < EXPLAINED)),
    findings.length === 0
      ? null
      : h(
          "ul",
          { class: "notes" },
          ...findings.slice(0, MOST_EXAMPLES).map((each) => {
            const kind = each.status === "violated" ? "problem" : "remark";
            return h("li", { class: kind }, h("strong", {}, each.resource), `: ${findingText(each)}`);
          }),
        ),
    walks.length === 0
      ? null
      : h(
          "ul",
          { class: "notes" },
          ...walks.slice(0, MOST_EXAMPLES).map((each) => {
            const kind = each.status === "violated" ? "problem" : "remark";
            return h(
              "li",
              { class: kind },
              h("strong", {}, groupText(each)),
              `: ${walkText(each)}; by ${each.hops.join(" > ")}`,
            );
          }),
        ),
    findings.length > MOST_EXAMPLES
      ? h("p", { class: "dim" }, `and ${counted(findings.length - MOST_EXAMPLES, "more resource")}; -o json has all`)
      : null,
    counterExamples.length > shown.length
      ? h(
          "p",
          { class: "dim" },
          `and ${counted(counterExamples.length - shown.length, "more counter-example")}; -o json has all`,
        )
      : null,
  );
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
