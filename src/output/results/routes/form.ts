import type { ReportedRoute } from "../../../routes/routes-report.ts";
import type { Column } from "../../../terminal/table-form.ts";

/** The change of a row in a predicted table. */
export interface RowMark {
  readonly text: string;
  readonly sign: "+" | "-" | "~";
}

/** A form of the table: its columns, and the cells of each kind of line. */
export interface RouteForm {
  readonly columns: readonly Column[];
  /** One line for a route, with this text for its prefixes. */
  folded(route: ReportedRoute, prefix: string, mark: RowMark | null): readonly string[];
  /** A line for each prefix of a route. */
  unfolded(route: ReportedRoute, mark: RowMark | null): Iterable<readonly string[]>;
  /** One line for several routes like this one. */
  group(route: ReportedRoute, prefix: string): readonly string[];
}
