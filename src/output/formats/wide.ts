import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { rowsOf } from "../results/kinds.ts";
import { type Cell, cellText } from "./cell.ts";
import { type Format, type RecordKind, type RecordText, writePieces } from "./format.ts";
import { numberedColumns, tabular } from "./tabular.ts";

/** Returns a column's heading: `ADDRESS PREFIX` for `addressPrefix`. */
function heading(column: string): string {
  return column.replace(/(?<=[a-z0-9])[A-Z]/g, " $&").toUpperCase();
}

const headingLine = (columns: readonly string[]): Line => ({ cells: columns.map(heading), colour: "bold" });

const line = (cells: readonly Cell[]): Line => ({ cells: cells.map((each) => cellText(each) || EMPTY), colour: null });

/** Prints every column in a table without borders, a line for each row, at full width. */
async function printWide(columns: readonly string[], rows: Iterable<readonly Cell[]>, stdout: OutputStream) {
  const lines = function* () {
    yield headingLine(columns);
    for (const row of rows) yield line(row);
  };
  await writePieces(await inColumns(lines, stdout, null), stdout);
}

/** Prints the result of a query: plain values as lines, anything else as a table. */
export async function printFoundInColumns(found: unknown, stdout: OutputStream): Promise<void> {
  const { columns, rows } = tabular(found);
  if (columns === null && rows.every((row) => row.length < 2)) {
    await writePieces(
      rows.map((row) => `${row.map(cellText).join("")}\n`),
      stdout,
    );
  } else await printWide(columns ?? numberedColumns(rows), rows, stdout);
}

/** Most lines laid out together. */
const WAITING = 1000;

/** Returns records in columns. Records that arrive together are laid out together; later columns may be wider. */
export function growingColumns<T>({ columns, rows }: RecordKind<T>, stdout: OutputStream): RecordText<T> {
  let waiting: Line[] = [headingLine(columns)];
  const widths: number[] = [];
  const settled = async () => {
    const lines = waiting;
    waiting = [];
    return [...(await inColumns(lines, stdout, null, widths))].join("");
  };
  return {
    detail: "row",
    head: "",
    of: (record) => {
      for (const cells of rows(record)) waiting.push(line(cells));
      return waiting.length < WAITING ? "" : settled();
    },
    settled,
    tail: () => "",
  };
}

/** Every column, a line for each row. */
export const wide: Format = {
  async print(result, stdout) {
    const { columns, rows } = await rowsOf(result);
    await printWide(columns, rows, stdout);
  },
  printFound: printFoundInColumns,
  stream: growingColumns,
};
