import { csvText } from "./csv-text.ts";
import { elementsOf } from "./elements.ts";
import { markdownText } from "./markdown-text.ts";
import { ndjsonText } from "./ndjson-text.ts";
import type { Printer } from "./printers.ts";
import { rowsOf } from "./rows.ts";
import { tsvText } from "./tsv-text.ts";
import { wideText } from "./wide-text.ts";
import { yamlText } from "./yaml-text.ts";

/** Every column, a line for each row. */
export const printWide: Printer = async (result, { stdout }) => {
  const { columns, rows } = rowsOf(result);
  stdout.write(await wideText(columns, rows, stdout));
};

/** The elements of the report, one a line. */
export const printNdjson: Printer = async (result, { stdout }) => stdout.write(ndjsonText(elementsOf(result)));

export const printCsv: Printer = async (result, { stdout }) => {
  const { columns, rows } = rowsOf(result);
  stdout.write(csvText(columns, rows));
};

export const printTsv: Printer = async (result, { stdout }) => stdout.write(tsvText(rowsOf(result).rows));

export const printMarkdown: Printer = async (result, { stdout }) => {
  const { columns, rows } = rowsOf(result);
  stdout.write(markdownText(columns, rows));
};

/** The report itself. */
export const printYaml: Printer = async ({ report }, { stdout }) => stdout.write(await yamlText(report));

/** Nothing: the exit code is the answer. */
export const printNone: Printer = async () => {};
