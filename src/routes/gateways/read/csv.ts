import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { FIT } from "../../read/form.ts";
import { type GatewayForm, type RecordTable, rejection } from "./record-table.ts";
import { rowKindOf } from "./row-kind.ts";
import { NO_TITLE } from "./titles.ts";

/** What `Export-Csv` of PowerShell and spreadsheets make of such a table. */
export const csv: GatewayForm = {
  name: "csv",
  recognises: (text) => (headingOf(text).delimiter === undefined ? FIT.none : FIT.full),
  tables: (text) => [tableIn(text)],
};

/** The most characters of a heading, which has some ten columns. */
const LONGEST_HEADING = 2000;

/** The text from its heading on, and what separates its columns; undefined where the text begins otherwise. */
function headingOf(text: string): { readonly table: string; readonly delimiter: string | undefined } {
  // Windows PowerShell writes a line with the type above it.
  const table = text.replace(/^\s*(#TYPE [^\n]*\n)?\s*/, "");
  const [line = ""] = table.slice(0, LONGEST_HEADING).split("\n", 1);
  const delimiter = [",", ";", "\t"].find((each) => rowKindOf(line.split(each)) !== null);
  return { table, delimiter };
}

/** @throws UserError for rows that do not fit the heading. */
function tableIn(text: string): RecordTable {
  const { table, delimiter = "," } = headingOf(text);
  let rows: string[][];
  try {
    rows = parse(table.trimEnd(), { delimiter, relax_column_count: false, skip_empty_lines: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw rejection("csv-syntax", "its rows do not fit the columns of its heading");
  }
  const [headings = [], ...cells] = rows;
  if (cells.length === 0) throw rejection("rows-missing", "the table has a heading and no rows");
  const records = cells.map((row, index) => ({
    at: `row ${index + 1}`,
    fields: Object.fromEntries(headings.map((heading, column) => [heading, row[column] ?? ""])),
    instance: null,
  }));
  return { title: NO_TITLE, rowKind: rowKindOf(headings), records, headings, roles: null, note: null };
}
