import { type Measure, measureFor } from "./measure.ts";
import type { OutputStream } from "./terminal.ts";

/** What an empty cell shows, so that columns can be counted. */
export const EMPTY = "-";

/** One line of a table: a cell for each column, and how the line is coloured where colour is wanted. */
export interface Line {
  readonly cells: readonly string[];
  readonly colour: "red" | "yellow" | "dim" | "bold" | null;
}

const GAP = 2;

/**
 * What a function gives for each cell of a column, line by line. Asked again for the cell that it was asked for last, as happens all the way
 * down most columns, it is not computed again.
 */
function byColumn<T>(compute: (cell: string, column: number) => T): (cell: string, column: number) => T {
  const cells: string[] = [];
  const results: T[] = [];
  return (cell, column) => {
    if (cells[column] !== cell || !(column in results)) {
      cells[column] = cell;
      results[column] = compute(cell, column);
    }
    return results[column] as T;
  };
}

function widths(lines: readonly Line[], measure: Measure): number[] {
  const widest: number[] = [];
  const measured = byColumn(measure);
  for (const { cells } of lines) {
    for (let column = 0; column < cells.length; column++) {
      const width = measured(cells[column] ?? "", column);
      if (width > (widest[column] ?? -1)) widest[column] = width;
    }
  }
  return widest.map((width) => width + GAP);
}

/** On a terminal that is too narrow, columns without a single value are left out: that loses nothing. */
function fitted(lines: readonly Line[], columns: number | null, measure: Measure): readonly Line[] {
  if (columns === null || widths(lines, measure).reduce((sum, width) => sum + width, -GAP) <= columns) return lines;
  const used = (lines[0]?.cells ?? []).map((_, column) => lines.slice(1).some(({ cells }) => cells[column] !== EMPTY));
  return lines.map(({ cells, colour }) => ({ cells: cells.filter((_, column) => used[column]), colour }));
}

/**
 * Lines in columns that are as wide as their widest cell: no borders, nothing cut, nothing wrapped, no trailing blanks. Cells
 * must be plain text. The first line is the heading, whatever lines follow. Of what is wider than `width`, empty columns are left
 * out. No column is narrower than `least` says, which afterwards holds their widths: what is laid out later goes on in the same columns.
 * Cost: linear in the cells.
 */
export async function inColumns(
  allLines: readonly Line[],
  stdout: OutputStream,
  width: number | null = stdout.columns,
  least: number[] = [],
): Promise<string> {
  const measure = await measureFor(columnwise(allLines));
  const lines = allLines.length > 1 ? fitted(allLines, width, measure) : allLines;
  const widest = widths(lines, measure).map((own, column) => Math.max(own, least[column] ?? 0));
  least.length = 0;
  for (const each of widest) least.push(each);
  const padded = byColumn((cell, column) => cell + " ".repeat((widest[column] ?? 0) - measure(cell)));
  const rows: string[] = [];
  for (const { cells, colour } of lines) {
    let row = "";
    for (let column = 0; column < cells.length; column++) row += padded(cells[column] ?? "", column);
    row = row.trimEnd();
    rows.push(colour === null ? row : stdout.chalk[colour](row), "\n");
  }
  return rows.join("");
}

/** The cells, without those that are as the one above. */
function* columnwise(lines: readonly Line[]): Generator<string> {
  const above: string[] = [];
  for (const { cells } of lines) {
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? "";
      if (cell !== above[column]) yield cell;
      above[column] = cell;
    }
  }
}
