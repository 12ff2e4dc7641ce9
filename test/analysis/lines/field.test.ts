import { describe, expect, test } from "vitest";
import {
  destinationsIn,
  fieldOf,
  isBlankOrComment,
  refusedUnsplit,
  wholeLine,
} from "../../../src/analysis/lines/field.ts";
import type { InputLine } from "../../../src/analysis/lines/split.ts";

const line = (text: string, problem: InputLine["problem"] = null): InputLine => ({ number: 7, text, problem });

test.each<[string, string]>([
  ["10.0.0.1", "10.0.0.1"],
  [" 10.0.0.1\t", "10.0.0.1"],
  ["10.0.0.1 # web # one", "10.0.0.1"],
  ["10.0.0.1\t#web", "10.0.0.1"],
  ["10.0.0.1#web", "10.0.0.1#web"],
  ['"10.0.0.1"', "10.0.0.1"],
  ['" 10.0.0.1 " # web', "10.0.0.1"],
  ['"10.0.0.1', '"10.0.0.1'],
  ['10.0.0.1"', '10.0.0.1"'],
  ['"', '"'],
  ['""', ""],
])("the line %j is the destination %j", (text, destination) => {
  expect(wholeLine(line(text))).toEqual({ line: 7, destination });
});

test.each<[string, boolean, boolean]>([
  ["", true, false],
  [" \t", true, false],
  ["#", true, true],
  [" \t# x", true, true],
  ["x", false, false],
  ["x # y", false, false],
  [" x", false, false],
])("the line %j is blank or a comment: %s; the start of a long line: %s", (text, whole, start) => {
  expect(isBlankOrComment(line(text))).toBe(whole);
  expect(isBlankOrComment(line(text, "too-long"))).toBe(start);
});

describe("a field", () => {
  test.each<[string, number, string | null, string]>([
    ["a b  c", 1, null, "a"],
    ["  a b  c", 3, null, "c"],
    ['a "b" c', 2, null, "b"],
    ["a;b;c", 2, ";", "b"],
    ['a; " b " ;c', 2, ";", "b"],
    ["a::b", 2, "::", "b"],
    [" a ;b", 1, ";", "a"],
  ])("of %j, number %i split at %j, is %j", (text, field, delimiter, destination) => {
    expect(fieldOf(line(text), field, delimiter)).toEqual({ line: 7, destination });
  });

  test.each<[string, number, string | null, string, string]>([
    ["a", 2, null, "field-missing", "no field 2, only 1 field"],
    ["a b", 3, null, "field-missing", "no field 3, only 2 fields"],
    ["a;b;c", 4, ";", "field-missing", "no field 4, only 3 fields"],
    ["a;;c", 2, ";", "field-empty", "field 2 is empty"],
    ['a;"";c', 2, ";", "field-empty", "field 2 is empty"],
  ])("of %j, number %i split at %j, is refused as %s", (text, field, delimiter, code, message) => {
    expect(fieldOf(line(text), field, delimiter)).toEqual({
      line: 7,
      destination: text,
      error: { code, message: `line 7: ${message}`, hint: "check --field and --delimiter" },
    });
  });

  test.each<[string, string | null, string]>([
    ["a,10.0.0.4", null, "fields are separated by blanks; for this line add --delimiter comma"],
    ["a;10.0.0.4", null, "fields are separated by blanks; for this line add --delimiter semicolon"],
    ["a|10.0.0.4", null, "fields are separated by blanks; for this line add --delimiter '|'"],
    ["a,10.0.0.4", ";", "check --field and --delimiter"],
    ["a", null, "check --field and --delimiter"],
  ])(
    "of %j split at %j, without the field: the hint names what separates the line's fields",
    (text, delimiter, hint) => {
      expect(fieldOf(line(text), 2, delimiter)).toMatchObject({ error: { code: "field-missing", hint } });
    },
  );
});

test.each<[InputLine["problem"], string, string, string]>([
  ["quote-open", "quote-open", "unclosed quoted cell", "close the quote, or double a quote inside a cell"],
  ["too-long", "line-too-long", "the line is too long to hold an address", "write one destination per line"],
])("a line with the problem %s is refused with its number, and shown by its start", (problem, code, message, hint) => {
  expect(refusedUnsplit(line("x".repeat(100), problem))).toEqual({
    line: 7,
    destination: `${"x".repeat(57)}...`,
    error: { code, message: `line 7: ${message}`, hint },
  });
});

describe("a cell of Traffic Analytics", () => {
  const destinations = (destination: string) =>
    destinationsIn({ line: 7, destination }).map((found) => {
      expect(found.line).toBe(7);
      return found.destination;
    });

  test.each<[string, readonly string[]]>([
    ["9.9.9.9|1", ["9.9.9.9"]],
    ["9.9.9.9|", ["9.9.9.9"]],
    ["9.9.9.9|1|2.5 2603::A|3", ["9.9.9.9", "2603::A"]],
    ["9.9.9.9|1  8.8.8.8|2\t7.7.7.7||", ["9.9.9.9", "8.8.8.8", "7.7.7.7"]],
    ["9.9.9.9", ["9.9.9.9"]],
    ["|1", ["|1"]],
    ["x|1", ["x|1"]],
    ["9.9.9.9|1x", ["9.9.9.9|1x"]],
    ["9.9.9.9|1 8.8.8.8", ["9.9.9.9|1 8.8.8.8"]],
    ["9.9.9.9|1 |2", ["9.9.9.9|1 |2"]],
    ["9.9.9.9|1 8.8.8.8|x", ["9.9.9.9|1 8.8.8.8|x"]],
    ["x 9.9.9.9|1", ["x 9.9.9.9|1"]],
  ])("%j has the destinations %j", (text, expected) => {
    expect(destinations(text)).toEqual(expected);
  });

  test("of a refused line is not read", () => {
    const refused = refusedUnsplit(line("9.9.9.9|1", "quote-open"));
    expect(destinationsIn(refused)).toEqual([refused]);
  });
});
