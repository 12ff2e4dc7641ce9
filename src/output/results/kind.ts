import type { OutputStream } from "../../terminal/terminal.ts";
import type { Cell } from "../formats/cell.ts";
import type { Pieces } from "../formats/format.ts";

/** How a kind of result is shown. `View` has options for its text; other formats print everything. */
export interface Kind<Report, View = undefined> {
  /** Returns the elements of the report. ndjson prints one a line. */
  elements(report: Report): readonly object[];
  /** The columns of the flat formats, named after JSON's fields. Scripts rely on their order. */
  readonly columns: readonly string[];
  rows(report: Report): Iterable<readonly Cell[]>;
  /** Returns the text for people. */
  text(report: Report, stdout: OutputStream, view: View): Pieces | Promise<Pieces>;
}
