import type { Colour } from "./colour.ts";
import type { Measure } from "./measure.ts";
import type { OutputStream } from "./streams.ts";
import { GAP } from "./table-form.ts";
import { wrap } from "./wrap.ts";

/** A row with a mark in front. Its cells are plain text on one line; the last are prose that may wrap. */
export interface StackedRow {
  readonly mark: string;
  readonly markColour: Colour | null;
  readonly cells: readonly string[];
  /** The colour of all cells. */
  readonly colour: Colour | null;
}

/** The rows and how they are laid out. */
export interface StackedTable {
  /** The names of the columns, or null for a table without. */
  readonly heading: readonly string[] | null;
  /** The rows, which are read several times: those of a long table may be made each time. */
  readonly rows: Iterable<StackedRow>;
  /** The same rows with shorter cells, for a terminal on which the others do not fit side by side. */
  readonly shorter?: Iterable<StackedRow>;
  /** How many of the last columns are prose, which wraps; one if missing. */
  readonly prose?: number;
  /** Blanks before each line. */
  readonly indent: number;
}

/** A column of prose that is narrower than this goes below the row instead. */
const NARROWEST = 20;

/** Blanks before the cells below a row, beyond those of its first cell. */
const BELOW = 2;

/**
 * Returns rows in aligned columns. Off a terminal nothing wraps. On a terminal the last column wraps inside its cells
 * if it is prose; where it has no room, or takes fewer lines below its row, columns go below the row, the last column
 * first, then the one before it. Only prose is broken, and only between words: a prefix, a name and an address stay
 * whole. Cost: linear in the cells.
 */
export const stackedRows = (table: StackedTable, stdout: OutputStream, measure: Measure): string =>
  [...stackedPieces(table, stdout, measure)].join("");

/** Yields the same text row by row, for a long table. */
export function* stackedPieces(table: StackedTable, stdout: OutputStream, measure: Measure): Generator<string> {
  const { rows, shorter, indent, prose = 1 } = table;
  const width = stdout.columns ?? Number.POSITIVE_INFINITY;
  let marks = 0;
  for (const { mark } of rows) marks = Math.max(marks, mark.length);
  const start = indent + (marks === 0 ? 0 : marks + 1);
  const fits = (some: Iterable<StackedRow>) => start + total(widthsOf(some, table.heading, measure)) <= width;
  const chosen = shorter === undefined || fits(rows) ? rows : shorter;
  const widths = widthsOf(chosen, table.heading, measure);
  const beside = columnsBeside(widths, prose, width - start);
  function* text(count: number): Generator<string> {
    const layout: Layout = { start, marks, widths, beside: count, width, measure };
    if (table.heading !== null) yield rowText(headingRow(table.heading.slice(0, count)), layout, indent, stdout);
    for (const row of chosen) yield rowText(row, layout, indent, stdout);
  }
  const isWhole = start + total(widths.slice(0, beside)) <= width;
  const isOpen = !isWhole && beside >= 2 && beside > widths.length - prose;
  yield* text(isOpen && linesIn(text(beside - 1)) < linesIn(text(beside)) ? beside - 1 : beside);
}

function linesIn(pieces: Iterable<string>): number {
  let lines = 0;
  for (const piece of pieces) lines += piece.split("\n").length - 1;
  return lines;
}

interface Layout {
  /** The column at which the first cell starts. */
  readonly start: number;
  readonly marks: number;
  readonly widths: readonly number[];
  /** How many columns are side by side. */
  readonly beside: number;
  readonly width: number;
  readonly measure: Measure;
}

const headingRow = (cells: readonly string[]): StackedRow => ({ mark: "", markColour: null, cells, colour: "dim" });

const total = (widths: readonly number[]) => widths.reduce((sum, each) => sum + each + GAP, -GAP);

function widthsOf(rows: Iterable<StackedRow>, heading: readonly string[] | null, measure: Measure): readonly number[] {
  const widths: number[] = heading === null ? [] : heading.map(measure);
  for (const { cells } of rows) {
    for (const [at, cell] of cells.entries()) widths[at] = Math.max(widths[at] ?? 0, measure(cell));
  }
  return widths;
}

/** How many columns go side by side: as many as fit whole, or whose last one is prose with room to wrap. */
function columnsBeside(widths: readonly number[], prose: number, room: number): number {
  let count = widths.length;
  for (; count > 1; count--) {
    const rest = room - total(widths.slice(0, count - 1)) - GAP;
    if ((widths[count - 1] ?? 0) <= rest) break;
    if (count > widths.length - prose && rest >= NARROWEST) break;
  }
  return count;
}

function rowText(
  { mark, markColour, cells, colour }: StackedRow,
  { start, marks, widths, beside, width, measure }: Layout,
  indent: number,
  { colours }: OutputStream,
): string {
  const paint = (text: string, own: Colour | null) => (own === null || text === "" ? text : colours[own](text));
  const pad = (cell: string, at: number) => cell + " ".repeat(Math.max(0, (widths[at] ?? 0) - measure(cell)) + GAP);
  const marked = marks === 0 ? "" : `${paint(mark, markColour)}${" ".repeat(marks - mark.length + 1)}`;
  const whole = cells
    .slice(0, beside - 1)
    .map(pad)
    .join("");
  const under = beside === 1 ? start : start + total(widths.slice(0, beside - 1)) + GAP;
  const below = start + BELOW;
  const [first = "", ...others] = wrap(cells[beside - 1] ?? "", room(width, under), measure);
  const rest = belowText(cells.slice(beside), room(width, below), measure);
  const lines = [
    `${" ".repeat(indent)}${marked}${paint((whole + first).trimEnd(), colour)}`.trimEnd(),
    ...others.map((line) => " ".repeat(under) + paint(line, colour)),
    ...rest.map((line) => " ".repeat(below) + paint(line, colour)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const room = (width: number, under: number) => (Number.isFinite(width) ? Math.max(1, width - under) : null);

/** The cells below a row, as one text: those before the last, then the last one's prose. */
function belowText(cells: readonly string[], width: number | null, measure: Measure): readonly string[] {
  const facts = cells.slice(0, -1).filter((cell) => cell !== "");
  const prose = cells.at(-1) ?? "";
  const text = [facts.join(", "), prose].filter((part) => part !== "").join(": ");
  return text === "" ? [] : wrap(text, width, measure);
}
