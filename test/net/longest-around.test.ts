import { expect, test } from "vitest";
import { buildPrefixTable } from "../../src/net/build-prefix-table.ts";
import { formatPrefix, parsePrefix } from "../../src/net/prefix.ts";
import { distinctPrefixes } from "../../src/net/prefix-columns.ts";
import { covering, indicesUpTo, longestAround, rangesOf } from "../../src/net/prefix-table.ts";

const GIVEN = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "2001:db8::/32", "2001:db8:1::/48"];
const { prefixes, columns } = distinctPrefixes(GIVEN.map((text) => parsePrefix(text)));
const table = buildPrefixTable(columns);

test.each<[prefix: string, around: string | null]>([
  ["10.1.2.3/32", "10.1.2.0/24"],
  ["10.1.2.0/24", "10.1.2.0/24"],
  ["10.1.2.0/23", "10.1.0.0/16"],
  ["10.1.0.0/16", "10.1.0.0/16"],
  ["10.0.0.0/15", "10.0.0.0/8"],
  ["10.0.0.0/7", null],
  ["11.0.0.0/8", null],
  ["2001:db8:1::/64", "2001:db8:1::/48"],
  ["2001:db8::/47", "2001:db8::/32"],
  ["2001:db8::/31", null],
])("the longest prefix around %s is %s", (prefix, around) => {
  const found = prefixes[longestAround(table, columns, parsePrefix(prefix))];
  expect(found === undefined ? null : formatPrefix(found)).toBe(around);
});

test("each family has its own ranges", () => {
  expect([rangesOf(table, 4), rangesOf(table, 6)]).toEqual([table.v4, table.v6]);
  expect(table.v4.starts.length).not.toBe(table.v6.starts.length);
});

test("128 prefixes around an address are walked through", () => {
  const nested = Array.from({ length: 129 }, (_, length) => parsePrefix(`::/${length}`));
  const deep = distinctPrefixes(nested);
  expect(longestAround(buildPrefixTable(deep.columns), deep.columns, parsePrefix("::/0"))).toBe(0);
});

test("a walk through a damaged table, whose prefix is around itself, ends after the most that can be nested", () => {
  const { columns } = distinctPrefixes([parsePrefix("10.0.0.0/8")]);
  const damaged = { ...buildPrefixTable(columns), parent: Int32Array.of(0) };
  expect([...covering(damaged, { family: 4, value: 0x0a000001n })]).toEqual(Array.from({ length: 129 }, () => 0));
  expect(longestAround(damaged, columns, parsePrefix("10.0.0.0/7"))).toBe(0);
});

test("a single look-up does not read the table of top halves, which is long", () => {
  const unread = {
    ...table,
    get top(): never {
      throw new Error("not needed");
    },
  };
  expect([...covering(unread, { family: 4, value: 0x0a010203n })]).toEqual([2, 1, 0]);
  expect(longestAround(unread, columns, parsePrefix("10.1.2.0/24"))).toBe(2);
});

test.each([
  [0, Uint16Array],
  [65_535, Uint16Array],
  [65_536, Uint32Array],
])("indices up to %i fit in the narrowest array that holds them", (most, expected) => {
  expect(indicesUpTo(most)).toBe(expected);
});
