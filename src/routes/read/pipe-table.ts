import { UserError } from "../../text/user-error.ts";
import type { Form } from "./form.ts";
import { isCut, saysLeftOut } from "./grid/cells.ts";
import type { Grid, GridRow } from "./grid/grid.ts";
import { fitOfHeadings, tablesOf, withoutRows } from "./grid/grid.ts";
import { otherGrid } from "./grid/other-grid.ts";
import { titleAbove } from "./grid/titles.ts";
import { columnOf, missingColumns } from "./headings.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/**
 * A table with pipes between its cells: Markdown of any dialect, Jira's `||heading||`, and boxes drawn with `+---+`.
 */
export const pipeTable: Form<string> = {
  name: "pipe-table",
  recognises: (text) => fitOfHeadings(linesOf(text).filter(isHeading).map(headingsOf)),
  tables: (text) => tablesOf(gridsIn(linesOf(text))),
};

/** The lines of a text; the lines that Unicode draws boxes with are pipes, dashes and crosses. */
function linesOf(text: string): readonly string[] {
  const plain = text
    .replace(/[\u2502\u2503\u2551]/g, "|")
    .replace(/[\u2500\u2501\u2550]/g, "-")
    .replace(/[\u250c-\u254b\u2552-\u256c]/g, "+");
  return plain.split("\n");
}

/** The lines between headings and rows: `|---|:--:|`, `+----+----+`, `+====+====+`. */
const isRule = (line: string) => /[-=]/.test(line) && /^[\s|+:=-]+$/.test(line);

/** The cells of a line, without what is outside the outer pipes; `\\|` is text. */
function cellsOf(line: string): readonly string[] {
  const text = line.trim();
  const cells = text.split(/(?<!\\)\|/);
  if (text.startsWith("|")) cells.shift();
  if (/(?<!\\)\|$/.test(text)) cells.pop();
  return cells.map((cell) => cell.replaceAll("\\|", "|").trim());
}

/** The cells of a heading. Jira doubles its pipes. */
function headingsOf(line: string): readonly string[] {
  return cellsOf(/^\s*\|\|.*\|\|.*\|\|/.test(line) ? line.replaceAll("||", "|") : line);
}

/** Whether a line is the heading of a table of routes: at least two columns of one. */
function isHeading(line: string): boolean {
  if (!line.includes("|")) return false;
  const headings = headingsOf(line);
  return headings.filter((cell) => columnOf(cell) !== null).length >= 2 || otherGrid(headings) !== null;
}

function gridsIn(lines: readonly string[]): readonly Grid[] {
  const starts = lines.flatMap((line, at) => (isHeading(line) ? [at] : []));
  return starts.map((start, index) => {
    const headings = headingsOf(lines[start] ?? "");
    const title = titleAbove(lines, start, index === 0 ? 0 : (starts[index - 1] ?? 0) + 1);
    const isRoutes = missingColumns(headings).length === 0;
    const until = starts[index + 1] ?? lines.length;
    return { title, headings, ...(isRoutes ? rowsFrom(lines, start + 1, until, headings) : NO_ROWS) };
  });
}

const NO_ROWS = { rows: [], leftOut: null };

/**
 * @throws UserError for a line that is a row and does not fit, and for a row below other text: nothing says whose it
 * is.
 */
function rowsFrom(lines: readonly string[], from: number, until: number, headings: readonly string[]) {
  const rows: GridRow[] = [];
  const state = headings.findIndex((heading) => columnOf(heading) === "state");
  let leftOut: number | null = null;
  // Whether the line above belongs to the table, and whether other text has ended it.
  let open = true;
  let ended = false;
  for (const [index, line] of lines.slice(from, until).entries()) {
    const at = from + index;
    if (line.trim() === "") {
      open = false;
    } else if (isRule(line)) {
    } else if (!line.includes("|")) {
      if (saysLeftOut(line) && !ended) leftOut ??= at + 1;
      else if (open && /[0-9a-f.:]\/\d{1,3}\b/i.test(line)) throw misfit(at + 1);
      else ended = true;
    } else {
      const cells = rowOf(line, headings.length);
      if (cells.every((cell) => cell === "" || /^(\.{3,}|…)$/.test(cell)) && isCut(line)) {
        leftOut ??= at + 1;
      } else if (open || (cells.length === headings.length && /active|invalid/i.test(cells[state] ?? ""))) {
        if (ended || cells.length !== headings.length) throw misfit(at + 1);
        rows.push({ at: `line ${at + 1}`, cells });
        open = true;
      } else if (/\b(active|invalid)\b/i.test(line) && /[0-9a-f.:]\/\d{1,3}\b/i.test(line)) {
        throw misfit(at + 1);
      } else {
        ended = true;
      }
    }
  }
  if (rows.length === 0) throw withoutRows();
  return { rows, leftOut };
}

/** The cells of a row. Without outer pipes, the pipe before a blank last cell looks like one. */
function rowOf(line: string, width: number): readonly string[] {
  const cells = cellsOf(line);
  return cells.length === width - 1 && !line.trim().startsWith("|") && line.trim().endsWith("|")
    ? [...cells, ""]
    : cells;
}

function misfit(line: number): UserError<RouteFileErrorCode> {
  return new UserError(
    "row-unreadable",
    `line ${line} is a row that does not fit the table above it`,
    `paste the table whole, each route on a line of its own; ${HOW_TO_EXPORT}`,
  );
}
