import type { Cell } from "../formats/cell.ts";
import type { Result } from "./result.ts";
import { checkRows } from "./rows-check.ts";
import { EXPLANATION_COLUMNS, explanationRows } from "./rows-explanations.ts";
import { moveRows } from "./rows-moves.ts";
import { predictedMoveRows } from "./rows-predicted-moves.ts";
import { lookupRows, routeRows, tagListRows, tagRows, tagStatusRows, tagUpdateRows } from "./rows-reports.ts";
import { tagDiffRows } from "./rows-tag-diff.ts";

/** A result as a flat table: what csv, tsv, markdown and wide print. The columns are named as JSON's fields are, and fixed. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The rows of a result: of route tables one for each prefix, of explanations one for each destination. */
export function rowsOf(result: Result): Rows {
  switch (result.kind) {
    case "routes":
      return routeRows(result.report);
    case "explanations":
      return { columns: EXPLANATION_COLUMNS, rows: result.report.explanations.flatMap(explanationRows) };
    case "diff":
      return moveRows(result.report.moves);
    case "check":
      return checkRows(result.report.results);
    case "whatif":
      return predictedMoveRows(result.report.moves);
    case "tag-diff":
      return tagDiffRows(result.report);
    case "tag-lookups":
      return lookupRows(result.report);
    case "tag-update":
      return tagUpdateRows(result.report);
    case "tag-status":
      return tagStatusRows(result.report);
    case "tag-list":
      return tagListRows(result.report);
    case "tag":
      return tagRows(result.report);
    default:
      return result satisfies never;
  }
}
