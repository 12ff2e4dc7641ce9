import type { RecordRun } from "../../analysis/bulk/record-run.ts";
import type { Format, RecordKind } from "../../output/formats/format.ts";
import { type FormatName, formatEntry } from "../../output/formats/formats.ts";
import type { Result } from "../../output/results/kinds.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";

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
  readonly output: FormatName;
  readonly query?: string;
}

/**
 * Returns the CommandIO for a command, by its global options. Compiles a query before the command starts its work.
 * @throws UserError for a format that the command does not have or that does not support queries, and for an invalid
 * query.
 */
export async function commandIO(
  command: string,
  { output, query }: PrintOptions,
  terminal: Terminal,
): Promise<CommandIO> {
  const { only, load } = formatEntry(output);
  if (only !== undefined && !only.includes(command)) throw formatOf(output, only.join(", "));
  const format = await load();
  if (query !== undefined) return queried(query, output, format, terminal);
  return {
    terminal,
    print: (result) => format.print(result, terminal.stdout),
    async printRecords(pieces, kind) {
      if (format.stream === undefined) throw formatOf(output, "a finished result");
      const { printRecords } = await import("../../output/formats/record-stream.ts");
      await printRecords(pieces, kind, format.stream, terminal.stdout);
    },
  };
}

const formatOf = (name: FormatName, only: string) =>
  new UserError(
    "format-of-check",
    `-o ${name} is only available for ${only}`,
    "vnet-explain help output lists the formats of every command",
  );

async function queried(expression: string, name: FormatName, format: Format, terminal: Terminal): Promise<CommandIO> {
  const { printFound } = format;
  if (printFound === undefined) {
    throw new UserError("query-of-format", `-o ${name} cannot be combined with --query`, "remove one of them");
  }
  const { compileQuery } = await import("../../output/query/query.ts");
  const query = await compileQuery(expression);
  return {
    terminal,
    async print({ report }) {
      const found = query.search(report);
      const unknown = query.unknownNames(report);
      if (unknown !== null) terminal.note(unknown);
      await printFound(found, terminal.stdout);
    },
    async printRecords() {
      throw new UserError(
        "query-of-stream",
        "--query does not work with a stream",
        "filter each record instead: -o ndjson | jq ..., or pick columns: -o tsv | cut -f1,2",
      );
    },
  };
}
