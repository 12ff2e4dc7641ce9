import { expect, it } from "vitest";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { parseDestination } from "../../../src/analysis/destinations/destination-set.ts";
import { ResultSize, type SizeLimits } from "../../../src/analysis/destinations/result-size.ts";
import { splitByDecision, splitSize } from "../../../src/analysis/destinations/split.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";

const limits: SizeLimits = { prefixes: 9, groups: 3, name: "outcomes", hint: "ask about fewer addresses at once" };

/** `10.1.2.0/23` has two outcomes with one prefix each. */
function split(size: ResultSize, times: number): number {
  const annotated = annotatedTable("User 10.1.2.0/24 None", "Default 10.0.0.0/16 VnetLocal");
  const table = new ForwardingTable(annotated.table.routes);
  const set = parseDestination("10.1.2.0/23", null);
  let outcomes = 0;
  for (let time = 0; time < times; time++) outcomes += splitByDecision(set, annotated, table, size).outcomes.length;
  return outcomes;
}

it.each<[string, Partial<SizeLimits>, number, string]>([
  ["groups", { groups: 3 }, 2, "the result has more than 3 outcomes"],
  ["prefixes", { groups: 100, prefixes: 3 }, 2, "the result has more than 3 prefixes"],
  ["outcomes (with thousands separators)", { groups: 1234 }, 618, "the result has more than 1,234 outcomes"],
])("too many %s are rejected", (_, some, times, message) => {
  expect(() => split(new ResultSize({ ...limits, prefixes: 1e6, ...some }), times)).toThrow(
    expect.objectContaining({ code: "result-too-large", message, hint: limits.hint }),
  );
});

it("a result exactly at the limits is returned", () => {
  expect(split(new ResultSize({ ...limits, groups: 4, prefixes: 4 }), 2)).toBe(4);
});

it("a repeated list counts again", () => {
  const size = new ResultSize(limits);
  size.addPrefixes(9);
  expect(() => size.addPrefixes(1)).toThrow(expect.objectContaining({ code: "result-too-large" }));
});

it("the splits of one answer have at most 20,000 outcomes and a million prefixes", () => {
  const hint = "ask about fewer addresses at once, or line by line: --ip - < FILE";
  const outcomes = splitSize();
  for (let count = 0; count < 20_000; count++) outcomes.addGroup();
  expect(() => outcomes.addGroup()).toThrow(
    expect.objectContaining({ message: "the result has more than 20,000 outcomes", hint }),
  );
  const prefixes = splitSize();
  prefixes.addPrefixes(1_000_000);
  expect(() => prefixes.addPrefixes(1)).toThrow(
    expect.objectContaining({ message: "the result has more than 1,000,000 prefixes", hint }),
  );
});
