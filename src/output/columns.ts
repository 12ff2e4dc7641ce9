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

function widths(lines: readonly Line[], measure: Measure): number[] {
  const widest: number[] = [];
  for (const { cells } of lines) {
    cells.forEach((cell, column) => {
      widest[column] = Math.max(widest[column] ?? 0, measure(cell));
    });
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
 * out. Cost: linear in the cells.
 */
export async function inColumns(
  allLines: readonly Line[],
  stdout: OutputStream,
  width: number | null = stdout.columns,
): Promise<string> {
  const measure = await measureFor(allLines.flatMap(({ cells }) => cells));
  const lines = allLines.length > 1 ? fitted(allLines, width, measure) : allLines;
  const widest = widths(lines, measure);
  let text = "";
  for (const { cells, colour } of lines) {
    let row = "";
    cells.forEach((cell, column) => {
      row += cell + " ".repeat((widest[column] ?? 0) - measure(cell));
    });
    row = row.trimEnd();
    text += `${colour === null ? row : stdout.chalk[colour](row)}\n`;
  }
  return text;
}
