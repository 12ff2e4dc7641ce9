import type { Detail, RecordRun } from "../../analysis/bulk/record-run.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import type { Arrangement } from "../arrange/arrangement.ts";
import type { OutputBuffer } from "../bulk/output-buffer.ts";
import type { Result } from "../results/kinds.ts";
import type { Cell } from "./cell.ts";

/** An output format. A missing method means that it cannot print that. */
export interface Format {
  /** Prints a finished result. */
  print(result: Result, stdout: OutputStream, arrangement: Arrangement): Promise<void>;
  /** Prints the result of a `--query`. */
  printFound?(found: unknown, stdout: OutputStream, arrangement: Arrangement): Promise<void>;
  /** Prints records one by one, in constant memory. */
  stream?<T>(kind: RecordKind<T>, stdout: OutputStream): RecordText<T> | Promise<RecordText<T>>;
}

/** A kind of record: the name of its list in the report, and its rows. */
export interface RecordKind<T> {
  /** The name of the report's list. */
  readonly list: string;
  readonly columns: readonly string[];
  rows(record: T): readonly (readonly Cell[])[];
  /** The columns that a narrow terminal gives up, the least important first; missing: the last first. */
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

/** The text of each record, and the text before and after all of them. Together they are the whole output. */
export interface RecordText<T> {
  readonly head: string;
  /** How much of a record its text contains. */
  readonly detail: Detail;
  of(record: T): string | Promise<string>;
  /** Returns the text held back until now to see more records; missing if the format never holds any back. */
  settled?(): Promise<string>;
  tail(): string;
  /** Prints a run with the same output as `of`, but faster; missing if the format has no faster way. */
  printRun?(run: RecordRun<T>, out: OutputBuffer): Promise<void>;
}

/** A text, whole or in pieces. */
export type Pieces = string | Iterable<string> | AsyncIterable<string>;

/** Text is written in pieces of about this many characters. */
const PIECE = 64 * 1024;

/** Writes a text piece by piece and waits for a slow reader, so that the whole text is never in memory. */
export async function writePieces(pieces: Pieces, stdout: OutputStream): Promise<void> {
  let waiting = "";
  const flush = async () => {
    if (waiting !== "") stdout.write(waiting);
    waiting = "";
    await stdout.drained();
  };
  if (typeof pieces === "string") waiting = pieces;
  else if (Symbol.iterator in pieces) {
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length >= PIECE) await flush();
    }
  } else {
    for await (const piece of pieces) {
      waiting += piece;
      if (waiting.length >= PIECE) await flush();
    }
  }
  await flush();
}
