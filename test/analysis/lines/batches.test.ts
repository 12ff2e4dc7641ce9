import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readLines } from "../../../src/analysis/lines/batches.ts";
import { type LineChoice, type LineOptions, lineChoice } from "../../../src/analysis/lines/choice.ts";
import type { DestinationText, RefusedLine } from "../../../src/analysis/lines/field.ts";
import { LONGEST_LINE } from "../../../src/analysis/lines/split.ts";
import { formatAddress, parseAddress } from "../../../src/net/address.ts";
import { AddressBatch, BATCH_SIZE } from "../../../src/net/address-batch.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { all, bytesOf, piecesOf } from "./bytes.ts";
import { linesAsText } from "./lines-as-text.ts";

type Line = DestinationText | RefusedLine;

const isRefused = (line: Line | string): line is RefusedLine => typeof line !== "string" && "error" in line;

/** The contents of all lines in order; the addresses of a batch as text. */
async function contentsOf(pieces: AsyncIterable<Uint8Array>, choice: LineChoice, longest?: number) {
  const found: (Line | string)[] = [];
  for await (const contents of readLines(pieces, choice, longest)) {
    for (const content of contents) {
      if (!(content instanceof AddressBatch)) found.push(content);
      else for (let at = 0; at < content.count; at++) found.push(formatAddress(content.address(at)));
    }
  }
  return found;
}

const readAsText = (bytes: Uint8Array, choice: LineChoice, longest = LONGEST_LINE) =>
  all(linesAsText(piecesOf(bytes, []), choice, longest));

const destinationOf = (line: Line | string) => (typeof line === "string" ? line : line.destination);

/** A line that was refused: `2!code 'its start': message; hint`. */
function refusalText({ line, destination, error: { code, message, hint } }: RefusedLine): string {
  expect(message.split(": ")[0]).toBe(`line ${line}`);
  return `${line}!${code} '${destination}': ${message.slice(message.indexOf(": ") + 2)}; ${hint}`;
}

/** The text of a refused line, of which the number and the code are given as `2!field-empty`. */
function refused(numberAndCode: string, start: string, { column }: LineOptions): string {
  const ofField = column === undefined;
  const WHY: Readonly<Record<string, string>> = {
    "field-missing": ofField ? "no field 2, only 1 field" : `missing column '${column}'`,
    "field-empty": ofField ? "field 2 is empty" : `column '${column}' is empty`,
    "record-broken": "malformed CSV (unexpected quote); quote the cell and double each quote inside it",
    "quote-open": "unclosed quoted cell; close the quote, or double a quote inside a cell",
    "line-too-long": "the line is too long to hold an address; write one destination per line",
  };
  const code = numberAndCode.replace(/^\d+!/, "");
  const hint = code.startsWith("field-") ? (ofField ? "; check --field and --delimiter" : "; check that line") : "";
  return `${numberAndCode} '${start}': ${WHY[code]}${hint}`;
}

/** The destinations of a text, and refused lines. */
async function read(text: string, options: LineOptions = {}, longest?: number): Promise<string[]> {
  const lines = await contentsOf(bytesOf(text), lineChoice(options), longest);
  return lines.map((line) => (isRefused(line) ? refusalText(line) : destinationOf(line)));
}

async function errorOf(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof UserError) return error;
  throw new Error(`expected a UserError, got ${String(error)}`);
}

describe("a cell of Traffic Analytics is each of its addresses", () => {
  const cell = "52.239.184.180|2|0|0|0|0|0 2603::1|1|0|0|0|0|0";
  const both = ["52.239.184.180", "2603::1"];
  test.each<[string, string, LineOptions, readonly string[]]>([
    ["in a column", `a,b\nx,${cell}\n1,9.9.9.9\n`, { column: "b" }, [...both, "9.9.9.9"]],
    ["in a quoted cell", `a,b\nx,"${cell}"\n`, { column: "b" }, both],
    ["as a line", `9.9.9.9\n${cell}\n8.8.8.8\n`, {}, ["9.9.9.9", ...both, "8.8.8.8"]],
    ["in a field", `x;${cell}\n`, { field: "2", delimiter: ";" }, both],
    ["one address", "a\n9.9.9.9|1||0\n", { column: "a", delimiter: "," }, ["9.9.9.9"]],
    ["but not of other text", "9.9.9.9|x\n9.9.9.9|1 tag:Storage\n", {}, ["9.9.9.9|x", "9.9.9.9|1 tag:Storage"]],
  ])("%s", async (_, text, options, expected) => {
    expect(await read(text, options)).toEqual(expected);
  });
});

it.each([[[3000, 5000]], [[3000, 5000, 8000]], [[10, 4000, 4107, 4108]], [[10_005]]])(
  "a line of ten kilobytes that comes cut at %j is read once",
  async (cuts) => {
    const long = `tag:${"x".repeat(10_000)}`;
    const bytes = new TextEncoder().encode(`${long}\n10.0.0.1\n${long}`);
    const lines = await contentsOf(piecesOf(bytes, cuts), lineChoice({}));
    expect(lines.map(destinationOf)).toEqual([long, "10.0.0.1", long]);
  },
);

it.each([BATCH_SIZE - 1, BATCH_SIZE, BATCH_SIZE + 1, 3 * BATCH_SIZE + 1])(
  "%i plain lines in one piece are all read, whatever a batch holds",
  async (count) => {
    const addresses = Array.from({ length: count }, (_, at) => `10.0.${at >> 8}.${at & 255}`);
    expect(await read(`x\n${addresses.join("\n")}\n`)).toEqual(["x", ...addresses]);
    expect(await read(`a,b\n${addresses.map((text) => `1,${text}\n`).join("")}`, { column: "b" })).toEqual(addresses);
  },
);

describe("a destination is the whole line", () => {
  test.each([
    ["one per line", "10.0.0.1\n10.0.0.2\n", ["10.0.0.1", "10.0.0.2"]],
    ["the last line needs no line break", "10.0.0.1\n10.0.0.2", ["10.0.0.1", "10.0.0.2"]],
    ["surrounding whitespace is removed", "  10.0.0.1\t\n", ["10.0.0.1"]],
    ["CRLF", "10.0.0.1\r\n\r\n10.0.0.2\r\n", ["10.0.0.1", "10.0.0.2"]],
    ["blank lines and comments are omitted", "# web\n\n  \t\n  # db\n10.0.0.1\n", ["10.0.0.1"]],
    ["a trailing comment is removed", "10.0.0.1 # web\n", ["10.0.0.1"]],
    ["a byte order mark is removed", "\ufeff10.0.0.1\n", ["10.0.0.1"]],
    ["the quotes of jq without -r are removed", '"10.0.0.1"\n', ["10.0.0.1"]],
    [
      "prefixes and tags are returned unchanged",
      "10.0.0.0/8\ntag:Storage.WestEurope\n",
      ["10.0.0.0/8", "tag:Storage.WestEurope"],
    ],
    ["invalid addresses are returned unchanged", "010.1.1.1\n", ["010.1.1.1"]],
    ["empty input", "", []],
  ])("%s", async (_, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });
});

describe("a destination is a field", () => {
  test.each([
    ["split at whitespace, as in awk", { field: "2" }, "  a\t10.0.0.1  b\n", ["10.0.0.1"]],
    ["split at a delimiter", { field: "3", delimiter: "," }, "a,,10.0.0.1\n", ["10.0.0.1"]],
    ["the delimiter may have several characters", { field: "2", delimiter: "::" }, "a::10.0.0.1\n", ["10.0.0.1"]],
    ["a tab is spelled \\t", { field: "2", delimiter: "\\t" }, "a b\t10.0.0.1\n", ["10.0.0.1"]],
    ["a tab is spelled tab", { field: "2", delimiter: "tab" }, "a b\t10.0.0.1\n", ["10.0.0.1"]],
    ["quotes around it are left out", { field: "2", delimiter: "," }, 'a, "10.0.0.1" ,b\n', ["10.0.0.1"]],
    [
      "a line with too few is refused in its place",
      { field: "2" },
      "a 10.0.0.1\nb\nc 10.0.0.3\n",
      ["10.0.0.1", "2!field-missing 'b': no field 2, only 1 field; check --field and --delimiter", "10.0.0.3"],
    ],
    [
      "an empty one is refused",
      { field: "2", delimiter: "," },
      "a, ,b\n",
      ["1!field-empty 'a, ,b': field 2 is empty; check --field and --delimiter"],
    ],
    ["comments are omitted", { field: "1" }, "# head\n10.0.0.1 x\n", ["10.0.0.1"]],
  ])("%s", async (_, options, text, expected) => {
    expect(await read(text, options)).toEqual(expected);
  });

  it("a refusal has the number of fields", async () => {
    const [line] = await contentsOf(bytesOf("x\na b\n"), lineChoice({ field: "3" }));
    expect(line).toMatchObject({
      line: 1,
      destination: "x",
      error: { message: "line 1: no field 3, only 1 field" },
    });
  });
});

describe("between lines that are read from bytes, a line", () => {
  const BLANKS: LineOptions = { field: "2" };
  const COMMAS: LineOptions = { field: "2", delimiter: "," };
  const COLUMN: LineOptions = { column: "b" };
  test.each<[string, LineOptions, string, readonly string[]]>([
    ["with several blanks", BLANKS, " \ta \t10.0.0.1\t ", ["10.0.0.1"]],
    ["with more after the address", BLANKS, "a 10.0.0.1 é", ["10.0.0.1"]],
    ["that ends with CRLF", BLANKS, "a 10.0.0.1\r", ["10.0.0.1"]],
    ["with an address before the field, after a blank", BLANKS, " 9.9.9.9 10.0.0.1", ["10.0.0.1"]],
    ["with a letter after the address", BLANKS, "a 10.0.0.1x", ["10.0.0.1x"]],
    ["with other text in the field", BLANKS, "a b 10.0.0.1", ["b"]],
    ["with other letters before the field", BLANKS, "é 10.0.0.1", ["10.0.0.1"]],
    ["with a space that is not ASCII", BLANKS, "a\u00a010.0.0.1 9.9.9.8", ["10.0.0.1"]],
    ["with a vertical tab", BLANKS, "a\v10.0.0.1 9.9.9.8", ["10.0.0.1"]],
    ["without the field", BLANKS, "10.0.0.1", ["3!field-missing"]],
    ["that is a comment", BLANKS, "#a 10.0.0.1", []],
    ["that is a comment after blanks", BLANKS, " #a 10.0.0.1", []],
    ["that is blank", BLANKS, " ", []],

    ["with an empty field", COMMAS, ",10.0.0.1", ["10.0.0.1"]],
    ["with quotes in other fields", COMMAS, '"a,10.0.0.1,"b', ["10.0.0.1"]],
    ["with quotes around the address", COMMAS, 'a,"10.0.0.1",b', ["10.0.0.1"]],
    ["with blanks around the address", COMMAS, "a, 10.0.0.1 ,b", ["10.0.0.1"]],
    ["that ends with CRLF", COMMAS, "a,10.0.0.1\r", ["10.0.0.1"]],
    ["with a letter after the address", COMMAS, "a,10.0.0.1x,b", ["10.0.0.1x"]],
    ["without the field", COMMAS, "10.0.0.1", ["3!field-missing"]],
    ["without text in the field", COMMAS, "a,", ["3!field-empty"]],
    ["that is a comment", COMMAS, "#a,10.0.0.1", []],
    ["that is a comment after a blank", COMMAS, " #a,10.0.0.1", []],
    ["that is a comment after a space that is not ASCII", COMMAS, "\u00a0#a,10.0.0.1", []],

    ["with quoted cells before", COLUMN, '"a,b",10.0.0.1', ["10.0.0.1"]],
    ["with quotes in a quoted cell before", COLUMN, '"a,""b",10.0.0.1', ["10.0.0.1"]],
    ["with the address in quotes", COLUMN, 'a,"10.0.0.1",b', ["10.0.0.1"]],
    ["with the address in quotes at the end", COLUMN, 'a,"10.0.0.1"', ["10.0.0.1"]],
    ["with quoted cells after", COLUMN, 'a,10.0.0.1,b,"c,d"', ["10.0.0.1"]],
    ["that ends with CRLF", COLUMN, 'a,"10.0.0.1"\r', ["10.0.0.1"]],
    ["with a quote in a cell before", COLUMN, 'a"b,10.0.0.1', ["3!record-broken"]],
    ["with a quote after the address", COLUMN, 'a,10.0.0.1"', ["3!record-broken"]],
    ["with a quote in a cell after", COLUMN, 'a,10.0.0.1,b"c', ["3!record-broken"]],
    ["with text after a quoted cell before", COLUMN, '"a"b,10.0.0.1', ["3!record-broken"]],
    ["with text after the quoted address", COLUMN, 'a,"10.0.0.1"b', ["3!record-broken"]],
    ["with text after a quoted cell after", COLUMN, 'a,10.0.0.1,"b"c', ["3!record-broken"]],
    ["with an open quote before", COLUMN, '"a,10.0.0.1', ["3!quote-open"]],
    ["with an open quote at the address", COLUMN, 'a,"10.0.0.1', ["3!quote-open"]],
    ["with an open quote after", COLUMN, 'a,10.0.0.1,"b', ["3!quote-open"]],
    ["without the cell", COLUMN, "10.0.0.1", ["3!field-missing"]],
    ["without text in the cell", COLUMN, "a,", ["3!field-empty"]],
    ["that is a comment", COLUMN, "#a,10.0.0.1", []],
    ["that is a comment after a blank", COLUMN, " #a,10.0.0.1", []],
  ])("%s: %j %j is %j", async (_, options, line, expected) => {
    const own = options === BLANKS ? "- 9.9.9.9" : "-,9.9.9.9";
    const [first, ofFirst] = options === COLUMN ? ["a,b", []] : [own, ["9.9.9.9"]];
    const between = await read([first, own, line, own, "-", ""].join("\n"), options);
    const whole = expected.map((text) => (text.startsWith("3!") ? refused(text, line, options) : text));
    expect(between).toEqual([...ofFirst, "9.9.9.9", ...whole, "9.9.9.9", refused("5!field-missing", "-", options)]);
    // The line that follows the first one, which is always read as text.
    const second = await read([first, line, own, "-", ""].join("\n"), options);
    const inPlace = whole.map((text) => text.replace(/^3!/, "2!"));
    expect(second).toEqual([...ofFirst, ...inPlace, "9.9.9.9", refused("4!field-missing", "-", options)]);
  });

  it("that continues in the next line has one address", async () => {
    const text = 'a,b\n1,10.0.0.1\n2,10.0.0.2,"x\ny"\n"3\n",10.0.0.3\n4,10.0.0.4\n5\n';
    const last = refused("8!field-missing", "5", COLUMN);
    expect(await read(text, COLUMN)).toEqual(["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", last]);
  });

  test.each<[string, LineOptions, string]>([
    ["the whole line", {}, "10.0.0.1 #"],
    ["a field at blanks", { field: "1" }, "10.0.0.1 "],
    ["a field at commas", { field: "1", delimiter: "," }, "10.0.0.1,"],
    ["a column", { column: "a" }, "10.0.0.1,"],
  ])("of more than the most characters is refused: %s", async (_, options, start) => {
    const own = options.column === undefined ? "9.9.9.9" : "a";
    const long = start.padEnd(22, "x");
    const lines = [own, long, "9.9.9.9", start.padEnd(20, "x"), "9.9.9.9", long, "9.9.9.9", ""];
    expect((await read(lines.join("\n"), options, 20)).slice(options.column === undefined ? 1 : 0)).toEqual([
      ...[refused("2!line-too-long", long.slice(0, 20), options), "9.9.9.9", "10.0.0.1", "9.9.9.9"],
      ...[refused("6!line-too-long", long.slice(0, 20), options), "9.9.9.9"],
    ]);
  });

  it("is refused too where its address alone has more than the most characters", async () => {
    expect(await read("::\n10.0.0.1\n::\n", {}, 6)).toEqual(["::", refused("2!line-too-long", "10.0.0", {}), "::"]);
  });

  test.each([
    ["9.9.9.9,10.0.0.1", 'a"b,10.0.0.2', "record-broken"],
    ["x9.9.9.9,10.0.0.1", 'a"b,10.0.0.2', "record-broken"],
    ["xy,10.0.0.1", 'a,"10.0.0.2;', "quote-open"],
    ["xy,10.0.0.1", 'a,10.0.0.2,b"c', "record-broken"],
  ])("is refused, and none before it is read again: %j, then %j", async (before, line, code) => {
    const lines = await contentsOf(bytesOf(`a,b\n${before}\n${line}\n`, 4), lineChoice({ column: "b" }));
    expect(lines).toMatchObject(["10.0.0.1", { line: 3, error: { code } }]);
  });
});

describe("a destination is in a column of CSV", () => {
  test.each([
    ["commas", "name,dstIp\na,10.0.0.1\n", ["10.0.0.1"]],
    ["semicolons", "name;dstIp\na,b;10.0.0.1\n", ["10.0.0.1"]],
    ["tabs", "name\tdstIp\na b\t10.0.0.1\n", ["10.0.0.1"]],
    ["pipes", "name|dstIp\na|10.0.0.1\n", ["10.0.0.1"]],
    ["the only column", "dstIp\n10.0.0.1\n", ["10.0.0.1"]],
    ["the name without case", "name,DSTIP\na,10.0.0.1\n", ["10.0.0.1"]],
    ["the exact name before others", "DSTIP,dstIp\na,10.0.0.1\n", ["10.0.0.1"]],
    ["CRLF and a byte order mark", "\ufeffdstIp,name\r\n10.0.0.1,a\r\n", ["10.0.0.1"]],
    ["a quoted header", '"dstIp","the name, and more"\n10.0.0.1,a\n', ["10.0.0.1"]],
    ["a line break in a quoted cell", 'name,dstIp\n"a\nb, c",10.0.0.1\nd,10.0.0.2\n', ["10.0.0.1", "10.0.0.2"]],
    ["a blank line and a # in a quoted cell", 'name,dstIp\n"a\n\n# b",10.0.0.1\n', ["10.0.0.1"]],
    ["doubled quotes", 'name,dstIp\n"a ""b"", c",10.0.0.1\n', ["10.0.0.1"]],
    ["blank lines and comments are omitted", '# log\n\nname,dstIp\n\n# x, "y\na,10.0.0.1\n', ["10.0.0.1"]],
    ["additional cells are ignored", "dstIp\n10.0.0.1,b,c\n", ["10.0.0.1"]],
    [
      "more than an address in a quoted cell is read whole",
      'a,dstIp\nx,"10.0.0.1"\nx,"10.0.0.2 x"\nx,"10.0.0.3,b"\nx,"10.0.0.4"\n',
      ["10.0.0.1", "10.0.0.2 x", "10.0.0.3,b", "10.0.0.4"],
    ],
    [
      "a quoted address that another mark than a quote ends is refused, also at the end of a line",
      'a,dstIp\nx,"10.0.0.1"\nx,"10.0.0.2;\nx,10.0.0.3\n',
      ["10.0.0.1", refused("3!quote-open", 'x,"10.0.0.2;', {}), "10.0.0.3"],
    ],
    [
      "a record too short is refused in its place",
      "a,dstIp\nb,10.0.0.1\nc\nd,10.0.0.3\n",
      ["10.0.0.1", "3!field-missing 'c': missing column 'dstIp'; check that line", "10.0.0.3"],
    ],
    ["an empty cell is refused", "a,dstIp\nb,\n", ["2!field-empty 'b,': column 'dstIp' is empty; check that line"]],
    [
      "a stray quote is refused and affects no other line",
      'a,dstIp\n5" disk,10.0.0.1\nb,10.0.0.2\n',
      [
        "2!record-broken '5\" disk,10.0.0.1': malformed CSV (unexpected quote); quote the cell and double each quote inside it",
        "10.0.0.2",
      ],
    ],
    [
      "text after a closing quote is refused",
      'a,dstIp\n"b"c,10.0.0.1\nd,10.0.0.2\n',
      [
        "2!record-broken '\"b\"c,10.0.0.1': malformed CSV (unexpected quote); quote the cell and double each quote inside it",
        "10.0.0.2",
      ],
    ],
    [
      "an unclosed quote affects only its line",
      'a,dstIp\n"b,10.0.0.1\nc,10.0.0.2\nd,10.0.0.3',
      [
        "2!quote-open '\"b,10.0.0.1': unclosed quoted cell; close the quote, or double a quote inside a cell",
        "10.0.0.2",
        "10.0.0.3",
      ],
    ],
    ["a header alone has no destinations", "a,dstIp\n", []],
  ])("%s", async (_, text, expected) => {
    expect(await read(text, { column: "dstIp" })).toEqual(expected);
  });

  it("uses the given delimiter instead of detecting one", async () => {
    expect(await read("a,b,c;dstIp\nx;10.0.0.1\n", { column: "dstIp", delimiter: ";" })).toEqual(["10.0.0.1"]);
  });

  it("numbers a record by its first line", async () => {
    const text = `a,dstIp\n"x\ny",\nz,1\n${"b,10.0.0.1\n".repeat(20)}d,\n`;
    const lines = await contentsOf(bytesOf(text), lineChoice({ column: "dstIp" }));
    const numbers = lines.map((line) => (typeof line === "string" ? line : line.line));
    expect(numbers.slice(0, 2)).toEqual([2, 4]);
    expect(numbers.slice(-2)).toEqual(["10.0.0.1", 25]);
  });

  test.each([
    ["column-missing", "a,destIp\n", "dstIp", "no column 'dstIp' in the header; did you mean: destIp"],
    ["column-missing", "alpha,beta\n", "dstIp", "no column 'dstIp' in the header; columns: alpha, beta"],
    [
      "column-twice",
      "dstIp,dstIp\n",
      "dstIp",
      "column 'dstIp' occurs 2 times in the header; rename one of the columns, or select one by number with --field N --delimiter ,",
    ],
    [
      "header-missing",
      "\n# only a comment\n",
      "dstIp",
      "the input is empty; expected a header; check the command that writes it",
    ],
    [
      "header-unreadable",
      'a"b,dstIp\n',
      "dstIp",
      "the first line is not a valid CSV header; start the input with the column names, or use --field N for lines without a header",
    ],
  ])("%s: %j", async (code, text, column, told) => {
    const error = await errorOf(read(text, { column }));
    expect(error.code).toBe(code);
    expect(`${error.message}; ${error.hint}`).toBe(told);
  });
});

describe("invalid options are rejected", () => {
  test.each<[string, LineOptions]>([
    ["field-number", { field: "0" }],
    ["field-number", { field: "-1" }],
    ["field-number", { field: "1.5" }],
    ["field-number", { field: "two" }],
    ["field-delimiter", { field: "1", delimiter: "" }],
    ["field-delimiter", { field: "1", delimiter: "\n" }],
    ["field-delimiter", { delimiter: "," }],
    ["field-and-column", { field: "1", column: "a" }],
    ["column-empty", { column: " " }],
    ["column-delimiter", { column: "a", delimiter: "::" }],
    ["column-delimiter", { column: "a", delimiter: '"' }],
  ])("%s: %j", (code, options) => {
    expect(() => lineChoice(options)).toThrow(expect.objectContaining({ code }));
  });
});

describe("encodings", () => {
  const utf16 = (text: string, littleEndian: boolean) => {
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian);
    return bytes;
  };

  test.each([
    ["UTF-16LE with its mark", utf16("\ufeff10.0.0.1\r\n10.0.0.2\r\n", true)],
    ["UTF-16BE with its mark", utf16("\ufeff10.0.0.1\r\n10.0.0.2\r\n", false)],
    ["UTF-16LE without", utf16("10.0.0.1\r\n10.0.0.2\r\n", true)],
    ["UTF-16BE without", utf16("10.0.0.1\r\n10.0.0.2\r\n", false)],
  ])("%s is read, in pieces of a byte too", async (_, bytes) => {
    for (const cuts of [[], bytes.map((_byte, index) => index)]) {
      const lines = await contentsOf(piecesOf(bytes, [...cuts]), { kind: "line" });
      expect(lines.map(destinationOf)).toEqual(["10.0.0.1", "10.0.0.2"]);
    }
  });

  it("UTF-16 is not read as bytes, which may be those of an address", async () => {
    // In bytes: 1.1.1. and 1, and the second half of the last character is a line feed.
    const text = "\u312e\u312e\u312e\u310a";
    const lines = await contentsOf(piecesOf(utf16(`\ufeff\n${text}\n10.0.0.1\n`, false), []), { kind: "line" });
    expect(lines.map(destinationOf)).toEqual([text, "10.0.0.1"]);
  });

  it("invalid bytes affect only their line", async () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode("10.0.0.1\n"),
      0xe9,
      10,
      ...new TextEncoder().encode("10.0.0.2"),
    ]);
    const lines = await contentsOf(piecesOf(bytes, []), { kind: "line" });
    expect(lines.map(destinationOf)).toEqual(["10.0.0.1", "\ufffd", "10.0.0.2"]);
  });

  it("a character that is cut off belongs to its line, whatever the next piece begins with", async () => {
    const bytes = Uint8Array.from([0xe2, 0x82, ...new TextEncoder().encode("10.0.0.1\n")]);
    const lines = await contentsOf(piecesOf(bytes, [2]), { kind: "line" });
    expect(lines.map(destinationOf)).toEqual(["\ufffd10.0.0.1"]);
  });

  it("a single byte is a line", async () => {
    expect(await read("1")).toEqual(["1"]);
  });
});

describe("lines that are too long", () => {
  const tooLong = (line: number, start: string) =>
    `${line}!line-too-long '${start.repeat(60).slice(0, 57)}...': the line is too long to hold an address; write one destination per line`;
  const OPEN = "2!quote-open '\"x': unclosed quoted cell; close the quote, or double a quote inside a cell";
  test.each<[string, LineOptions, string, string[]]>([
    ["whole line", {}, `10.0.0.1\n${"x".repeat(200)}\n10.0.0.2\n`, ["10.0.0.1", tooLong(2, "x"), "10.0.0.2"]],
    ["the last", {}, `10.0.0.1\n${"x".repeat(200)}`, ["10.0.0.1", tooLong(2, "x")]],
    ["field", { field: "1" }, `${"x ".repeat(200)}\n10.0.0.2\n`, [tooLong(1, "x "), "10.0.0.2"]],
    ["column", { column: "a" }, `a\n${"x".repeat(200)}\n10.0.0.2\n`, [tooLong(2, "x"), "10.0.0.2"]],
    [
      "a record of many lines",
      { column: "a" },
      `a\n"x\n${"y\n".repeat(60)}10.0.0.2\n`,
      [OPEN, ...Array(60).fill("y"), "10.0.0.2"],
    ],
    [
      "a long line in an open quote",
      { column: "a" },
      `a\n"x\n${"y".repeat(200)}\n10.0.0.2\n`,
      [OPEN, tooLong(3, "y"), "10.0.0.2"],
    ],
  ])("%s: refused in its place, and the following lines are read", async (_, options, text, expected) => {
    expect(await read(text, options, 100)).toEqual(expected);
  });

  test.each<[string, LineOptions, string]>([
    ["whole line", {}, ""],
    ["column", { column: "a" }, "a\n"],
  ])("%s: a comment may have any length", async (_, options, header) => {
    expect(await read(`${header}# ${"x".repeat(200)}\n10.0.0.2\n`, options, 100)).toEqual(["10.0.0.2"]);
  });

  it("a line exactly at the limit is read, also with CRLF", async () => {
    expect(await read(`${"x".repeat(100)}\r\n${"y".repeat(101)}\r\n`, {}, 100)).toEqual([
      "x".repeat(100),
      tooLong(2, "y"),
    ]);
  });

  it.each([100, 5_000])("is refused when its start has come, in pieces of %i characters too", async (size) => {
    let count = 0;
    async function* pieces() {
      for (const start of ["10.0.0.1\n", "10.0.0.2\nx"]) yield new TextEncoder().encode(start);
      for (; count < 500; count++) yield new TextEncoder().encode("x".repeat(size));
    }
    for await (const contents of readLines(pieces(), { kind: "line" }, 1_000)) {
      if ([...contents].some((content) => "error" in content)) break;
    }
    expect(count).toBeLessThan(100);
  });

  it("keeps only the start of the line", async () => {
    const lines = await contentsOf(bytesOf("x".repeat(500_000), 100_000, 200_000), { kind: "line" });
    expect(lines).toHaveLength(1);
    expect(lines.map(destinationOf).join("").length).toBeLessThanOrEqual(60);
  });
});

test.each<[string, LineChoice, string]>([
  ["whole line", { kind: "line" }, "10.0.0.1\n"],
  ["field", { kind: "field", field: 2, delimiter: null }, "a 10.0.0.1\n"],
  ["column", { kind: "column", column: "a", delimiter: null }, "a\n10.0.0.1\n"],
])("%s: an endless line stops the input", async (_, choice, start) => {
  async function* endless() {
    yield new TextEncoder().encode(start);
    const piece = new Uint8Array(4 * 1024 * 1024).fill(120);
    for (;;) yield piece;
  }
  expect((await errorOf(contentsOf(endless(), choice))).code).toBe("line-endless");
});

test.each<[string, LineChoice, string]>([
  ["lines", { kind: "line" }, "10.0.0.1\n"],
  ["CSV", { kind: "column", column: "a", delimiter: null }, "a\n"],
])("%s are yielded before the input ends", async (_, choice, line) => {
  async function* endless() {
    for (;;) yield new TextEncoder().encode(line);
  }
  let count = 0;
  for await (const contents of readLines(endless(), choice)) {
    count += [...contents].length;
    if (count >= 1000) break;
  }
  expect(count).toBeGreaterThanOrEqual(1000);
});

describe("for any input", () => {
  const alphabet = fc.constantFrom(
    "1",
    "0",
    ".",
    ",",
    ";",
    '"',
    '""',
    ' "',
    ',"',
    '",',
    "\n",
    "\r\n",
    "\r",
    "#",
    " ",
    "\t",
    "a",
    "\u00e9",
    "\u{1f600}",
  );
  const addresses = fc.constantFrom(
    "10.0.0.1",
    "255.255.255.255",
    "010.1.1.1",
    "::1",
    "2001:DB8::1",
    "::ffff:10.0.0.4",
    "1.2.3.4.5",
  );
  const anyText = fc.oneof(
    fc.string({ unit: alphabet, maxLength: 60 }),
    fc
      .array(fc.oneof(alphabet, addresses, fc.constantFrom("\n", "\r\n", ",", "a,")), { maxLength: 40 })
      .map((parts) => parts.join("")),
    fc
      .array(
        fc.tuple(
          fc.constantFrom("", "a,", '"a",', "a ", '"a, b",', " ", "#"),
          addresses,
          fc.constantFrom("", ",b", " b", '"', " # c", "\u00a0x", ',"b'),
          fc.constantFrom("\n", "\n", "\r\n", "\r", ""),
        ),
        { maxLength: 12 },
      )
      .map((lines) => lines.flat().join("")),
  );
  const canonical = ({ destination }: Line) => formatAddress(parseAddress(destination));
  const choices = fc.constantFrom<LineChoice>(
    { kind: "line" },
    { kind: "field", field: 1, delimiter: null },
    { kind: "field", field: 2, delimiter: null },
    { kind: "field", field: 1, delimiter: "," },
    { kind: "field", field: 2, delimiter: "," },
    { kind: "field", field: 2, delimiter: "." },
    { kind: "column", column: "b", delimiter: null },
    { kind: "column", column: "a", delimiter: null },
  );
  const withHeader = (text: string, choice: LineChoice) => (choice.kind === "column" ? `a,b\n${text}` : text);

  it("the result does not depend on the pieces, nor on reading plain lines from bytes", {
    tags: ["slow"],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        anyText,
        choices,
        fc.array(fc.nat(80)),
        fc.integer({ min: 5, max: 60 }),
        async (text, choice, cuts, longest) => {
          const input = new TextEncoder().encode(withHeader(text, choice));
          const reference = await readAsText(input, choice, longest);
          const read = await contentsOf(piecesOf(input, cuts), choice, longest);
          expect(read.map(destinationOf)).toEqual(
            reference.map((line, at) => (typeof read[at] === "string" ? canonical(line) : line.destination)),
          );
          for (const [at, line] of read.entries()) if (typeof line !== "string") expect(line).toEqual(reference[at]);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("lines are yielded in order, each at most once, and none is blank", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, choices, async (text, choice) => {
        const lines = await readAsText(new TextEncoder().encode(withHeader(text, choice)), choice);
        const numbers = lines.map(({ line }) => line);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        for (const line of lines) if (isRefused(line)) expect(line.error.message.length).toBeLessThan(100);
      }),
    );
  });

  it("without a header, only a UserError is thrown", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        await read(text, { column: "a" }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(UserError);
        });
      }),
    );
  });

  it("every quoted cell is read back", async () => {
    const cell = fc.string({ unit: alphabet, minLength: 1, maxLength: 10 }).filter((text) => text.trim() !== "");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), async (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const csv = rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");
        // CRLF inside a cell is read as LF: the splitter works on lines.
        const expected = rows.map(([, text]) => text.replaceAll("\r\n", "\n").trim());
        expect(await read(`x,a\n${csv}`, { column: "a" })).toEqual(expected);
      }),
    );
  });
});
