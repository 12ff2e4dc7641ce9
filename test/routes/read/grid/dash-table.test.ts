import { expect, test } from "vitest";
import { dashHeadings, dashTables } from "../../../../src/routes/read/grid/dash-table.ts";

/** The headings of a line above so many columns of dashes. */
const headingsOf = (line: string, columns: number) =>
  dashHeadings(`${line}\n${Array(columns).fill("--").join("  ")}\n`)[0];

test.each<[what: string, line: string, headings: readonly [string, string] | null]>([
  ["in one way", "Source  Next  Hop  Type", ["Source", "Next Hop Type"]],
  ["in no way, because a word is of no column", "Source  Next  Hop  Type  Size", null],
  ["in no way, because there are more headings than columns", "Source  State  Name", null],
  ["in no way, because there are fewer", "Next  Hop  Type", null],
  ["in two ways", "Next  Hop  IP  Address  Prefix", null],
  ["in one way, a heading of four words", "Next  Hop  IP  Address  State", ["Next Hop IP Address", "State"]],
  ["in no way, because a heading has five words", "State  Effective  next  hop  IP  address", null],
  ["in one way, with blanks around", "   Source  Next  Hop  Type  ", ["Source", "Next Hop Type"]],
])(
  "words that a tool has set apart are headings where they fit the columns in just one way: %s",
  (_, line, headings) => {
    expect(headingsOf(line, 2)).toEqual(headings ?? [line.slice(0, 4).trim(), line.slice(4).trim()]);
  },
);

test.each<[what: string, text: string, headings: readonly (readonly string[])[]]>([
  ["two columns", "a   b\n--  --\n", [["a", "b"]]],
  ["dashes at the first line", "--  --\na  b", [["", ""]]],
  ["a blank line below each", "a   b\n\n--  --\n", [["a", "b"]]],
  ["a blank line alone above", "\n--  --\n", [["", ""]]],
  ["one column", "a\n--\n", []],
  ["a text before the dashes", "a   b\nx --  --\n", []],
  ["a text behind the dashes", "a   b\n--  -- x\n", []],
  ["single dashes", "a b\n- -\n", []],
])("the headings are above a line of dashes for each: %s", (_, text, headings) => {
  expect(dashHeadings(text)).toEqual(headings);
  expect(dashTables(text)).toEqual(headings.map((each) => ({ title: null, headings: each, rows: [], leftOut: null })));
});

test("words are joined in lines of forty at most, which is more than any heading has", () => {
  const words = "User  Defined  Route  Name  ".repeat(10);
  expect(headingsOf(words, 10)).toEqual(Array(10).fill("User Defined Route Name"));
  expect(headingsOf(`${words}Name`, 11)).not.toContain("User Defined Route Name");
});
