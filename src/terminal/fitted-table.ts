import Table from "cli-table3";
import { hangingLine } from "./hanging.ts";
import type { Measure } from "./measure.ts";
import type { OutputStream } from "./streams.ts";
import { EMPTY, eachOf, type Forms, GAP, type Line } from "./table-form.ts";
import { type Layout, layoutOf } from "./table-layout.ts";

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
 * Yields a table that is at most `width` columns wide. In this order: columns without a value are left out, columns
 * with the same value in every row go to the footer, columns are given up, a narrower form is taken, cells wrap between
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
  const heading = { cells: all.map((each) => each.heading), colour: "bold" } as const;
  let page: Line[] = headings ? [heading] : [];
  for (const line of eachOf(lines)) {
    page.push(line);
    if (page.length < PAGE) continue;
    yield pageText(page, columns, widths, paint);
    page = [];
  }
  yield pageText(page, columns, widths, paint);
}

/** cli-table3 takes time in the square of the rows, so a table is drawn in pages of this many. */
const PAGE = 100;

/** Drawn between two rows, and removed again: it shows where a row of several lines ends. */
const BETWEEN = "\u001e";

/** Nothing around and between the cells. */
const CHARS = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", right: "", "right-mid": "" },
  ...{ mid: BETWEEN, "mid-mid": "", middle: "" },
};

/** Returns the rows of a page. No word is wider than its column, or cli-table3 would cut it. */
function pageText(
  rows: readonly Line[],
  columns: readonly number[],
  widths: readonly number[],
  paint: (colour: Line["colour"], line: string) => string,
): string {
  if (rows.length === 0) return "";
  const table = new Table({
    chars: CHARS,
    colWidths: widths.map((width) => width + GAP),
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
    wordWrap: true,
  });
  for (const { cells } of rows) table.push(columns.map((at) => cells[at] ?? ""));
  let row = 0;
  let text = "";
  for (const line of table.toString().split("\n")) {
    if (line.startsWith(BETWEEN)) row++;
    else text += paint(rows[row]?.colour ?? null, line.trimEnd());
  }
  return text;
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
