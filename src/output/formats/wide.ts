import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { type Cell, cellText } from "./cell.ts";

/** `addressPrefix` as a table's heading: `ADDRESS PREFIX`. */
export function heading(column: string): string {
  return column.replace(/(?<=[a-z0-9])[A-Z]/g, " $&").toUpperCase();
}

/** Every column in a table without borders, a line for each row. */
export function wideText(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  stdout: OutputStream,
): Promise<string> {
  const line = (cells: readonly Cell[]): Line => ({
    cells: cells.map((each) => cellText(each) || EMPTY),
    colour: null,
  });
  return inColumns([{ cells: columns.map(heading), colour: "bold" }, ...rows.map(line)], stdout, null);
}
