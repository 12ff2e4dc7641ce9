import { expect, test } from "vitest";
import { columnIndex, delimiterOfHeader } from "../../../src/analysis/lines/header.ts";
import { UserError } from "../../../src/text/user-error.ts";

test.each<[string, string]>([
  ["a,b", ","],
  ["a;b", ";"],
  ["a\tb", "\t"],
  ["a|b", "|"],
  ["a", ","],
  ["", ","],
  ["a,b;c;d", ";"],
  ["a,b;c", ","],
  ["a;b|c", ";"],
  ['"a,b,c,";d', ";"],
  ['"a,";"b,";c', ";"],
])("the header %j is split at %j", (header, expected) => {
  expect(delimiterOfHeader(header)).toBe(expected);
});

test.each<[readonly string[], string, number]>([
  [["a", "b"], "b", 1],
  [[" a ", "b\t"], "b", 1],
  [["A", "a"], "a", 1],
  [["a", "A"], "A", 1],
  [["DSTIP", "b"], "dstIp", 0],
])("of %j, the column %j is number %i", (header, column, expected) => {
  expect(columnIndex(header, column)).toBe(expected);
});

const TWICE = "rename one of the columns, or select one by number with --field N --delimiter ,";
test.each<[readonly string[], string, string]>([
  [["a", "b", "a"], "a", `column-twice: column 'a' occurs 2 times in the header; ${TWICE}`],
  [["A", "a", "A"], "A", `column-twice: column 'A' occurs 2 times in the header; ${TWICE}`],
  [["Aa", "aA", "AA"], "aa", `column-twice: column 'aa' occurs 3 times in the header; ${TWICE}`],
  [["destIp", "", "x"], "dstIp", "column-missing: no column 'dstIp' in the header; did you mean: destIp"],
  [["dstIp2", "dstIp1"], "dstIp", "column-missing: no column 'dstIp' in the header; did you mean: dstIp1, dstIp2"],
  [["alpha", "", "beta "], "q", "column-missing: no column 'q' in the header; columns: alpha, , beta"],
  [["m".repeat(300)], "q", `column-missing: no column 'q' in the header; columns: ${"m".repeat(197)}...`],
])("of %j, the column %j is not found, and the error says what is there", (header, column, expected) => {
  let told = "";
  try {
    columnIndex(header, column);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    told = `${error.code}: ${error.message}; ${error.hint}`;
  }
  expect(told).toBe(expected);
});
