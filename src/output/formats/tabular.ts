import { isRecord } from "../../text/type-guards.ts";
import { type Arrangement, isArranged } from "../arrange/arrangement.ts";
import { type Cell, isCell } from "./cell.ts";

/** The result of a query as rows. */
export interface Tabular {
  /** Null for plain values, which have no names. */
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly Cell[])[];
}

const cell = (value: unknown): Cell => (isCell(value) ? value : value === undefined ? null : JSON.stringify(value));

/**
 * Returns rows as az does: an object is a row under its field names, a list is a row without names, a value is a line.
 */
export function tabular(found: unknown): Tabular {
  if (found === null || found === undefined) return { columns: null, rows: [] };
  const items: readonly unknown[] = Array.isArray(found) ? found : [found];
  if (items.length > 0 && items.every(isRecord)) {
    const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
    const own = (item: Readonly<Record<string, unknown>>, column: string) =>
      Object.hasOwn(item, column) ? cell(item[column]) : null;
    return { columns, rows: items.map((item) => columns.map((column) => own(item, column))) };
  }
  return { columns: null, rows: items.map((item) => (Array.isArray(item) ? item.map(cell) : [cell(item)])) };
}

/**
 * Returns the result of a query as arranged rows. Columns without names get those of az: `column1`, `column2` and so
 * on. Every row has a cell for each column.
 * @throws UserError for an unknown column.
 */
export async function arrangedFound(found: unknown, arrangement: Arrangement) {
  const { columns: own, rows: ragged } = tabular(found);
  const columns =
    own ??
    Array.from({ length: ragged.reduce((most, row) => Math.max(most, row.length), 1) }, (_, at) => `column${at + 1}`);
  const rows = own === null ? ragged.map((row) => columns.map((_, at) => row[at] ?? null)) : ragged;
  if (!isArranged(arrangement)) return { columns, rows };
  const { arrangedRows } = await import("../arrange/arranged.ts");
  const named = columns.map((name) => ({ name }));
  const arranged = arrangedRows({ columns, rows }, named, arrangement);
  return { columns: arranged.columns, rows: [...arranged.rows] };
}
