import type { RecordRun } from "../../analysis/bulk/record-run.ts";
import {
  type Arrangement,
  type ArrangeOptions,
  isArranged,
  readArrangement,
} from "../../output/arrange/arrangement.ts";
import type { Format } from "../../output/formats/format.ts";
import { FORMATS, type FormatName, formatEntry } from "../../output/formats/formats.ts";
import type { Result } from "../../output/results/kinds.ts";
import type { RecordKind } from "../../output/results/record-kind.ts";
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
export interface PrintOptions extends ArrangeOptions {
  readonly output: FormatName;
  readonly query?: string;
}

/**
 * Returns the CommandIO for a command, by its global options. `command` is its full name: `tags-lookup`. Compiles a
 * query and looks for chosen columns before the command starts its work.
 * @throws UserError for a format that the command does not have or that does not support queries or columns, for an
 * invalid query, and for an unknown column.
 */
export async function commandIO(command: string, options: PrintOptions, terminal: Terminal): Promise<CommandIO> {
  const { output, query } = options;
  const { only, load } = formatEntry(output);
  if (only !== undefined && !only.includes(command)) throw formatOf(output, only.join(", "));
  const arrangement = readArrangement(options);
  refuseArrangement(options);
  if (query === undefined && isArranged(arrangement)) await requireColumns(command, arrangement);
  const format = await load();
  if (query !== undefined) return queried(query, output, format, arrangement, terminal);
  return {
    terminal,
    print: (result) => format.print(result, terminal.stdout, arrangement),
    async printRecords(pieces, kind) {
      if (format.stream === undefined) throw formatOf(output, "a finished result");
      if (arrangement.sort.length > 0) throw sortOfStream();
      const arranged = isArranged(arrangement) || !arrangement.headings;
      const own = arranged
        ? (await import("../../output/arrange/arranged.ts")).arrangedRecords(kind, arrangement)
        : kind;
      const { printRecords } = await import("../../output/formats/record-stream.ts");
      await printRecords(pieces, own, format.stream, terminal.stdout);
    },
  };
}

/** @throws UserError for a column that no row of the command has: Azure may take minutes to answer. */
async function requireColumns(command: string, { columns, sort }: Arrangement): Promise<void> {
  const { columnsOf } = await import("../../output/results/kinds.ts");
  const known = await columnsOf(command);
  if (known === null) return;
  const { columnIndexes } = await import("../../output/arrange/named-columns.ts");
  columnIndexes(columns ?? [], known);
  columnIndexes(
    sort.map(({ name }) => name),
    known,
  );
}

/** @throws UserError for --columns, --sort and --no-headers with a format that has no columns. */
function refuseArrangement({ output, columns, sort, headers }: PrintOptions): void {
  const given = [
    ...(columns === undefined ? [] : ["--columns"]),
    ...(sort === undefined ? [] : ["--sort"]),
    ...(headers === false ? ["--no-headers"] : []),
  ];
  const [option] = given;
  if (option === undefined || formatEntry(output).flat === true) return;
  throw new UserError(
    "columns-of-format",
    `${option} does not work with -o ${output}`,
    formatEntry(output).structured === true
      ? `choose and sort with --query, e.g. --query "${QUERY_EXAMPLE}"`
      : `it works with ${FORMATS.filter((name) => formatEntry(name).flat).join(", ")}`,
  );
}

const QUERY_EXAMPLE = "sort_by(routes, &source)[].{source: source, type: nextHopType}";

const sortOfStream = () =>
  new UserError(
    "sort-of-stream",
    "--sort does not work with a stream, which is printed as it arrives",
    "sort the output: -o tsv | sort -k2",
  );

const formatOf = (name: FormatName, only: string) =>
  new UserError(
    "format-of-check",
    `-o ${name} is only available for ${only}`,
    "vnet-explain help output lists the formats of every command",
  );

async function queried(
  expression: string,
  name: FormatName,
  format: Format,
  arrangement: Arrangement,
  terminal: Terminal,
): Promise<CommandIO> {
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
      await printFound(found, terminal.stdout, arrangement);
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
