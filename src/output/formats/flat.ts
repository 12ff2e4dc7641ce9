import { RunPrinter } from "../bulk/run-printer.ts";
import { rowsOf } from "../results/kinds.ts";
import type { Cell } from "./cell.ts";
import { type Format, writePieces } from "./format.ts";
import { numberedColumns, tabular } from "./tabular.ts";

/** How a flat format writes a table. */
interface FlatText {
  /** Returns the text before the rows. */
  head(columns: readonly string[]): string;
  line(cells: readonly Cell[]): string;
  /** The ASCII characters before a line's first cell. */
  readonly before: string;
}

/** Returns a format that prints a line for each row. */
export function flatFormat({ head, line, before }: FlatText): Format {
  return {
    async print(result, stdout) {
      const { columns, rows } = await rowsOf(result);
      await writePieces(tableText(head(columns), rows, line), stdout);
    },
    async printFound(found, stdout) {
      const { columns, rows } = tabular(found);
      if (rows.length > 0) await writePieces(tableText(head(columns ?? numberedColumns(rows)), rows, line), stdout);
    },
    stream({ columns, rows }) {
      const of = (record: Parameters<typeof rows>[0]) => rows(record).map(line).join("");
      const printer = new RunPrinter("row", before, of);
      return {
        detail: "row",
        head: head(columns),
        of,
        tail: () => "",
        printRun: (run, out) => printer.print(run, out),
      };
    },
  };
}

function* tableText(
  head: string,
  rows: Iterable<readonly Cell[]>,
  line: (cells: readonly Cell[]) => string,
): Generator<string> {
  yield head;
  for (const row of rows) yield line(row);
}
