import { textOf } from "../results/kinds.ts";
import { type Format, writePieces } from "./format.ts";
import { growingColumns, printFoundInColumns } from "./wide.ts";

/** A text for people: columns without borders, or a proof. */
export const table: Format = {
  print: async (result, stdout) => writePieces(await textOf(result, stdout), stdout),
  printFound: printFoundInColumns,
  stream: growingColumns,
};
