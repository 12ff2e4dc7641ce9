import type { Forms, TableForm } from "../../terminal/table-form.ts";
import { eachOf } from "../../terminal/table-form.ts";
import type { Cell } from "../formats/cell.ts";
import type { KindTable } from "../results/kind.ts";
import type { RecordKind } from "../results/record-kind.ts";
import type { Arrangement } from "./arrangement.ts";
import { columnIndexes, type NamedColumn } from "./named-columns.ts";
import { type SortIndex, sortedOrder } from "./sorted-order.ts";

/** Rows and the columns by which they are arranged. */
interface ArrangedRows {
  readonly columns: readonly string[];
  /** The columns that a narrow terminal drops. Chosen columns are never dropped. */
  readonly givenUp?: readonly string[] | undefined;
  readonly rows: Iterable<readonly Cell[]>;
}

/**
 * Returns rows with the chosen columns, sorted. Only sorted rows are held in memory.
 * @throws UserError for an unknown column.
 */
export function arrangedRows(
  { columns, givenUp, rows }: ArrangedRows,
  named: readonly NamedColumn[],
  { columns: chosen, sort }: Arrangement,
): ArrangedRows {
  const by = sortIndexes(sort, named);
  const sorted = by.length === 0 ? rows : inOrder([...rows], (all) => sortedOrder(all, by));
  if (chosen === null) return { columns, givenUp, rows: sorted };
  const at = columnIndexes(chosen, named);
  const pick = picker(at);
  return {
    columns: pick(columns),
    // The rows can be read twice: a table reads them to measure and again to print.
    rows: { [Symbol.iterator]: () => mapped(sorted, pick) },
  };
}

/**
 * Returns the forms of a table with the chosen columns, sorted. A chosen column is never given up.
 * @throws UserError for an unknown column.
 */
export function arrangedForms<Report, View>(
  { columns, forms }: KindTable<Report, View>,
  report: Report,
  view: View,
  { columns: chosen, sort }: Arrangement,
): Forms {
  const at = chosen === null ? null : columnIndexes(chosen, columns);
  const by = sortIndexes(sort, columns);
  const optional = [...(at ?? []), ...by.map(({ index }) => index)].some((index) => columns[index]?.optional === true);
  const [first, ...rest] = forms(report, view, optional);
  const cellsOf = ({ lines }: TableForm) => Array.from(eachOf(lines), ({ cells }) => cells);
  const order = by.length === 0 ? null : sortedOrder(cellsOf(first), by);
  const sorted = (form: TableForm): TableForm =>
    order === null ? form : { ...form, lines: inOrder([...eachOf(form.lines)], () => order) };
  if (at !== null) return [pickedForm(sorted(first), at)];
  const usual = columns.flatMap((column, index) => (column.optional === true ? [] : [index]));
  return [optional ? pickedForm(sorted(first), usual) : sorted(first), ...rest.map(sorted)];
}

/**
 * Returns a kind of record with the chosen columns.
 * @throws UserError for an unknown column.
 */
export function arrangedRecords<T>(kind: RecordKind<T>, { columns: chosen, headings }: Arrangement): RecordKind<T> {
  if (chosen === null) return { ...kind, headings };
  const at = columnIndexes(
    chosen,
    kind.columns.map((name) => ({ name })),
  );
  const pick = picker(at);
  return {
    ...kind,
    headings,
    columns: pick(kind.columns),
    rows: (record) => kind.rows(record).map(pick),
    givenUp: [],
    startsWithAddress: at[0] === 0,
  };
}

function sortIndexes(sort: Arrangement["sort"], columns: readonly NamedColumn[]): readonly SortIndex[] {
  const indexes = columnIndexes(
    sort.map(({ name }) => name),
    columns,
  );
  return sort.map(({ descending }, at) => ({ index: indexes[at] ?? 0, descending }));
}

const picker =
  (at: readonly number[]) =>
  <T>(cells: readonly T[]): readonly T[] =>
    at.map((index) => cells[index]) as readonly T[];

function* mapped<T>(
  rows: Iterable<readonly T[]>,
  pick: (cells: readonly T[]) => readonly T[],
): Generator<readonly T[]> {
  for (const row of rows) yield pick(row);
}

function inOrder<T>(rows: readonly T[], orderOf: (rows: readonly T[]) => readonly number[]): readonly T[] {
  return orderOf(rows).map((at) => rows[at] as T);
}

function pickedForm({ columns, lines }: TableForm, at: readonly number[]): TableForm {
  const pick = picker(at);
  return {
    columns: pick(columns).map(({ heading }) => ({ heading })),
    lines: [...eachOf(lines)].map(({ cells, colour }) => ({ cells: pick(cells), colour })),
  };
}
