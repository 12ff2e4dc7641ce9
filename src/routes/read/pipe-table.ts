import { UserError } from "../../text/user-error.ts";
import { FIT, type Form } from "./form.ts";
import { isCut } from "./grid/cells.ts";
import type { Grid, GridRow } from "./grid/grid.ts";
import { fitOfHeadings, tablesOf } from "./grid/grid.ts";
import { titleAbove } from "./grid/titles.ts";
import { columnOf } from "./headings.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/**
 * A table with pipes between its cells: Markdown of any dialect, Jira's `||heading||`, and boxes drawn with `+---+`.
 */
export const pipeTable: Form<string> = {
  name: "pipe-table",
  recognises: (text) => {
    const headings = text.split("\n").filter(isHeading).map(headingsOf);
    return headings.length === 0 ? FIT.none : fitOfHeadings(headings);
  },
  tables: (text) => tablesOf(gridsIn(text.split("\n"))),
};

/** The lines between headings and rows: `|---|:--:|`, `+----+----+`. */
const isRule = (line: string) => line.includes("-") && /^[\s|+:=-]+$/.test(line);

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
  return line.includes("|") && headingsOf(line).filter((cell) => columnOf(cell) !== null).length >= 2;
}

function gridsIn(lines: readonly string[]): readonly Grid[] {
  const starts = lines.flatMap((line, at) => (isHeading(line) ? [at] : []));
  return starts.map((start, index) => {
    const headings = headingsOf(lines[start] ?? "");
    const title = titleAbove(lines, start, index === 0 ? 0 : (starts[index - 1] ?? 0) + 1);
    return { title, headings, ...rowsFrom(lines, start + 1, starts[index + 1] ?? lines.length, headings.length) };
  });
}

function rowsFrom(lines: readonly string[], from: number, until: number, width: number) {
  const rows: GridRow[] = [];
  let leftOut: number | null = null;
  for (let at = from; at < until; at++) {
    const line = lines[at] ?? "";
    if (isRule(line)) continue;
    if (!line.includes("|")) {
      // An ellipsis alone, right below a row, is in place of rows.
      if (/^\s*(\.{3,}|…)\s*$/.test(line)) leftOut ??= at + 1;
      else if (/[0-9a-f.:]\/\d{1,3}\b/i.test(line) && lines[at - 1]?.includes("|") === true) throw misfit(at + 1);
      if (line.trim() === "") break;
      continue;
    }
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === "" || /^(\.{3,}|…)$/.test(cell)) && isCut(line)) {
      leftOut ??= at + 1;
      continue;
    }
    if (cells.length !== width) throw misfit(at + 1);
    rows.push({ at: `line ${at + 1}`, cells });
  }
  return { rows, leftOut };
}

function misfit(line: number): UserError<RouteFileErrorCode> {
  return new UserError(
    "row-unreadable",
    `line ${line} does not have as many cells as the heading of its table`,
    `paste the table whole, each route on a line of its own; ${HOW_TO_EXPORT}`,
  );
}
