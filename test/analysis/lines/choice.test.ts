import { expect, test } from "vitest";
import { type LineChoice, type LineOptions, lineChoice } from "../../../src/analysis/lines/choice.ts";
import { UserError } from "../../../src/text/user-error.ts";

test.each<[string, LineOptions, LineChoice]>([
  ["the whole line, without options", {}, { kind: "line" }],
  ["a field at whitespace", { field: "1" }, { kind: "field", field: 1, delimiter: null }],
  ["the last field that can be asked for", { field: "999999" }, { kind: "field", field: 999_999, delimiter: null }],
  ["a field at a text", { field: "20", delimiter: "::" }, { kind: "field", field: 20, delimiter: "::" }],
  ["a field at quotes", { field: "2", delimiter: '"' }, { kind: "field", field: 2, delimiter: '"' }],
  ["a field at a blank", { field: "2", delimiter: " " }, { kind: "field", field: 2, delimiter: " " }],
  ["a tab as \\t", { field: "2", delimiter: "\\t" }, { kind: "field", field: 2, delimiter: "\t" }],
  ["a tab by its name", { field: "2", delimiter: "Tab" }, { kind: "field", field: 2, delimiter: "\t" }],
  ["a comma by its name", { field: "2", delimiter: "comma" }, { kind: "field", field: 2, delimiter: "," }],
  ["a semicolon by its name", { column: "a", delimiter: "SEMICOLON" }, { kind: "column", column: "a", delimiter: ";" }],
  ["another name is itself", { field: "2", delimiter: "Pipe" }, { kind: "field", field: 2, delimiter: "Pipe" }],
  ["a column without blanks around it", { column: " a b\t" }, { kind: "column", column: "a b", delimiter: null }],
])("the options mean %s", (_, options, expected) => {
  expect(lineChoice(options)).toEqual(expected);
});

const NUMBER = "fields are counted from 1, as in cut and awk";
const BETWEEN = "pass the text between the fields, e.g. --delimiter ,";
const ONE = "pass one character, e.g. --delimiter ';', or omit it to detect it from the header";
test.each<[LineOptions, string]>([
  [{ field: "0" }, `field-number: --field must be a number from 1, not '0'; ${NUMBER}`],
  [{ field: "01" }, `field-number: --field must be a number from 1, not '01'; ${NUMBER}`],
  [{ field: "x1" }, `field-number: --field must be a number from 1, not 'x1'; ${NUMBER}`],
  [{ field: "1x" }, `field-number: --field must be a number from 1, not '1x'; ${NUMBER}`],
  [{ field: "-1" }, `field-number: --field must be a number from 1, not '-1'; ${NUMBER}`],
  [{ field: "" }, `field-number: --field must be a number from 1, not ''; ${NUMBER}`],
  [{ field: "1000000" }, `field-number: --field must be a number from 1, not '1000000'; ${NUMBER}`],
  [{ field: "1", delimiter: "" }, `field-delimiter: --delimiter is empty or a line break; ${BETWEEN}`],
  [{ field: "1", delimiter: "a\n" }, `field-delimiter: --delimiter is empty or a line break; ${BETWEEN}`],
  [{ column: "a", delimiter: "\r" }, `field-delimiter: --delimiter is empty or a line break; ${BETWEEN}`],
  [
    { delimiter: "," },
    "field-delimiter: --delimiter requires --field or --column; add --field N, counted from 1, or --column NAME for input with a header",
  ],
  [
    { field: "1", column: "a" },
    "field-and-column: --field and --column cannot be combined; use --column for input with a header, --field for lines without one",
  ],
  [{ column: "" }, "column-empty: --column is empty; pass the name of a column in the header"],
  [{ column: " \t" }, "column-empty: --column is empty; pass the name of a column in the header"],
  [
    { column: "a", delimiter: "::" },
    `column-delimiter: --delimiter must be one character with --column, not '::'; ${ONE}`,
  ],
  [
    { column: "a", delimiter: '"' },
    `column-delimiter: --delimiter must be one character with --column, not '"'; ${ONE}`,
  ],
])("the options %j are rejected, and the error says what to write", (options, expected) => {
  let told = "";
  try {
    lineChoice(options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    told = `${error.code}: ${error.message}; ${error.hint}`;
  }
  expect(told).toBe(expected);
});
