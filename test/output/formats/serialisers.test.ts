import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parse as parseYaml } from "yaml";
import type { Cell } from "../../../src/output/formats/cell.ts";
import { csvLine, csvText } from "../../../src/output/formats/csv.ts";
import { jsonPieces } from "../../../src/output/formats/json.ts";
import { markdownHead, markdownLine } from "../../../src/output/formats/markdown.ts";
import { ndjsonLine } from "../../../src/output/formats/ndjson.ts";
import { tsvLine } from "../../../src/output/formats/tsv.ts";
import { yamlPieces, yamlText } from "../../../src/output/formats/yaml.ts";
import { plainJson, plainText } from "../../../src/terminal/plain-text.ts";

const markdownText = (columns: readonly string[], rows: readonly (readonly Cell[])[]) =>
  markdownHead(columns) + rows.map(markdownLine).join("");

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const awkward = fc.string({ unit: fc.constantFrom(..."a1 ,\"'|\\\t\r\n=+-@_*<;#:\u202e\u0000é"), maxLength: 12 });
const cell: fc.Arbitrary<Cell> = fc.oneof(
  text,
  awkward,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
);
const rows = (width: number) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 });

function plain(value: Cell): string {
  return plainText(value === null ? "" : typeof value === "object" ? value.join(",") : String(value));
}

/** The start of a formula in a spreadsheet, including full-width forms. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
const unguarded = (cell: string) => (cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell);

describe("CSV", () => {
  test.each<[string, Cell, string]>([
    ["an address is bare", "10.0.0.4", "10.0.0.4"],
    ["an IPv6 address is bare", "2001:db8::4", "2001:db8::4"],
    ["null is empty between its commas", null, ""],
    ["a list has commas between, in quotes", ["10.0.0.4", "10.0.0.5"], '"10.0.0.4,10.0.0.5"'],
    ["an empty list is empty", [], ""],
    ["quotes are doubled", 'a "b"', '"a ""b"""'],
    ["blanks at the edge are quoted", " a", '" a"'],
    ["a line break becomes a blank", "a\r\nb", "a b"],
    ["control characters are gone", "\u001b[31ma", "[31ma"],
    ["a formula is guarded", "=1+1", "'=1+1"],
    ["a formula with a comma is guarded and quoted", "=HYPERLINK(1,2)", '"\'=HYPERLINK(1,2)"'],
    ["plus", "+cmd", "'+cmd"],
    ["minus", "-cmd", "'-cmd"],
    ["at", "@SUM(1)", "'@SUM(1)"],
    ["full-width equals", "\uff1d1", "'\uff1d1"],
    ["a formula after a tab", "\t=1", "' =1"],
    ["a formula after a carriage return", "\r=1", "' =1"],
    ["a formula after a hidden character", "\u200b=1", "'=1"],
    ["a lone dash is no formula", "-", "-"],
    ["a negative number as text is no formula", "-12.5", "-12.5"],
    ["a negative number is no formula", -3, "-3"],
    ["a sum that starts like a number is one", "-1+1", "'-1+1"],
  ])("%s", (_, value, expected) => {
    expect(csvLine(["x", value, "y"])).toBe(`x,${expected},y\r\n`);
  });

  it("starts with the header and ends every record with CRLF", () => {
    expect(csvText(["a", "b"], [[1, 2]])).toBe("a,b\r\n1,2\r\n");
  });

  it("keeps a lone empty cell as a record", () => {
    expect(parseCsv(csvText(["a"], [[null], ["x"]]), { skip_empty_lines: true })).toEqual([["a"], [""], ["x"]]);
  });

  it("csv-parse reads back every cell, with one line per record", () => {
    fc.assert(
      fc.property(rows(3), (table) => {
        const written = csvText(["a", "b", "c"], table);
        const read: string[][] = parseCsv(written, { from_line: 2 });
        expect(read.map((cells) => cells.map((c) => unguarded(c)))).toEqual(
          table.map((cells) => cells.map((c) => unguarded(plain(c)))),
        );
        expect(written.split("\r\n")).toHaveLength(table.length + 2);
      }),
    );
  });

  it("never lets a cell start a formula", () => {
    fc.assert(
      fc.property(awkward, (value) => {
        const [[read = ""] = []]: string[][] = parseCsv(csvLine([value, "x"]));
        expect(FORMULA.test(read) && !/^(-|[+-]?\d+)$/.test(read)).toBe(false);
      }),
    );
  });
});

describe("TSV", () => {
  test.each<[string, readonly Cell[], string]>([
    ["has no quoting", ['a "b"', "c,d"], 'a "b"\tc,d\n'],
    ["has a dash for null", [null, "x"], "-\tx\n"],
    ["has a dash for an empty list", [[], "x"], "-\tx\n"],
    ["has a dash for blanks", ["  ", "x"], "-\tx\n"],
    ["writes zero and false", [0, false], "0\tfalse\n"],
    ["has no tab or break in a cell", ["a\tb\nc", "x"], "a b c\tx\n"],
  ])("%s", (_, cells, expected) => {
    expect(tsvLine(cells)).toBe(expected);
  });

  it("has one line per row with all cells, none empty", () => {
    fc.assert(
      fc.property(rows(4), (table) => {
        const lines = table.map(tsvLine).join("").split("\n");
        expect(lines.pop()).toBe("");
        expect(lines).toHaveLength(table.length);
        for (const line of lines) {
          expect(line.split("\t")).toHaveLength(4);
          expect(line.split("\t")).not.toContain("");
        }
      }),
    );
  });
});

describe("Markdown", () => {
  test.each([
    ["a pipe is escaped", "a|b", "a\\|b"],
    ["a backslash before a pipe is escaped", "a\\|b", "a\\\\\\|b"],
    ["an underscore in a word stays", "to_nva_1", "to_nva_1"],
    ["an underscore at the edge is escaped", "_a_", "\\_a\\_"],
    ["a tag is no HTML", "<b>", "\\<b\\>"],
    ["an entity is no character", "&lt;", "\\&lt;"],
    ["a link is text", "[a](b)", "\\[a\\](b)"],
    ["a break is a blank", "a\nb", "a b"],
  ])("%s", (_, value, expected) => {
    expect(markdownText(["h"], [[value]])).toBe(`| h |\n| --- |\n| ${expected} |\n`);
  });

  it("has a cell for each column on every line", () => {
    fc.assert(
      fc.property(rows(3), (table) => {
        const lines = markdownText(["a", "b", "c"], table).trimEnd().split("\n");
        expect(lines).toHaveLength(table.length + 2);
        for (const line of lines) {
          const unescaped = line.replace(/\\[\s\S]/g, "");
          expect(unescaped.split("|")).toHaveLength(5);
        }
      }),
    );
  });
});

describe("YAML", () => {
  const same = async (value: unknown) => {
    const written = await yamlText(value);
    expect(parseYaml(written)).toEqual(value);
    expect(parseYaml(written, { version: "1.1" })).toEqual(value);
    return written;
  };

  test.each([
    ["no"],
    ["on"],
    ["12:30:45"],
    ["1_000"],
    ["0o17"],
    ["017"],
    ["~"],
    [""],
    ["1e3"],
    ["=x"],
    ["- a"],
    ["2001-01-01"],
  ])("the text '%s' stays a text for readers of YAML 1.1 and 1.2", async (value) => {
    await same({ value, list: [value], [value]: 1 });
  });

  it("round-trips every JSON value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        expect(parseYaml(await yamlText(json), { uniqueKeys: true })).toEqual(json);
      }),
      { numRuns: 60 },
    );
  });

  it("round-trips awkward texts without characters that steer a terminal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(awkward, { maxLength: 5 }), async (value) => {
        const written = await same({ value });
        expect(written).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 60 },
    );
  });

  it("escapes characters that YAML does not allow, in values and keys, and round-trips them", async () => {
    // https://yaml.org/spec/1.2.2/#rule-c-printable
    const PRINTABLE = /^[\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
    const boundary = [
      0, 8, 0x0b, 0x1f, 0x7f, 0x80, 0x86, 0x9f, 0xd7ff, 0xe000, 0xfdd0, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x1fffe,
      0x10ffff,
    ];
    const code = fc.oneof(
      fc.constantFrom(...boundary),
      fc.integer({ min: 0, max: 0xd7ff }),
      fc.integer({ min: 0xe000, max: 0x10ffff }),
    );
    const anyText = fc.array(code, { maxLength: 6 }).map((codes) => String.fromCodePoint(...codes));
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (key, value) => {
        const written = await same({ list: [value], [`k${key}`]: value });
        expect(written).toMatch(PRINTABLE);
      }),
      { numRuns: 300 },
    );
    expect(await same({ name: "a\ufffeb\uffff" })).toBe('name: "a\\ufffeb\\uffff"\n');
  });

  it("escapes hidden characters beyond the first plane", async () => {
    expect(await same({ name: "a\u{e0001}b" })).toBe('name: "a\\U000e0001b"\n');
  });

  it("has no anchors and wraps no line", async () => {
    const shared = { text: "word ".repeat(60).trim() };
    const written = await yamlText([shared, shared]);
    expect(written).not.toMatch(/[&*]/);
    expect(written.trimEnd().split("\n")).toHaveLength(2);
  });
});

describe("a document in pieces equals the whole document", () => {
  const value = fc.jsonValue({ noUnicodeString: false }).map((any): unknown => JSON.parse(JSON.stringify(any)));
  const document = fc.oneof(
    value,
    fc.array(value),
    fc.dictionary(fc.string({ unit: "grapheme" }), fc.oneof(value, fc.array(value))),
  );

  it("JSON", async () => {
    await fc.assert(
      fc.asyncProperty(document, async (any) => {
        expect([...jsonPieces(any)].join("")).toBe(plainJson(JSON.stringify(any, null, 2)));
      }),
    );
  });

  it("JSON, without fields that are undefined", () => {
    expect([...jsonPieces({ a: undefined, b: [{ c: undefined }] })].join("")).toBe(
      JSON.stringify({ b: [{ c: undefined }] }, null, 2),
    );
  });

  it("YAML", async () => {
    await fc.assert(
      fc.asyncProperty(document, async (any) => {
        let text = "";
        for await (const piece of yamlPieces(any)) text += piece;
        expect(text).toBe(await yamlText(any));
      }),
      { numRuns: 60 },
    );
  });

  const items = Array.from({ length: 1200 }, (_, at) => ({ at, text: `line ${at}`, some: [at, at + 1] }));
  const inside = { results: [{ rule: "a", items, none: [], note: null }, { rule: "b", items: [] }, { items }] };
  const inner = { results: [{ first: items, last: { a: [[items.slice(0, 3)], []] } }], after: "x" };
  it.each<[rule: string, value: unknown]>([
    ["as a field of an item", inside],
    ["as the first field", inner],
    ["of lists", { lists: [items.map(({ some }) => some)] }],
    ["in a list of items", [{ items, after: 1 }]],
  ])("with a long list %s: no piece contains the whole list", async (_, value) => {
    const json = [...jsonPieces(value)];
    expect(json.join("")).toBe(JSON.stringify(value, null, 2));
    expect(Math.max(...json.map(({ length }) => length))).toBeLessThan(2000);
    const yaml: string[] = [];
    for await (const piece of yamlPieces(value)) yaml.push(piece);
    expect(yaml.join("")).toBe(await yamlText(value));
    if (!("lists" in (value as object))) expect(Math.max(...yaml.map(({ length }) => length))).toBeLessThan(2000);
  });
});

describe("ndjson", () => {
  it("has one line of JSON for each value", () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(awkward, fc.jsonValue())), (values) => {
        const lines = values.map(ndjsonLine).join("").split("\n");
        expect(lines.pop()).toBe("");
        expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  it("escapes characters that could steer a terminal", () => {
    expect(ndjsonLine({ a: "\u202e\u009b" })).toBe('{"a":"\\u202e\\u009b"}\n');
  });
});
