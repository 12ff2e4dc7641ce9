import { EMPTY, eachOf, type Forms, GAP, type Line } from "./columns.ts";
import { hangingLine } from "./hanging.ts";
import type { Measure } from "./measure.ts";
import { type Layout, layoutOf } from "./table-layout.ts";
import type { OutputStream } from "./terminal.ts";
import { wrap } from "./wrap.ts";

/** How to fit a table. */
export interface Fitting {
  readonly width: number;
  readonly measure: Measure;
  /** Show the heading or only the rows. */
  readonly headings: boolean;
  /** Which other output has the columns that the footer names. */
  readonly whole?: string | undefined;
}

/**
 * Yields a table that is at most `width` columns wide. In this order: columns without a value are left out, columns with
 * the same value in every row go to the footer, columns are given up, a narrower form is taken, cells wrap between
 * words. In the end each row is a record. A word is never broken. Cost: linear in the cells.
 */
export function* fittedTable(forms: Forms, stdout: OutputStream, fitting: Fitting): Generator<string> {
  const layout = layoutOf(forms, fitting);
  yield* drawn(layout, forms, stdout, fitting);
  yield footerText(layout, stdout, fitting);
}

/** Yields the heading and the rows in a layout. */
export function* drawn(
  { form, columns, widths }: Layout,
  forms: Forms,
  { colours }: OutputStream,
  { width, measure, headings }: Pick<Fitting, "width" | "measure" | "headings">,
): Generator<string> {
  const { columns: all, lines } = forms[form] ?? forms[0];
  const paint = (colour: Line["colour"], line: string) => `${colour === null ? line : colours[colour](line)}\n`;
  if (widths === null) {
    const labels = columns.map((at) => all[at]?.heading ?? "");
    const room = labels.reduce((most, label) => Math.max(most, measure(label)), 0);
    let between = "";
    for (const { cells, colour } of eachOf(lines)) {
      let text = between;
      for (const [index, at] of columns.entries()) {
        if (cells[at] === EMPTY) continue;
        const record = `${(labels[index] ?? "").padEnd(room)}  ${cells[at] ?? ""}`;
        text += hangingLine(record, width, measure)
          .map((line) => paint(colour, line))
          .join("");
      }
      yield text;
      between = "\n";
    }
    return;
  }
  if (headings) {
    const cells = all.map(({ heading }) => heading);
    for (const line of rowLines(cells, columns, widths, measure)) yield paint("bold", line);
  }
  for (const { cells, colour } of eachOf(lines)) {
    for (const line of rowLines(cells, columns, widths, measure)) yield paint(colour, line);
  }
}

/** Returns the lines of a row: one, or more where a cell wraps. */
function rowLines(
  cells: readonly string[],
  columns: readonly number[],
  widths: readonly number[],
  measure: Measure,
): readonly string[] {
  const wrapped = columns.map((at, index) => wrap(cells[at] ?? "", widths[index] ?? 0, measure));
  const height = wrapped.reduce((most, { length }) => Math.max(most, length), 1);
  return Array.from({ length: height }, (_, line) => {
    let text = "";
    for (const [index, own] of wrapped.entries()) {
      const part = own[line] ?? "";
      text += part.padEnd((widths[index] ?? 0) + GAP - measure(part) + part.length);
    }
    return text.trimEnd();
  });
}

/** Returns the dim lines under a table that say what it does not show; "" where it shows everything. */
export function footerText(
  { constant, hidden }: Pick<Layout, "constant" | "hidden">,
  { colours }: OutputStream,
  { width, measure, whole }: Pick<Fitting, "width" | "measure" | "whole">,
): string {
  const more = whole === undefined ? "" : ` (${whole})`;
  const lines = [
    ...(constant.length === 0 ? [] : [`in every row: ${constant.join(", ")}`]),
    ...(hidden.length === 0 ? [] : [`hidden at ${width} columns: ${hidden.join(", ")}${more}`]),
  ];
  return lines
    .flatMap((line) => hangingLine(line, width, measure))
    .map((line) => `${colours.dim(line)}\n`)
    .join("");
}
