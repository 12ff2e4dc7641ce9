import { writePieces } from "../../terminal/pieces.ts";
import { rowsOf, textOf } from "../results/kinds.ts";
import type { Format } from "./format.ts";
import { fittedColumns, growingColumns, printFoundInColumns, printRows } from "./wide.ts";

/** Text for people: columns without borders, or a proof. */
export const table: Format = {
  async print(result, stdout, arrangement) {
    const text = await textOf(result, stdout, arrangement);
    if (text !== null) await writePieces(text, stdout);
    else await printRows(await rowsOf(result, arrangement), stdout, { arrangement, width: stdout.columns });
  },
  printFound: (found, stdout, arrangement) =>
    printFoundInColumns(found, stdout, { arrangement, width: stdout.columns }),
  stream: (kind, stdout) =>
    stdout.columns === null ? growingColumns(kind, stdout) : fittedColumns(kind, stdout, stdout.columns),
};
