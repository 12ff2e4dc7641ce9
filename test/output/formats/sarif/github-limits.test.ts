import { describe, expect, test } from "vitest";
import {
  cutDescription,
  MOST_RESULTS,
  mostSevere,
  splitBySubnet,
} from "../../../../src/output/formats/sarif/github-limits.ts";
import type { CheckReport } from "../../../../src/output/results/check/report.ts";

test.each<[rule: string, text: string, cut: string]>([
  ["of 1024 characters stays", "x".repeat(1024), "x".repeat(1024)],
  ["of more ends in dots after 1021", "x".repeat(1025), `${"x".repeat(1021)}...`],
  ["has no characters that control a terminal", "a\u001b[2J\nb", "a[2J b"],
  ["is measured without them", `${"x".repeat(1024)}\u001b`, "x".repeat(1024)],
])("a description %s", (_, text, cut) => {
  expect(cutDescription(text)).toBe(cut);
});

describe("of the violations", () => {
  const violations = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      ...{ at, rule: { severity: (["note", "error", "warning"] as const)[at % 3] } },
    }));
  const shown = (count: number) => mostSevere(violations(count) as never) as unknown as ReturnType<typeof violations>;

  test("25,000 stay in the order of the rules", () => {
    expect(MOST_RESULTS).toBe(25_000);
    expect(shown(25_000)).toEqual(violations(25_000));
  });

  test("25,000 of more stay, errors first, then warnings, each in the order of the rules; some notes are left out", () => {
    const kept = shown(30_000);
    expect(kept.map(({ at }) => at)).toEqual([
      ...Array.from({ length: 10_000 }, (_, at) => 3 * at + 1),
      ...Array.from({ length: 10_000 }, (_, at) => 3 * at + 2),
      ...Array.from({ length: 5000 }, (_, at) => 3 * at),
    ]);
  });
});

describe("a result of several subnets of a snapshot", () => {
  const subnets = (count: number) => Array.from({ length: count }, (_, at) => `vnet/subnet${at}`);
  const finding = (status: string) => ({ status });
  const example = (prefixes: number, candidates: number) => ({
    prefixes: Array(prefixes).fill("10.0.0.0/8"),
    explanation: { candidates: Array(candidates).fill({}) },
  });
  const result = (tables: readonly string[], more: object) => ({
    ...{ rule: { id: "rule", kind: "expect" }, tables, inventory: null, reach: null, counterExamples: [], ...more },
  });
  const report = (...results: readonly object[]) => ({ results, snapshot: { name: "prod" } }) as unknown as CheckReport;
  /** The number of tables of each result after the split. */
  const split = (given: CheckReport) => splitBySubnet(given).map(({ tables }) => tables.length);

  test("becomes one for each subnet, all else the same; a result of one subnet stays", () => {
    const two = result(["vnet/a", "vnet/b"], { counterExamples: [example(1, 1)] });
    const one = result(["vnet/c"], {});
    expect(splitBySubnet(report(two, one))).toEqual([
      { ...two, tables: ["vnet/a"] },
      { ...two, tables: ["vnet/b"] },
      one,
    ]);
  });

  test("stays whole if tables were given one by one, or if it is symmetric", () => {
    const two = result(["a", "b"], { counterExamples: [example(1, 1)] });
    expect(split({ ...report(two), snapshot: null })).toEqual([2]);
    expect(split(report({ ...two, rule: { id: "rule", kind: "symmetric" } }))).toEqual([2]);
  });

  test.each<[rule: string, violations: object, perSubnet: number]>([
    ["counter-examples", { counterExamples: [example(0, 0), example(0, 0)] }, 2],
    ["violated walks", { reach: { findings: [finding("violated"), finding("unknown"), finding("violated")] } }, 2],
    ["both", { counterExamples: [example(0, 0)], reach: { findings: [finding("unknown"), finding("violated")] } }, 2],
  ])("stays whole if its %s of all subnets are more than 25,000", (_, violations, perSubnet) => {
    const most = 25_000 / perSubnet;
    expect(split(report(result(subnets(most), violations)))).toEqual(Array(most).fill(1));
    expect(split(report(result(subnets(most + 1), violations)))).toEqual([most + 1]);
    const two = [result(subnets(most), violations), result(["vnet/z"], violations)];
    expect(split(report(...two))).toEqual([most, 1]);
  });

  test("stays whole if the file would have more than two million lines: 60, one a prefix and 14 a candidate", () => {
    const lines = (prefixes: number, candidates: number) => ({ counterExamples: [example(prefixes, candidates)] });
    expect(split(report(result(subnets(1000), lines(1800, 10))))).toEqual(Array(1000).fill(1));
    expect(split(report(result(subnets(1000), lines(1801, 10))))).toEqual([1000]);
    expect(split(report(result(subnets(1000), lines(1800, 11))))).toEqual([1000]);
    const two = { counterExamples: [example(800, 10), example(941, 0)] };
    expect(split(report(result(subnets(1000), two)))).toEqual([1000]);
  });
});
