import type { Pieces } from "../../terminal/pieces.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import type { Column, Forms } from "../../terminal/table-form.ts";
import type { Cell } from "../formats/cell.ts";

/** The elements and the rows of a kind of result. */
interface Rows<Report> {
  /** Returns the elements of the report. ndjson prints one a line. */
  elements(report: Report): readonly object[];
  /** The columns of the flat formats, named after JSON's fields. Scripts rely on their order. */
  readonly columns: readonly string[];
  rows(report: Report): Iterable<readonly Cell[]>;
  /**
   * The columns that a narrow terminal drops if these rows are a table, the least important first; missing: the last
   * first.
   */
  readonly givenUp?: readonly string[] | undefined;
  /** Returns the elements of the report on one line each, for `-o short`; if missing, its rows. */
  lines?(report: Report, stdout: OutputStream): Iterable<string> | AsyncIterable<string>;
}

/** A column of a table for people. */
export interface TableColumn extends Column {
  /** Its name in the flat formats. */
  readonly name: string;
  /** Whether it is shown only if it is chosen by name. */
  readonly optional?: boolean;
}

/** A table for people. */
export interface KindTable<Report, View = undefined> {
  /** The columns of the first form, the optional ones last. */
  readonly columns: readonly TableColumn[];
  /** Returns the forms of the table; the first one has the optional columns only if they are wanted. */
  forms(report: Report, view: View, optional: boolean): Forms;
}

/**
 * How a kind of result is shown. `View` has options for its table or text for people; other formats print everything.
 */
export type Kind<Report, View = undefined> = Rows<Report> &
  (
    | { readonly table: KindTable<Report, View> }
    | { text(report: Report, stdout: OutputStream, view: View): Pieces | Promise<Pieces> }
  );
