import type { OutputStream } from "../../terminal/streams.ts";
import type { Cell } from "../formats/cell.ts";

/** A kind of record: the name of its list in the report, and its rows. */
export interface RecordKind<T> {
  /** The name of the report's list. */
  readonly list: string;
  readonly columns: readonly string[];
  rows(record: T): readonly (readonly Cell[])[];
  /** The columns that a narrow terminal drops, the least important first; missing: the last first. */
  readonly givenUp?: readonly string[];
  /** Returns the record on one line, its address first, for `-o short`; if missing, its rows are its lines. */
  line?(record: T, stdout: OutputStream): string;
  /** The report's other fields. */
  readonly rest: object;
  /** Print the heading (default) or only the records. */
  readonly headings?: boolean;
  /** Whether a row starts with its address, as runs of records do; default: it does. */
  readonly startsWithAddress?: boolean;
}
