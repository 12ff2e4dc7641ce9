import type { Colour } from "./colour.ts";
import { type Measure, measureFor } from "./measure.ts";
import type { OutputStream } from "./terminal.ts";

/** The text of an empty cell, so that columns can be counted. */
export const EMPTY = "-";

/** The blanks between two columns. */
export const GAP = 2;

/** One line of a table: a cell for each column, and the line's colour. Cells must be plain text on one line. */
export interface Line {
  readonly cells: readonly string[];
  readonly colour: Colour | null;
}

/** The lines of a table, the heading first. A long table is a function, which is called for each of several passes. */
export type Lines = readonly Line[] | (() => Iterable<Line>);

export const eachOf = (lines: Lines): Iterable<Line> => (typeof lines === "function" ? lines() : lines);

/**
 * Returns lines in columns without borders. On a terminal of `width` columns the table is fitted to it; elsewhere
 * columns are as wide as their widest cell, and nothing is cut or wrapped. There, no column is narrower than `least`,
 * which then holds the widths, so that a later part of the table can go on in the same columns. Cost: linear in the
 * cells.
 */
export async function inColumns(
  lines: Lines,
  stdout: OutputStream,
  width: number | null = stdout.columns,
  least: number[] = [],
): Promise<Iterable<string>> {
  const measure = await measureFor(cellsThatDiffer(lines));
  if (width !== null) {
    const { fittedTable } = await import("./fitted-table.ts");
    return fittedTable(lines, stdout, width, measure);
  }
  for (const { cells } of eachOf(lines)) {
    for (let column = 0; column < cells.length; column++) {
      const own = measure(cells[column] ?? "");
      if (own > (least[column] ?? 0)) least[column] = own;
    }
  }
  return padded(lines, stdout, [...least], measure);
}

function* padded(
  lines: Lines,
  { colours }: OutputStream,
  widths: readonly number[],
  measure: Measure,
): Generator<string> {
  for (const { cells, colour } of eachOf(lines)) {
    let text = "";
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? "";
      text += cell.padEnd((widths[column] ?? 0) + GAP - measure(cell) + cell.length);
    }
    text = text.trimEnd();
    yield `${colour === null ? text : colours[colour](text)}\n`;
  }
}

/** Yields the cells that differ from the one above, which are few. */
function* cellsThatDiffer(lines: Lines): Generator<string> {
  const above: string[] = [];
  for (const { cells } of eachOf(lines)) {
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? "";
      if (cell !== above[column]) yield cell;
      above[column] = cell;
    }
  }
}
