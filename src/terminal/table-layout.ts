import type { Measure } from "./measure.ts";
import { type Column, EMPTY, eachOf, type Forms, GAP, type TableForm } from "./table-form.ts";

/** A column that wraps its cells is at least this wide, as long as another column can be given up for it. */
const WRAPPED = 20;

/** ... and this wide in the end. */
const LEAST_WRAPPED = 12;

/** How a table is shown: some of a form's columns side by side, or each row as a record, one value a line. */
export interface Layout {
  /** The number of the form; records are of the first. */
  readonly form: number;
  readonly columns: readonly number[];
  /** Null for records. */
  readonly widths: readonly number[] | null;
  /** What the columns that are not shown have in every row. */
  readonly constant: readonly string[];
  /** The headings of other columns that are not shown. */
  readonly hidden: readonly string[];
}

/** What the cells of a column need. */
interface Measured {
  readonly column: Column;
  readonly at: number;
  /** The widths of the widest cell and of the longest word, heading apart. */
  natural: number;
  word: number;
  readonly heading: number;
  readonly headingWord: number;
  used: boolean;
  /** The value that all rows have; null where they differ. */
  constant: string | null;
}

/** Returns the layout of a table at this width. */
export function layoutOf(
  forms: Forms,
  { width, measure }: { readonly width: number; readonly measure: Measure },
): Layout {
  const [first] = forms;
  const whole = measured(first, measure);
  for (const [form, each] of forms.entries()) {
    const own = form === 0 ? whole : measured(each, measure);
    const cellsWrap = form === forms.length - 1;
    for (const choice of choices(own)) {
      const widths = widthsOf(choice, { width, cellsWrap });
      const { shown } = choice;
      if (widths !== null) return { form, columns: shown.map(({ at }) => at), widths, ...missing(whole, shown) };
    }
  }
  const used = whole.filter((each) => each.used);
  return { form: 0, columns: used.map(({ at }) => at), widths: null, constant: [], hidden: [] };
}

function measured({ columns, lines }: TableForm, measure: Measure): readonly Measured[] {
  const longest = (text: string) => text.split(" ").reduce((most, word) => Math.max(most, measure(word)), 0);
  const all = columns.map((column, at): Measured => {
    const { heading } = column;
    const sizes = { heading: measure(heading), headingWord: longest(heading), natural: 0, word: 0 };
    return { column, at, ...sizes, used: false, constant: null };
  });
  const above: string[] = [];
  let rows = 0;
  for (const { cells } of eachOf(lines)) {
    rows++;
    for (const each of all) {
      const cell = cells[each.at] ?? "";
      if (cell === above[each.at]) continue;
      each.constant = rows === 1 ? cell : null;
      above[each.at] = cell;
      each.natural = Math.max(each.natural, measure(cell));
      each.word = Math.max(each.word, longest(cell));
      each.used ||= cell !== EMPTY;
    }
  }
  if (rows < 2) for (const each of all) each.constant = null;
  return all;
}

interface Choice {
  readonly shown: readonly Measured[];
  /** The least width of cells that wrap; null where nothing may, because columns can be left out without loss. */
  readonly wrapped: number | null;
}

/** Yields the columns to show, fewer each time. */
function* choices(all: readonly Measured[]): Generator<Choice> {
  yield { shown: all, wrapped: null };
  const used = all.some((each) => each.used) ? all.filter((each) => each.used) : all;
  yield { shown: used, wrapped: null };
  let shown = used;
  for (const each of used.filter(({ column, constant }) => column.foldable === true && constant !== null).reverse()) {
    shown = shown.filter((other) => other !== each);
    yield { shown, wrapped: null };
  }
  yield { shown, wrapped: WRAPPED };
  const order = ({ column }: Measured) => column.givenUp ?? 0;
  for (const each of shown.filter((one) => order(one) > 0).sort((a, b) => order(a) - order(b))) {
    shown = shown.filter((other) => other !== each);
    yield { shown, wrapped: WRAPPED };
  }
  yield { shown, wrapped: LEAST_WRAPPED };
}

const sum = (widths: readonly number[]) => widths.reduce((all, width) => all + width + GAP, -GAP);

/** Returns the widths of columns that fit side by side, with headings and cells wrapped where they may; else null. */
function widthsOf(
  { shown, wrapped }: Choice,
  { width, cellsWrap }: { readonly width: number; readonly cellsWrap: boolean },
): readonly number[] | null {
  const wanted = shown.map(({ natural, heading }) => Math.max(natural, heading));
  if (sum(wanted) <= width) return wanted;
  if (wrapped === null) return null;
  const kept = shown.map(({ natural, headingWord }) => Math.max(natural, headingWord));
  if (sum(kept) <= width) return narrowed(wanted, kept, width);
  const least = shown.map(({ natural, word, headingWord }) => Math.max(word, headingWord, Math.min(natural, wrapped)));
  return cellsWrap && sum(least) <= width ? narrowed(kept, least, width) : null;
}

/** Narrows the widest column that is above its least width, again and again, until all fit. */
function narrowed(wanted: readonly number[], least: readonly number[], width: number): readonly number[] {
  const widths = [...wanted];
  while (sum(widths) > width) {
    const open = widths.map((each, at) => (each > (least[at] ?? 0) ? each : 0));
    const widest = open.indexOf(open.reduce((most, each) => Math.max(most, each), 0));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Returns what the first form has and these columns do not show. */
function missing(whole: readonly Measured[], shown: readonly Measured[]): Pick<Layout, "constant" | "hidden"> {
  const covered = new Set(shown.flatMap(({ column }) => [column.heading, ...(column.covers ?? [])]));
  const left = whole.filter((each) => each.used && !covered.has(each.column.heading));
  const isFolded = ({ column, constant }: Measured) => column.foldable === true && constant !== null;
  return {
    constant: left.filter(isFolded).map(({ column, constant }) => `${column.heading} ${constant}`),
    hidden: left.filter((each) => !isFolded(each)).map(({ column }) => column.heading),
  };
}
