import { expect, test } from "vitest";
import { jsonRuns } from "../../../../src/routes/read/json/runs.ts";

const LISTS = [[], [[]]];

/** The values of each run, and the text between the runs. */
function runsIn(text: string) {
  const runs = jsonRuns(text);
  return runs?.map(({ from, to, values }) => [text.slice(from, to), values]) ?? null;
}

test.each<[what: string, text: string, runs: readonly unknown[] | null]>([
  ["nothing", "", []],
  ["prose", "no JSON here", []],
  ["one object", '{"a":1}', [['{"a":1}', [{ a: 1 }]]]],
  ["one list", '["a"]', [['["a"]', [["a"]]]]],
  ["an empty object and an empty list", "{}\n[]", [["{}\n[]", [{}, []]]]],
  ["an object below a prompt", '$ az\n{"a":1}\n$', [['{"a":1}', [{ a: 1 }]]]],
  ["values one below the other are one run", '{"a":1}\n{"a":2}', [['{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }]]]],
  [
    "text between values ends a run",
    '{"a":1} x {"a":2}',
    [
      ['{"a":1}', [{ a: 1 }]],
      ['{"a":2}', [{ a: 2 }]],
    ],
  ],
  ["brackets of prose", "see [1] and {x} (a[0])", []],
  ["brackets in a text", '{"a":"}]{["}', [['{"a":"}]{["}', [{ a: "}]{[" }]]]],
  ["escaped quotes in a text", '{"a":"\\"}"}', [['{"a":"\\"}"}', [{ a: '"}' }]]]],
  ["lists in lists", "[[], [[]]]", [["[[], [[]]]", [LISTS]]]],
  ["a cut object", '{"a":1', null],
  ["a cut list of objects", '[{"a":1}', null],
  ["a cut list of lists", '[["a"]', null],
  ["a text that does not end in its line", '{"a":"b\n"}', null],
  ["a broken object", '{"a":}', null],
  ["a broken list of objects", "[{a}]", null],
  ["a list of texts that is broken", '["a" "b"]', []],
  ["a comma behind a value", '{"a":1},\n', null],
  ["a comma before a value", 'x,\n{"a":1}', null],
  ["a comma before a value, with more text behind", `x,\n{"a":1}${" y".repeat(300)}`, null],
  ["a comma behind a value, with more text behind", `{"a":1} ,${" y".repeat(300)}`, null],
  ["a comma further away", 'x, y {"a":1} z, w', [['{"a":1}', [{ a: 1 }]]]],
  ["a blank before the first field", '{ \n "a":1}', [['{ \n "a":1}', [{ a: 1 }]]]],
  ["an object of Python", "{'a': 1}", []],
  ["numbers in brackets", "[1, 2]", []],
  ["198 blanks before the first field", `{${" ".repeat(198)}"a":1}`, [[`{${" ".repeat(198)}"a":1}`, [{ a: 1 }]]]],
  ["199 blanks before the first field", `{${" ".repeat(199)}"a":1}`, []],
  ["198 blanks in a cut list", `[${" ".repeat(198)}{"a":1}`, null],
  ["199 blanks in a cut list: its object alone", `[${" ".repeat(199)}{"a":1}`, [['{"a":1}', [{ a: 1 }]]]],
  ["a comma 199 blanks behind a value", `{}${" ".repeat(199)},`, null],
  ["a comma 200 blanks behind a value", `{}${" ".repeat(200)},`, [["{}", [{}]]]],
  ["a comma 199 blanks before a value", `x,${" ".repeat(199)}{}`, null],
  ["a comma 200 blanks before a value", `x,${" ".repeat(200)}{}`, [["{}", [{}]]]],
])("%s", (_, text, runs) => {
  expect(runsIn(text)).toEqual(runs);
});

test("unclosed brackets are not searched without end", () => {
  expect(jsonRuns("[a ".repeat(7))).toEqual([]);
  expect(jsonRuns("[a ".repeat(100_000))).toBeNull();
  // Nine of them at the head of a text: 72 characters are 8 passes over it, one more is too many.
  expect(jsonRuns("[a".repeat(9).padEnd(72))).toEqual([]);
  expect(jsonRuns("[a".repeat(9).padEnd(73))).toBeNull();
});

test("closed brackets of prose are searched only to their end, however many", () => {
  expect(jsonRuns("(a[0]) ".repeat(1000))).toEqual([]);
});
