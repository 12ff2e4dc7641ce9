import { describe, expect, test } from "vitest";
import { type Cell, cellText, isCell } from "../../../src/output/formats/cell.ts";
import { csvLine, csvText } from "../../../src/output/formats/csv.ts";
import { formatNamed, formatsOf } from "../../../src/output/formats/formats.ts";
import { isLong } from "../../../src/output/formats/long-list.ts";
import { markdownHead, markdownLine } from "../../../src/output/formats/markdown.ts";
import { tabular } from "../../../src/output/formats/tabular.ts";
import { tsvLine } from "../../../src/output/formats/tsv.ts";

test.each<[value: unknown, is: boolean]>([
  ["a", true],
  [1, true],
  [false, true],
  [null, true],
  [[], true],
  [["a", "b"], true],
  [["a", 1], false],
  [{}, false],
  [undefined, false],
])("%j is a cell: %s", (value, is) => {
  expect(isCell(value)).toBe(is);
});

const CELLS: readonly Cell[] = [
  "a",
  null,
  "",
  1.5,
  true,
  ["x", "y"],
  [],
  " p\tq\nr ",
  "=1+1",
  "a,b",
  'say "a"',
  "a|b_c _d_ *e* [f] <g> `h` ~i~ &j \\k",
];

describe("a row of cells", () => {
  test("as text", () => {
    expect(CELLS.map(cellText)).toEqual([
      ...["a", "", "", "1.5", "true", "x,y", "", " p q r ", "=1+1", "a,b", 'say "a"'],
      "a|b_c _d_ *e* [f] <g> `h` ~i~ &j \\k",
    ]);
  });

  test("as CSV, a lone empty cell in quotes", () => {
    expect(csvLine(CELLS)).toBe(
      'a,,,1.5,true,"x,y",," p q r ",\'=1+1,"a,b","say ""a""",a|b_c _d_ *e* [f] <g> `h` ~i~ &j \\k\r\n',
    );
    expect([csvLine([null]), csvLine([""]), csvLine([[]]), csvLine(["", ""]), csvLine([])]).toEqual([
      ...['""\r\n', '""\r\n', '""\r\n', ",\r\n", "\r\n"],
    ]);
    expect(csvText(["a", "b"], [["1", null]])).toBe("a,b\r\n1,\r\n");
  });

  test("as TSV, a dash for an empty cell", () => {
    expect(tsvLine(CELLS)).toBe(
      'a\t-\t-\t1.5\ttrue\tx,y\t-\tp q r\t=1+1\ta,b\tsay "a"\ta|b_c _d_ *e* [f] <g> `h` ~i~ &j \\k\n',
    );
  });

  test("as Markdown, its marks escaped", () => {
    expect(markdownLine(CELLS)).toBe(
      '| a |  |  | 1.5 | true | x,y |  | p q r | =1+1 | a,b | say "a" | a\\|b_c \\_d\\_ \\*e\\* \\[f\\] \\<g\\> \\`h\\` \\~i\\~ \\&j \\\\k |\n',
    );
    expect(markdownHead(["a", "b_c"])).toBe("| a | b_c |\n| --- | --- |\n");
  });
});

test.each<[found: unknown, columns: readonly string[] | null, rows: readonly (readonly Cell[])[]]>([
  [null, null, []],
  [undefined, null, []],
  ["a", null, [["a"]]],
  [[], null, []],
  [["a", "b"], null, [["a"], ["b"]]],
  [{ a: 1, b: [{}] }, ["a", "b"], [[1, "[{}]"]]],
  [
    [{ a: 1 }, { b: ["x"], constructor: 2 }],
    ["a", "b", "constructor"],
    [
      [1, null, null],
      [null, ["x"], 2],
    ],
  ],
  [[{ a: undefined }], ["a"], [[null]]],
  [[["a", { b: 1 }], ["c"]], null, [["a", '{"b":1}'], ["c"]]],
  [[{ a: 1 }, "b"], null, [['{"a":1}'], ["b"]]],
])("the query's answer %j as rows", (found, columns, rows) => {
  expect(tabular(found)).toEqual({ columns, rows });
});

test.each<[typed: string, name: string | null]>([
  ["JSON", "json"],
  [" yaml ", "yaml"],
  ["yml", "yaml"],
  ["jsonl", "ndjson"],
  ["MD", "markdown"],
  ["js", null],
  ["", null],
])("the format '%s' is %s", (typed, name) => {
  expect(formatNamed(typed)).toBe(name);
});

const EVERYWHERE = ["table", "wide", "short", "json", "ndjson", "csv", "tsv", "yaml", "markdown", "none"];
const PAGE = EVERYWHERE.toSpliced(9, 0, "html");

test.each<[command: string | undefined, formats: readonly string[]]>([
  [undefined, EVERYWHERE],
  ["tags", EVERYWHERE],
  ["routes", PAGE],
  ["whichroute", PAGE],
  ["whatif", PAGE],
  ["diff", PAGE],
  ["check", [...PAGE, "junit", "sarif"]],
  ["trace", [...PAGE, "mermaid", "dot"]],
  ["report", ["html"]],
])("the formats of %s", (command, formats) => {
  expect(formatsOf(command)).toEqual(formats);
});

test("a list of more than a thousand objects is long, wherever it is", () => {
  const list = (count: number, item: unknown = {}) => Array(count).fill(item);
  expect([isLong(list(1000)), isLong(list(1001)), isLong(list(1001, "x"))]).toEqual([false, true, false]);
  expect([isLong({ a: list(1001) }), isLong({ a: { b: list(1001) } }), isLong({ a: 1 })]).toEqual([true, false, false]);
});
