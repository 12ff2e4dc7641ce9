import { writePieces } from "../../terminal/pieces.ts";
import { rowsOf, textOf } from "../results/kinds.ts";
import type { Format } from "./format.ts";

/** Text for people: a proof, or columns without borders, whose code is loaded for what has no text of its own. */
export const table: Format = {
  async print(result, stdout, arrangement) {
    const text = await textOf(result, stdout, arrangement);
    if (text !== null) return writePieces(text, stdout);
    const { printRows } = await import("./wide.ts");
    await printRows(await rowsOf(result, arrangement), stdout, { arrangement, width: stdout.columns });
  },
  async printFound(found, stdout, arrangement) {
    const { printFoundInColumns } = await import("./wide.ts");
    await printFoundInColumns(found, stdout, { arrangement, width: stdout.columns });
  },
  async stream(kind, stdout) {
    const { fittedColumns, growingColumns } = await import("./wide.ts");
    return stdout.columns === null ? growingColumns(kind, stdout) : fittedColumns(kind, stdout, stdout.columns);
  },
};
