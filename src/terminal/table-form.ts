import type { Colour } from "./colour.ts";

/** The text of an empty cell, so that columns can be counted. */
export const EMPTY = "-";

/** The blanks between two columns. */
export const GAP = 2;

/** A column of a table. */
export interface Column {
  readonly heading: string;
  /** The order in which columns are given up where a terminal is too narrow: 1 first; missing: never. */
  readonly givenUp?: number | undefined;
  /** Whether the footer may say the value that all rows have, instead of a column. */
  readonly foldable?: boolean;
  /** In a narrower form: the headings of the first form whose values are in this column. */
  readonly covers?: readonly string[];
}

/** One line of a table: a cell for each column, and the line's colour. Cells must be plain text on one line. */
export interface Line {
  readonly cells: readonly string[];
  readonly colour: Colour | null;
}

/** The lines of a table without its heading. A long table is a function, which is called for each of several passes. */
export type Lines = readonly Line[] | (() => Iterable<Line>);

/** A form of a table: its columns and lines. */
export interface TableForm {
  readonly columns: readonly Column[];
  readonly lines: Lines;
}

/** The forms of a table from the widest to the narrowest. All have the same rows. Off a terminal the first is shown. */
export type Forms = readonly [TableForm, ...TableForm[]];

/** Returns the lines of a table, from the first. */
export const eachOf = (lines: Lines): Iterable<Line> => (typeof lines === "function" ? lines() : lines);
