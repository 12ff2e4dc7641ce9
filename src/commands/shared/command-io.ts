import type { RecordRun } from "../../analysis/bulk/record-run.ts";
import { type Format, type PipelineFormat, printerOf } from "../../output/formats/formats.ts";
import type { RecordKind } from "../../output/formats/stream-format.ts";
import type { Result } from "../../output/results/result.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/** The streams and the output format that a command works with. */
export interface CommandIO {
  readonly terminal: Terminal;
  /** Prints a result in the format that the user chose. */
  print(result: Result): Promise<void>;
  /** Prints records in that format as they arrive; each piece of the stream holds those that arrived together. */
  printRecords<T>(pieces: AsyncIterable<Iterable<T | RecordRun<T>>>, kind: RecordKind<T>): Promise<void>;
}

/** The global options that decide how a result is printed. */
export interface PrintOptions {
  readonly output: Format | PipelineFormat;
  readonly query?: string;
}

/**
 * The CommandIO for a command, by its global options.
 * @throws UserError for a format that the command does not have, or for a query that cannot be read
 */
export async function commandIO(
  command: string,
  { output, query }: PrintOptions,
  terminal: Terminal,
): Promise<CommandIO> {
  if (output === "junit" || output === "sarif") {
    const { pipelineIO } = await import("./pipeline-io.ts");
    return pipelineIO(output, command, query, terminal);
  }
  if (query !== undefined) {
    const { queriedIO } = await import("./queried-io.ts");
    return queriedIO(query, output, terminal);
  }
  return {
    terminal,
    print: async (result) => (await printerOf(output))(result, terminal),
    printRecords: async (pieces, kind) => {
      const { printRecords } = await import("../../output/formats/record-stream.ts");
      await printRecords(pieces, kind, output, terminal.stdout);
    },
  };
}
