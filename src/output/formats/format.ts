import type { Detail, RecordRun } from "../../analysis/bulk/record-run.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import type { Arrangement } from "../arrange/arrangement.ts";
import type { OutputBuffer } from "../bulk/output-buffer.ts";
import type { Result } from "../results/kinds.ts";
import type { RecordKind } from "../results/record-kind.ts";

/** An output format. A missing method means that it cannot print that. */
export interface Format {
  /** Prints a finished result. */
  print(result: Result, stdout: OutputStream, arrangement: Arrangement): Promise<void>;
  /** Prints the result of a `--query`. */
  printFound?(found: unknown, stdout: OutputStream, arrangement: Arrangement): Promise<void>;
  /** Prints records one by one, in constant memory. */
  stream?<T>(kind: RecordKind<T>, stdout: OutputStream): RecordText<T> | Promise<RecordText<T>>;
}

/** The text of each record, and the text before and after all records. Together they are the whole output. */
export interface RecordText<T> {
  readonly head: string;
  /** The amount of detail in the text of a record. */
  readonly detail: Detail;
  of(record: T): string | Promise<string>;
  /** Returns the text that was held back to see more records; missing if the format holds none back. */
  settled?(): Promise<string>;
  tail(): string;
  /** Prints a run with the same output as `of`, but faster; missing if the format has no faster way. */
  printRun?(run: RecordRun<T>, out: OutputBuffer): Promise<void>;
}
