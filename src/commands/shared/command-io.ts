import type { Command } from "commander";
import type { RecordRun } from "../../analysis/bulk/record-run.ts";
import type { RecordKind } from "../../output/formats/stream-format.ts";
import type { Result } from "../../output/results/result.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/** All that a command's run has of the outside. */
export interface CommandIO {
  readonly terminal: Terminal;
  /** Prints the answer in the format that the user asked for. */
  print(result: Result): Promise<void>;
  /** Prints records as they come, in that format; each piece of the stream holds those that came together. */
  printRecords<T>(pieces: AsyncIterable<Iterable<T | RecordRun<T>>>, kind: RecordKind<T>): Promise<void>;
}

/** A command's work, given its surroundings; what it throws becomes the exit code. */
type Run = (io: CommandIO) => Promise<void>;

/** Runs a command's work with the surroundings that its global options ask for. */
export type Start = (command: Command, run: Run) => Promise<void>;
