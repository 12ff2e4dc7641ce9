import { inColumns } from "../../terminal/columns.ts";
import { writePieces } from "../../terminal/pieces.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { EMPTY, type Forms, type Line } from "../../terminal/table-form.ts";
import type { Arrangement } from "../arrange/arrangement.ts";
import { type Rows, rowsOf } from "../results/kinds.ts";
import type { RecordKind } from "../results/record-kind.ts";
import { type Cell, cellText } from "./cell.ts";
import type { Format, RecordText } from "./format.ts";
import { arrangedFound, tabular } from "./tabular.ts";

const WHOLE = "-o wide shows all";

/** Returns a column's heading: `ADDRESS PREFIX` for `addressPrefix`. */
function heading(column: string): string {
  return column.replace(/(?<=[a-z0-9])[A-Z]/g, " $&").toUpperCase();
}

const line = (cells: readonly Cell[]): Line => ({ cells: cells.map((each) => cellText(each) || EMPTY), colour: null });

interface Printing {
  readonly arrangement: Arrangement;
  /** The width to fit; null for every column at full width. */
  readonly width: number | null;
}

/**
 * Returns rows as a table whose first column is never dropped. `foldable`: whether the footer may state the values that
 * all rows share.
 */
function formsOf({ columns, givenUp, rows }: Rows, foldable: boolean): Forms {
  const order = givenUp ?? columns.slice(1).reverse();
  return [
    {
      columns: columns.map((name) => {
        return { heading: heading(name), givenUp: order.indexOf(name) + 1 || undefined, foldable };
      }),
      *lines() {
        for (const row of rows) yield line(row);
      },
    },
  ];
}

/** Prints rows in a table without borders. */
export async function printRows(rows: Rows, stdout: OutputStream, { arrangement, width }: Printing): Promise<void> {
  const { headings, columns: chosen } = arrangement;
  const forms = chosen === null ? formsOf(rows, true) : formsOf({ ...rows, givenUp: [] }, false);
  await writePieces(await inColumns(forms, stdout, { headings, width, whole: WHOLE }), stdout);
}

/** Prints the result of a query: plain values as lines, anything else as a table. */
export async function printFoundInColumns(found: unknown, stdout: OutputStream, printing: Printing): Promise<void> {
  const { columns, rows } = tabular(found);
  if (columns === null && rows.every((row) => row.length < 2)) {
    await writePieces(
      rows.map(([only = null]) => `${cellText(only)}\n`),
      stdout,
    );
  } else await printRows(await arrangedFound(found, printing.arrangement), stdout, printing);
}

/** The most lines laid out together. */
const WAITING = 1000;

/** Returns records in columns. Records that arrive together are laid out together; later columns may be wider. */
export function growingColumns<T>(kind: RecordKind<T>, stdout: OutputStream): RecordText<T> {
  const least: number[] = [];
  let headings = kind.headings !== false;
  return textInPieces(kind, async (forms) => {
    const text = [...(await inColumns(forms, stdout, { headings, width: null, least }))].join("");
    headings = false;
    return text;
  });
}

/** Returns records in columns that fit a terminal. */
export async function fittedColumns<T>(
  kind: RecordKind<T>,
  stdout: OutputStream,
  width: number,
): Promise<RecordText<T>> {
  const { GrowingTable } = await import("../../terminal/growing-table.ts");
  const table = new GrowingTable(stdout, width, kind.headings !== false);
  const text = textInPieces(kind, (forms) => table.add(forms));
  return { ...text, tail: () => table.footer(WHOLE) };
}

function textInPieces<T>(
  { columns, givenUp, rows }: RecordKind<T>,
  add: (forms: Forms) => Promise<string>,
): RecordText<T> {
  let waiting: (readonly Cell[])[] = [];
  let begun = false;
  const settled = async () => {
    if (begun && waiting.length === 0) return "";
    begun = true;
    const part = { columns, givenUp, rows: waiting };
    waiting = [];
    return add(formsOf(part, false));
  };
  return {
    detail: "row",
    head: "",
    of: (record) => {
      for (const cells of rows(record)) waiting.push(cells);
      return waiting.length < WAITING ? "" : settled();
    },
    settled,
    tail: () => "",
  };
}

/** Every column, a line for each row. */
export const wide: Format = {
  print: async (result, stdout, arrangement) =>
    printRows(await rowsOf(result, arrangement), stdout, { arrangement, width: null }),
  printFound: (found, stdout, arrangement) => printFoundInColumns(found, stdout, { arrangement, width: null }),
  stream: growingColumns,
};
