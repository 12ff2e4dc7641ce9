import type { CounterExample, PolicyResult } from "../../analysis/policy/result.ts";
import { addressesText, groupText } from "../../output/results/address-text.ts";
import { answerCard } from "../card.ts";
import { type Element, h, type Markup } from "../markup.ts";
import type { PageSubject, Section } from "../subject.ts";
import { bar, counted, log2, table } from "../texts.ts";

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
      ...[1, 2].map((count) => matrix(results, count)),
      ...bad.map(({ each, at }) => violation(each, at)),
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

/** Returns the rules on one table, or on two: a rule that is symmetric. */
function matrix(results: readonly PolicyResult[], count: number): Markup {
  const own = results.filter(({ tables }) => tables.length === count);
  if (own.length === 0) return null;
  const columns = [...new Set(own.map(({ tables }) => tables.join(" and ")))];
  const rules = [...new Map(own.map(({ rule }) => [rule.id, rule])).values()];
  const cells = new Map(results.map((each, at) => [`${each.rule.id}\n${each.tables.join(" and ")}`, { each, at }]));
  const picture = table(
    count === 1 ? "Each rule of the policy for each route table" : "Each symmetric rule for each two route tables",
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

function resultCell({ status, reason, violating, addresses, rule }: PolicyResult, at: number): Markup {
  switch (status) {
    case "holds":
      return [h("span", { class: "holds" }, "✓ holds"), h("div", { class: "dim" }, addressesText(addresses))];
    case "not-judged":
      return [h("span", { class: "warn" }, "? not judged"), h("div", { class: "dim" }, reason ?? "")];
    case "violated":
      return h(
        "a",
        { class: `move ${rule.severity}`, href: `#${violationId(at)}` },
        h("strong", {}, "✗ violated"),
        h("span", { class: "dim" }, ` ${addressesText(violating)}`),
        bar(violating.v4 === "0" ? log2(BigInt(violating.v6)) / 128 : log2(BigInt(violating.v4)) / 32, "share"),
      );
    default:
      return status satisfies never;
  }
}

function violation({ rule, tables, violating, counterExamples }: PolicyResult, at: number): Element {
  const shown = counterExamples.slice(0, MOST_EXAMPLES);
  return h(
    "details",
    { class: "route", id: violationId(at), open: at === 0 },
    h(
      "summary",
      {},
      h("strong", {}, rule.id),
      ` in ${tables.join(" and ")} `,
      h("span", { class: "dim" }, addressesText(violating)),
    ),
    rule.description === null ? null : h("p", {}, rule.description),
    ...shown.map((each, place) => example(each, place < EXPLAINED)),
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
