import { expect, test } from "vitest";
import { columnReader } from "../../../src/analysis/lines/csv.ts";

/** The contents of a text, the errors of refused lines whole. */
async function contentsOf(text: string, column: string, delimiter: string | null = null, longest?: number) {
  const reader = await columnReader(column, delimiter, longest);
  return [...reader.push(text), ...reader.end()];
}

test.each<[string, string, string, string, string, string]>([
  ["too few cells", "a,b\n1", "1", "field-missing", "missing column 'b'", "check that line"],
  ["an empty cell", "a,b\n1, ", "1,", "field-empty", "column 'b' is empty", "check that line"],
  [
    "a quote within a cell",
    'a,b\n1"x,2',
    '1"x,2',
    "record-broken",
    "malformed CSV (unexpected quote)",
    "quote the cell and double each quote inside it",
  ],
  [
    "a cell without its closing quote",
    'a,b\n"1,2',
    '"1,2',
    "quote-open",
    "unclosed quoted cell",
    "close the quote, or double a quote inside a cell",
  ],
  [
    "too many characters",
    `a,b\n${"1".repeat(22)}`,
    "1".repeat(20),
    "line-too-long",
    "the line is too long to hold an address",
    "write one destination per line",
  ],
])(
  "a record with %s is refused with its line, its start and what to do",
  async (_, text, start, code, message, hint) => {
    expect(await contentsOf(text, "b", null, 20)).toEqual([
      { line: 2, destination: start, error: { code, message: `line 2: ${message}`, hint } },
    ]);
  },
);

test.each([
  ["too long", `1,${"1".repeat(20)}`, "line-too-long"],
  ["without a closing quote", '"1,2', "quote-open"],
  ["with a quote within a cell", '1"x,2', "record-broken"],
])("the records around one that is %s keep their cells", async (_, refused, code) => {
  expect(await contentsOf(`a,b\n1,x\n${refused}\n2,y\n`, "b", null, 20)).toMatchObject([
    { line: 2, destination: "x" },
    { line: 3, error: { code } },
    { line: 4, destination: "y" },
  ]);
});

test("a long name of a column is cut in the error of a record", async () => {
  const name = "n".repeat(40);
  expect(await contentsOf(`a,${name}\n1`, name)).toMatchObject([
    { error: { message: `line 2: missing column '${"n".repeat(27)}...'` } },
  ]);
});

test("blanks around a cell are left out", async () => {
  expect(await contentsOf("a,b\n1, 10.0.0.1 \n", "b")).toEqual([{ line: 2, destination: "10.0.0.1" }]);
});

test.each<[string, string, string | null, unknown]>([
  ["a,b", "a", null, { kind: "delimiter", field: 1, delimiter: 44, quotes: true }],
  ["a,b", "b", null, { kind: "delimiter", field: 2, delimiter: 44, quotes: true }],
  ["a;b", "b", null, { kind: "delimiter", field: 2, delimiter: 59, quotes: true }],
  ["axb", "b", "x", { kind: "delimiter", field: 2, delimiter: 120, quotes: true }],
  ["a.b", "b", ".", null],
  ["a\u00a7b", "b", "\u00a7", null],
])(
  "plain lines below the header %j have column %s, with the delimiter %j, at %j",
  async (header, column, delimiter, place) => {
    const reader = await columnReader(column, delimiter);
    expect(reader.place).toBeNull();
    expect([...reader.push(header)]).toEqual([]);
    expect([reader.midway, reader.place]).toEqual([true, null]);
    expect([...reader.push("\n")]).toEqual([]);
    expect([reader.midway, reader.place]).toEqual([false, place]);
  },
);
