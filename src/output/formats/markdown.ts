import { type Cell, cellText } from "./cell.ts";
import { flatFormat } from "./flat.ts";

/** The characters that Markdown reads as markup, or as the end of a cell. An underscore inside a word is neither. */
const MARKUP = /[\\|`*~[\]<>&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

const BEFORE = "| ";

/** Returns one row of a table. Every cell shows as it is. */
export const markdownLine = (cells: readonly Cell[]) =>
  `${BEFORE}${cells.map((cell) => cellText(cell).trim().replace(MARKUP, "\\$&")).join(" | ")} |\n`;

/** Returns the header and the delimiter row. */
export const markdownHead = (columns: readonly string[]) =>
  markdownLine(columns) + markdownLine(columns.map(() => "---"));

/** A table in GitHub Flavored Markdown. https://github.github.com/gfm/#tables-extension- */
export const markdown = flatFormat({ head: markdownHead, line: markdownLine, before: BEFORE });
