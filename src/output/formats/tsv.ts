import { type Cell, cellText } from "./cell.ts";
import { flatFormat } from "./flat.ts";

const EMPTY = "-";

/**
 * Returns one line of cells separated by tabs, for `cut`, `awk` and `read`. An empty cell is `-`, so that every row has
 * the same number of fields. Tabs and line breaks in a cell become blanks; nothing is quoted.
 */
export function tsvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => cellText(cell).trim() || EMPTY).join("\t")}\n`;
}

/** A line for each row, without a header. */
export const tsv = flatFormat({ head: () => "", line: tsvLine, before: "" });
