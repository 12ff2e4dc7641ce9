import type { TableMove } from "../analysis/table-diff.ts";
import type { Rows } from "./rows.ts";
import { placeText } from "./table-moves.ts";

/** A row for each prefix that goes elsewhere. */
export function moveRows(moves: readonly TableMove[]): Rows {
  return {
    columns: ["addressPrefix", "before", "after", "beforeVerdict", "afterVerdict", "beforeCertainty", "afterCertainty"],
    rows: moves.flatMap(({ prefixes, before, after }) =>
      prefixes.map((prefix) => [
        prefix,
        placeText(before),
        placeText(after),
        before.verdict,
        after.verdict,
        before.certainty,
        after.certainty,
      ]),
    ),
  };
}
