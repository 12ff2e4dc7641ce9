import { type Measure, measureFor } from "./measure.ts";
import type { OutputStream } from "./streams.ts";
import { eachOf, type Forms, GAP, type Line, type TableForm } from "./table-form.ts";

export interface TableOptions {
  /** Show the heading (default) or only the rows. */
  readonly headings?: boolean | undefined;
  /** The width to fit; null for full width. Default: the width of the terminal. */
  readonly width?: number | null | undefined;
  /**
   * The least widths of the columns at full width. They then hold the widths, so that a later part of the table can go
   * on in the same columns.
   */
  readonly least?: number[];
  /** Which other output has the columns that the footer names. */
  readonly whole?: string;
}

/** Yields the heading, unless it is left out, and the lines. */
function* withHeading({ columns, lines }: TableForm, headings: boolean): Generator<Line> {
  if (headings) yield { cells: columns.map(({ heading }) => heading), colour: "bold" };
  yield* eachOf(lines);
}

/** Returns the measure for the texts of a table. */
export function measureOf(forms: Forms): Promise<Measure> {
  return measureFor(textsOf(forms));
}

/**
 * Returns a table without borders. On a terminal it is fitted to the width; elsewhere columns are as wide as their
 * widest cell, and nothing is cut or wrapped. Cost: linear in the cells.
 */
export async function inColumns(
  forms: Forms,
  stdout: OutputStream,
  { headings = true, width = stdout.columns, least = [], whole }: TableOptions = {},
): Promise<Iterable<string>> {
  const measure = await measureOf(width === null ? [forms[0]] : forms);
  if (width !== null) {
    const { fittedTable } = await import("./fitted-table.ts");
    return fittedTable(forms, stdout, { width, measure, headings, whole });
  }
  for (const { cells } of withHeading(forms[0], headings)) {
    for (let column = 0; column < cells.length; column++) {
      const own = measure(cells[column] ?? "");
      if (own > (least[column] ?? 0)) least[column] = own;
    }
  }
  return padded(withHeading(forms[0], headings), stdout, [...least], measure);
}

/** Yields lines with their cells padded to these widths. */
function* padded(
  lines: Iterable<Line>,
  { colours }: OutputStream,
  widths: readonly number[],
  measure: Measure,
): Generator<string> {
  for (const { cells, colour } of lines) {
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
function* textsOf(forms: Forms): Generator<string> {
  for (const form of forms) {
    const above: string[] = [];
    for (const { cells } of withHeading(form, true)) {
      for (let column = 0; column < cells.length; column++) {
        const cell = cells[column] ?? "";
        if (cell !== above[column]) yield cell;
        above[column] = cell;
      }
    }
  }
}
