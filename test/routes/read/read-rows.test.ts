import { expect, test } from "vitest";
import { effectiveRouteFromArm } from "../../../src/routes/read/arm-row.ts";
import { readRows } from "../../../src/routes/read/read-rows.ts";
import { armRow } from "../arm-json.ts";

const HINT = "give the export of one network interface, which has a few thousand rows at most";
const route = effectiveRouteFromArm(armRow(), "row 1");
const [prefix] = route.addressPrefix;

/** Rows by the number of their prefixes. */
const read = (counts: readonly number[]) =>
  readRows(counts, (count) => ({ ...route, addressPrefix: Array(count).fill(prefix) }));

test.each<[what: string, counts: readonly number[]]>([
  ["50,000 rows", Array(50_000).fill(1)],
  ["200,000 prefixes of one row", [200_000]],
  ["200,000 prefixes of several rows", [100_000, 99_999, 1]],
])("%s are read", (_, counts) => {
  expect(read(counts)).toHaveLength(counts.length);
});

test.each<[what: string, counts: readonly number[]]>([
  ["50,000 rows", Array(50_001).fill(1)],
  ["200,000 prefixes", [200_001]],
  ["200,000 prefixes", [100_000, 100_000, 1]],
])("more than %s are refused", (what, counts) => {
  const message = `it has more than ${what}`;
  expect(() => read(counts)).toThrow(expect.objectContaining({ code: "table-too-large", message, hint: HINT }));
});
