import { type Measure, measureFor } from "./measure.ts";
import type { OutputStream } from "./terminal.ts";

/** What an empty cell shows, so that columns can be counted. */
export const EMPTY = "-";

/** A cell's text, or, of several lines that are told together, the text of each of them. */
type Cell = string | readonly string[];

/**
 * One line of a table: a cell for each column, and how the line is coloured where colour is wanted. Where cells are lists, all of one
 * length and none empty, it is a line for each of their texts, alike in the other cells.
 */
export interface Line {
  readonly cells: readonly Cell[];
  readonly colour: "red" | "yellow" | "dim" | "bold" | null;
}

const GAP = 2;

/**
 * What a function gives for each text of a column, line by line. Asked again for the text that it was asked for last, as happens all the
 * way down most columns, it is not computed again.
 */
function byColumn<T>(compute: (text: string, column: number) => T): (text: string, column: number) => T {
  const texts: string[] = [];
  const results: T[] = [];
  return (text, column) => {
    if (texts[column] !== text || !(column in results)) {
      texts[column] = text;
      results[column] = compute(text, column);
    }
    return results[column] as T;
  };
}

function widestOf(texts: readonly string[], measure: Measure): number {
  let widest = 0;
  for (const text of texts) widest = Math.max(widest, measure(text));
  return widest;
}

function widths(lines: readonly Line[], measure: Measure): number[] {
  const widest: number[] = [];
  const measured = byColumn(measure);
  for (const { cells } of lines) {
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? "";
      const width = typeof cell === "string" ? measured(cell, column) : widestOf(cell, measure);
      if (width > (widest[column] ?? -1)) widest[column] = width;
    }
  }
  return widest.map((width) => width + GAP);
}

const isEmpty = (cell: Cell) => (typeof cell === "string" ? cell === EMPTY : cell.every((text) => text === EMPTY));

/** On a terminal that is too narrow, columns without a single value are left out: that loses nothing. */
function fitted(lines: readonly Line[], columns: number | null, measure: Measure): readonly Line[] {
  if (columns === null || widths(lines, measure).reduce((sum, width) => sum + width, -GAP) <= columns) return lines;
  const used = (lines[0]?.cells ?? []).map((_, column) =>
    lines.slice(1).some(({ cells }) => !isEmpty(cells[column] ?? "")),
  );
  return lines.map(({ cells, colour }) => ({ cells: only(cells, used), colour }));
}

/** The cells of the columns that are used: for as many lines, also where the lists of these are left out. */
function only(cells: readonly Cell[], used: readonly boolean[]): readonly Cell[] {
  const [first = "", ...rest] = cells.filter((_, column) => used[column]);
  const isList = (cell: Cell) => typeof cell !== "string";
  const list = [first, ...rest].some(isList) ? undefined : cells.find(isList);
  return list === undefined || typeof list === "string" ? [first, ...rest] : [list.map(() => String(first)), ...rest];
}

/** How cells are padded: single ones, which are mostly as the one above, and those of a list. */
interface Padding {
  one(text: string, column: number): string;
  each(texts: readonly string[], column: number): readonly string[];
}

/** The text of a line; of several that are told together, with line breaks between them. */
function textOf(cells: readonly Cell[], padding: Padding): string {
  // What all of them have before the first list, the lists together, and what all have behind.
  let before = "";
  let lists: readonly string[] = [];
  let behind = "";
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column] ?? "";
    if (typeof cell === "string") behind += padding.one(cell, column);
    else {
      const own = padding.each(cell, column);
      const between = behind;
      if (lists.length === 0) before = between;
      lists = lists.length === 0 ? own : lists.map((text, at) => text + between + (own[at] ?? ""));
      behind = "";
    }
  }
  const last = behind.trimEnd();
  // Joined natively: what is the same in all of them is not put together text by text.
  if (lists.length > 0 && last !== "") return before + lists.join(`${last}\n${before}`) + last;
  return lists.length === 0 ? last : lists.map((text) => (before + text).trimEnd()).join("\n");
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
  const padded = (text: string, width: number) => text.padEnd(width - measure(text) + text.length);
  const padding: Padding = {
    one: byColumn((text, column) => padded(text, widest[column] ?? 0)),
    each(texts, column) {
      const width = widest[column] ?? 0;
      return texts.map((text) => padded(text, width));
    },
  };
  const texts: string[] = [];
  for (const { cells, colour } of lines) {
    const text = textOf(cells, padding);
    texts.push(colour === null ? text : eachLine(text, stdout.colours[colour]), "\n");
  }
  return texts.join("");
}

/** The lines of a text, each coloured by itself: an empty one needs no colour. */
function eachLine(text: string, colour: (line: string) => string): string {
  return text
    .split("\n")
    .map((line) => colour(line))
    .join("\n");
}

/** The texts of all cells, those of a list as one, without those that are as the one above. */
function* columnwise(lines: readonly Line[]): Generator<string> {
  const above: Cell[] = [];
  for (const { cells } of lines) {
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? "";
      if (cell !== above[column]) yield typeof cell === "string" ? cell : cell.join("");
      above[column] = cell;
    }
  }
}
