import { type Cell, cellText } from "./cell.ts";

/** What Markdown would read as markup, or as the end of a cell. An underscore inside a word is none. */
const MARKUP = /[\\|`*~[\]<>&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

function cell(value: Cell): string {
  return cellText(value).trim().replace(MARKUP, "\\$&");
}

const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;

/** One row of a table. */
export const markdownLine = (cells: readonly Cell[]) => line(cells.map(cell));

/**
 * A table in GitHub Flavored Markdown: header, delimiter row, a line for each row. Every cell shows as it is.
 * https://github.github.com/gfm/#tables-extension-
 */
export function markdownText(columns: readonly string[], rows: Iterable<readonly Cell[]>): string {
  let text = line(columns.map(cell)) + line(columns.map(() => "---"));
  for (const row of rows) text += markdownLine(row);
  return text;
}
