import { type Cell, cellText } from "./cell.ts";

const EMPTY = "-";

/**
 * One line of cells with tabs between, for `cut`, `awk` and `read`: `-` for an empty cell, so that columns can be counted; no
 * tab or line break in a cell (they become blanks), no quoting.
 */
export function tsvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => cellText(cell).trim() || EMPTY).join("\t")}\n`;
}

/** A line for each row, without a header. Linear in the cells. */
export function tsvText(rows: Iterable<readonly Cell[]>): string {
  let text = "";
  for (const row of rows) text += tsvLine(row);
  return text;
}
