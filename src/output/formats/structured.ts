import { elementsOf } from "../results/elements.ts";
import { rowsOf } from "../results/kinds.ts";
import { csvText } from "./csv.ts";
import type { Printer } from "./formats.ts";
import { markdownText } from "./markdown.ts";
import { ndjsonText } from "./ndjson.ts";
import { tsvText } from "./tsv.ts";
import { wideText } from "./wide.ts";
import { yamlText } from "./yaml.ts";

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
