import Table from "cli-table3";
import { EMPTY, eachOf, GAP, type Lines } from "./columns.ts";
import type { Measure } from "./measure.ts";
import type { OutputStream } from "./terminal.ts";

/** cli-table3 takes time in the square of the rows, so a table is drawn in pages of this many. */
const PAGE = 100;

/** The indent of the second and later bands of a table. */
const INDENT = "  ";

/** Drawn between two rows, and removed again: it shows where a row of several lines ends. */
const BETWEEN = "\u001e";

/** Columns side by side. Where all columns do not fit side by side, a row continues in further bands below. */
interface Band {
  readonly columns: readonly number[];
  readonly widths: readonly number[];
}

/** The widths of a column's widest cell and longest word, and whether any cell but the heading has a value. */
interface Column {
  readonly at: number;
  natural: number;
  word: number;
  used: boolean;
}

/**
 * Yields a table that is at most `width` columns wide: cells wrap between words, and columns without any value are left
 * out where there is no room. A word is broken only where it is wider than the terminal. Cost: linear in the cells.
 */
export function* fittedTable(lines: Lines, stdout: OutputStream, width: number, measure: Measure): Generator<string> {
  const bands = bandsOf(columnsOf(lines, measure), width);
  let page: { readonly cells: readonly string[]; readonly paint: (line: string) => string }[] = [];
  for (const { cells, colour } of eachOf(lines)) {
    page.push({ cells, paint: colour === null ? (line) => line : stdout.colours[colour] });
    if (page.length < PAGE) continue;
    yield pageText(page, bands, measure);
    page = [];
  }
  if (page.length > 0) yield pageText(page, bands, measure);
}

function columnsOf(lines: Lines, measure: Measure): readonly Column[] {
  const columns: Column[] = [];
  let above: string[] = [];
  let isHeading = true;
  for (const { cells } of eachOf(lines)) {
    for (const [at, cell] of cells.entries()) {
      columns[at] ??= { at, natural: 0, word: 0, used: false };
      const column = columns[at];
      if (cell === above[at] || column === undefined) continue;
      above[at] = cell;
      column.natural = Math.max(column.natural, measure(cell));
      for (const word of cell.split(" ")) column.word = Math.max(column.word, measure(word));
      column.used ||= !isHeading && cell !== EMPTY;
    }
    if (isHeading) above = [];
    isHeading = false;
  }
  return columns;
}

const widthOf = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width + GAP, -GAP);

/** Returns the bands of a table: one where the columns fit side by side, with their cells wrapped if need be. */
function bandsOf(columns: readonly Column[], width: number): readonly Band[] {
  const fits = (some: readonly Column[], size: "natural" | "word") => widthOf(some.map((each) => each[size])) <= width;
  const used = columns.some((each) => each.used) ? columns.filter((each) => each.used) : columns;
  for (const some of [columns, used]) if (fits(some, "natural")) return [shrunk(some, width)];
  if (fits(used, "word")) return [shrunk(used, width)];
  const [whole, wrapped] = [stacked(used, "natural", width), stacked(used, "word", width)];
  const best = whole.length <= wrapped.length ? whole : wrapped;
  return best.map((some, at) => shrunk(some, at === 0 ? width : width - INDENT.length));
}

/** Puts as many columns side by side as fit, in their order. */
function stacked(columns: readonly Column[], size: "natural" | "word", width: number): readonly (readonly Column[])[] {
  const bands: Column[][] = [];
  for (const column of columns) {
    const band = bands.at(-1);
    const room = bands.length > 1 ? width - INDENT.length : width;
    if (band !== undefined && widthOf([...band, column].map((each) => each[size])) <= room) band.push(column);
    else bands.push([column]);
  }
  return bands;
}

/** Narrows columns until they fit, the widest first, but none below its longest word unless it is alone. */
function shrunk(columns: readonly Column[], width: number): Band {
  const widths = columns.map(({ natural }) => natural);
  while (widthOf(widths) > width) {
    const open = columns.map((column, at) => ((widths[at] ?? 0) > column.word ? (widths[at] ?? 0) : 0));
    const most = open.reduce((larger, each) => Math.max(larger, each), 0);
    const widest = open.indexOf(most);
    if (most === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return { columns: columns.map(({ at }) => at), widths: widths.map((each) => Math.min(each, width)) };
}

interface Row {
  readonly cells: readonly string[];
  readonly paint: (line: string) => string;
}

function pageText(rows: readonly Row[], bands: readonly Band[], measure: Measure): string {
  const drawn = bands.map((band) => drawnRows(rows, band, measure));
  return rows
    .map(({ cells, paint }, row) =>
      bands
        .map(({ columns }, band) => {
          if (band > 0 && columns.every((column) => cells[column] === EMPTY)) return "";
          const indent = band === 0 ? "" : INDENT;
          return (drawn[band]?.[row] ?? []).map((line) => `${paint(indent + line)}\n`).join("");
        })
        .join(""),
    )
    .join("");
}

/** Returns the lines of each row. */
function drawnRows(rows: readonly Row[], { columns, widths }: Band, measure: Measure): readonly (readonly string[])[] {
  const table = new Table({
    chars: CHARS,
    colWidths: widths.map((width) => width + GAP),
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
    wordWrap: true,
  });
  for (const { cells } of rows) {
    table.push(columns.map((column, at) => breakable(cells[column] ?? "", widths[at] ?? 1, measure)));
  }
  const lines: string[][] = [[]];
  for (const line of table.toString().split("\n")) {
    if (line.startsWith(BETWEEN)) lines.push([]);
    else lines.at(-1)?.push(line.trimEnd());
  }
  return lines;
}

const CHARS = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", right: "", "right-mid": "" },
  ...{ mid: BETWEEN, "mid-mid": "", middle: "" },
};

/** Breaks words that are wider than the column: cli-table3 would end them in an ellipsis. */
function breakable(cell: string, width: number, measure: Measure): string {
  if (measure(cell) <= width) return cell;
  return cell
    .split(" ")
    .map((word) => (measure(word) <= width ? word : pieces(word, width, measure).join("\n")))
    .join(" ");
}

function pieces(word: string, width: number, measure: Measure): readonly string[] {
  const found: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && measure(piece + character) > width) {
      found.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
}
