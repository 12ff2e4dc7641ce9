import { writePieces } from "../../terminal/pieces.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { EMPTY } from "../../terminal/table-form.ts";
import { RunPrinter } from "../bulk/run-printer.ts";
import { linesOf, rowsOf } from "../results/kinds.ts";
import type { RecordKind } from "../results/record-kind.ts";
import { type Cell, cellText } from "./cell.ts";
import type { Format, RecordText } from "./format.ts";
import { printFoundInColumns } from "./wide.ts";

/** A row on one line: its cells, separated by two blanks. */
const rowLine = (cells: readonly Cell[]) => `${cells.map((cell) => cellText(cell) || EMPTY).join("  ")}\n`;

function* rowLines(rows: Iterable<readonly Cell[]>): Generator<string> {
  for (const row of rows) yield rowLine(row);
}

function streamedLines<T>(
  { line, rows, startsWithAddress = true }: RecordKind<T>,
  stdout: OutputStream,
): RecordText<T> {
  const detail = line === undefined ? "row" : "record";
  const of = (record: T) => (line === undefined ? rows(record).map(rowLine).join("") : line(record, stdout));
  const text: RecordText<T> = { detail, head: "", of, tail: () => "" };
  if (!startsWithAddress) return text;
  const printer = new RunPrinter(detail, "", of);
  return { ...text, printRun: (run, out) => printer.print(run, out) };
}

/** One line for each element of a report, without a heading. The lines are not aligned, so they never change. */
export const short: Format = {
  async print(result, stdout, arrangement) {
    await writePieces((await linesOf(result, stdout)) ?? rowLines((await rowsOf(result, arrangement)).rows), stdout);
  },
  printFound: (found, stdout, arrangement) => printFoundInColumns(found, stdout, { arrangement, width: null }),
  stream: streamedLines,
};
