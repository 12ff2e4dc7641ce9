import { type Cell, isCell } from "./cell.ts";

/** The result of a query as rows. */
export interface Tabular {
  /** Null for plain values, which have no names. */
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly Cell[])[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const cell = (value: unknown): Cell => (isCell(value) ? value : value === undefined ? null : JSON.stringify(value));

/**
 * Returns rows as az does: an object is a row under its field names, a list is a row without names, a value is a line.
 */
export function tabular(found: unknown): Tabular {
  if (found === null || found === undefined) return { columns: null, rows: [] };
  const items: readonly unknown[] = Array.isArray(found) ? found : [found];
  if (items.length > 0 && items.every(isObject)) {
    const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
    const own = (item: Readonly<Record<string, unknown>>, column: string) =>
      Object.hasOwn(item, column) ? cell(item[column]) : null;
    return { columns, rows: items.map((item) => columns.map((column) => own(item, column))) };
  }
  return { columns: null, rows: items.map((item) => (Array.isArray(item) ? item.map(cell) : [cell(item)])) };
}

/** Returns names for columns without names, as az does: `column1`, `column2` and so on. */
export const numberedColumns = (rows: Tabular["rows"]): readonly string[] =>
  Array.from({ length: rows.reduce((most, row) => Math.max(most, row.length), 1) }, (_, index) => `column${index + 1}`);
