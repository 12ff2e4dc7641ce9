import { expect, test } from "vitest";
import { sortedOrder } from "../../../src/output/arrange/sorted-order.ts";
import type { Cell } from "../../../src/output/formats/cell.ts";

test.each<[rule: string, ascending: readonly Cell[]]>([
  ["prefixes by address, then length", ["0.0.0.0/0", "9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16"]],
  ["IPv4 before IPv6", ["10.0.0.0/8", "200.0.0.0/8", "::/0", "2001:db8::/32", "2001:DB8:1::/48"]],
  ["an address as the prefix of itself alone", ["10.0.0.0/31", "10.0.0.0", "10.0.0.1", "10.0.0.1 x"]],
  ["an IPv6 address too", ["::", "::1", "::2/128", "fe80::1"]],
  ["equal prefixes by the text behind", ["10.0.0.0/8 +9", "10.0.0.0/8 +79", "10.0.0.0/9"]],
  ["a list by its first prefix", ["9.0.0.0/8,11.0.0.0/8", "10.0.0.0/8"]],
  ["numbers by value", [-2, 0, "1.5", 9, "10", "1e2", 1000]],
  ["texts without case, their digits by value", ["a", "B", "c2", "c10"]],
  ["prefixes before numbers before texts", ["255.0.0.0/8", "::/0", 1, 2, "a"]],
  ["a version is a text", [7, "1.2.3.4.5", "10.0.0.0.1"]],
  ["what no prefix can be is a text", [7, "10.0.0.0/99", "10.0.0.0/a", "10.0.0.256/24", "a.b"]],
  ["words with colons are texts", [7, "a:b/c", "d:", "x10.0.0.0/8"]],
  ["empty cells last", ["a", null]],
])("cells are sorted: %s", (_, ascending) => {
  const expected = ascending.map((_cell, at) => at);
  const rows = ascending.map((cell) => [cell]);
  const [last] = [rows.length - 1];
  expect(sortedOrder(rows, [{ index: 0, descending: false }])).toEqual(expected);
  const order = sortedOrder([...rows].reverse(), [{ index: 0, descending: false }]);
  expect(order.map((at) => last - at)).toEqual(expected);
});

test.each<[rule: string, cells: readonly Cell[], order: readonly number[]]>([
  ["prefixes, numbers and texts", ["10.0.0.0/8", 2, "a", "b", 1, "11.0.0.0/8"], [3, 2, 1, 4, 5, 0]],
  ["empty cells are still the last", [null, "a", "-", "b", "", []], [3, 1, 0, 2, 4, 5]],
  ["equal ones keep their order", ["a", "b", "a", "b"], [1, 3, 0, 2]],
])("in descending order: %s", (_, cells, order) => {
  expect(
    sortedOrder(
      cells.map((cell) => [cell]),
      [{ index: 0, descending: true }],
    ),
  ).toEqual(order);
});

test("rows that are equal in one cell are sorted by the next, else they keep their order", () => {
  const rows = [
    ["x", 2, "a"],
    ["x", 1, "b"],
    ["w", 1, "c"],
    ["x", 1, "d"],
    ["w", 3],
  ];
  const by = (...columns: readonly [index: number, descending: boolean][]) =>
    sortedOrder(
      rows,
      columns.map(([index, descending]) => ({ index, descending })),
    );
  expect(by([0, false], [1, false])).toEqual([2, 4, 1, 3, 0]);
  expect(by([0, false], [1, true])).toEqual([4, 2, 0, 1, 3]);
  expect(by([1, false], [0, true])).toEqual([1, 3, 2, 0, 4]);
  expect(by([2, false])).toEqual([0, 1, 2, 3, 4]);
  expect(by([2, true])).toEqual([3, 2, 1, 0, 4]);
  expect(by()).toEqual([0, 1, 2, 3, 4]);
});

test("an empty cell is after any other, whatever the next cells are", () => {
  const rows = [
    ["a", 2],
    [null, 1],
    ["a", 3],
  ];
  const by = (descending: boolean) =>
    sortedOrder(rows, [
      { index: 0, descending },
      { index: 1, descending: false },
    ]);
  expect([by(false), by(true)]).toEqual([
    [0, 2, 1],
    [0, 2, 1],
  ]);
});
