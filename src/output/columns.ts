import type Table from "cli-table3";
import type { OutputStream } from "./terminal.ts";

/** What an empty cell shows, so that columns can be counted. */
export const EMPTY = "-";

/** One line of a table: a cell for each column, and how the line is coloured where colour is wanted. */
export interface Line {
  readonly cells: readonly string[];
  readonly colour: "red" | "dim" | "bold" | null;
}

// cli-table3 takes time in the square of its rows, so a long table is laid out in pieces of equal column widths.
const PIECE = 100;
const GAP = 2;

const NO_BORDERS = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);

type Measure = (text: string) => number;

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
 * must be plain text. The first line is the heading, whatever lines follow.
 */
export async function inColumns(allLines: readonly Line[], stdout: OutputStream): Promise<string> {
  const [{ default: TableClass }, { default: measure }] = await Promise.all([
    import("cli-table3"),
    import("string-width"),
  ]);
  const lines = allLines.length > 1 ? fitted(allLines, stdout.columns, measure) : allLines;
  const colWidths = widths(lines, measure);
  let text = "";
  for (let from = 0; from < lines.length; from += PIECE) {
    const piece = lines.slice(from, from + PIECE);
    const table: Table.Table = new TableClass({
      chars: NO_BORDERS,
      style: { head: [], border: [], "padding-left": 0, "padding-right": GAP, compact: true },
      colWidths,
    });
    for (const { cells } of piece) table.push([...cells]);
    const rows = table.toString().split("\n");
    piece.forEach(({ colour }, index) => {
      const row = (rows[index] ?? "").trimEnd();
      text += `${colour === null ? row : stdout.chalk[colour](row)}\n`;
    });
  }
  return text;
}
