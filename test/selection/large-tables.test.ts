import fc from "fast-check";
import { expect, it } from "vitest";
import { holdDiff, holdSelection, somePlaces, tableOfAnySize } from "./large-tables.ts";

const SEED = 20261125;

it("on tables of 1 to 5,000 rows, scan, compiled table and reference agree on winners and on each loser's reason", () => {
  fc.assert(fc.property(tableOfAnySize, somePlaces, holdSelection), { seed: SEED, numRuns: 60 });
});

it("on two such tables, a diff moves the addresses that the reference sends elsewhere, and no other", () => {
  fc.assert(fc.property(tableOfAnySize, tableOfAnySize, somePlaces, holdDiff), { seed: SEED, numRuns: 12 });
});

it("tables of thousands of rows are among them, in both families", () => {
  const tables = fc.sample(tableOfAnySize, { seed: SEED, numRuns: 60 });
  expect(Math.max(...tables.map((table) => table.length))).toBeGreaterThan(2000);
  const families = tables.flatMap((table) => table.flatMap((row) => row.addressPrefix.map(({ family }) => family)));
  expect(new Set(families)).toEqual(new Set([4, 6]));
});
