import { writePieces } from "../../terminal/pieces.ts";
import { RunPrinter } from "../bulk/run-printer.ts";
import { rowsOf } from "../results/kinds.ts";
import type { Cell } from "./cell.ts";
import type { Format, RecordText } from "./format.ts";
import { arrangedFound } from "./tabular.ts";

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
    async print(result, stdout, arrangement) {
      const { columns, rows } = await rowsOf(result, arrangement);
      await writePieces(tableText(arrangement.headings ? head(columns) : "", rows, line), stdout);
    },
    async printFound(found, stdout, arrangement) {
      const { columns, rows } = await arrangedFound(found, arrangement);
      if (rows.length === 0) return;
      await writePieces(tableText(arrangement.headings ? head(columns) : "", rows, line), stdout);
    },
    stream({ columns, rows, headings = true, startsWithAddress = true }) {
      const of = (record: Parameters<typeof rows>[0]) => rows(record).map(line).join("");
      const text: RecordText<Parameters<typeof rows>[0]> = {
        detail: "row",
        head: headings ? head(columns) : "",
        of,
        tail: () => "",
      };
      if (!startsWithAddress) return text;
      const printer = new RunPrinter("row", before, of);
      return { ...text, printRun: (run, out) => printer.print(run, out) };
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
