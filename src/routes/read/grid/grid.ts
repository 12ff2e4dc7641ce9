import { quotedText } from "../../../text/quoted-text.ts";
import { same } from "../../../text/same.ts";
import { UserError } from "../../../text/user-error.ts";
import type { EffectiveRoute } from "../../effective-route.ts";
import { effectiveRouteFromArm } from "../arm-row.ts";
import { FIT, type Fit, type FormContent, type FormTable } from "../form.ts";
import { type Column, columnOf, mayBeNextHop, missingColumns } from "../headings.ts";
import { readRows } from "../read-rows.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "../route-file-error.ts";
import { cellValue } from "./cells.ts";
import { otherGrid } from "./other-grid.ts";

/** A table of text cells under headings, in whatever notation. */
export interface Grid {
  /** What the text above the table calls it; null where it says nothing. */
  readonly title: string | null;
  readonly headings: readonly string[];
  readonly rows: readonly GridRow[];
  /** The number of the first line that says that rows were left out here (`...`); null where none does. */
  readonly leftOut: number | null;
}

/** A row of a grid: one cell per heading. */
export interface GridRow {
  /** What messages call it, e.g. "line 7". */
  readonly at: string;
  readonly cells: readonly string[];
}

/** How well tables with these headings fit a form: fully where one has every column that decides which route wins. */
export function fitOfHeadings(tables: readonly (readonly string[])[]): Fit {
  if (tables.some((headings) => missingColumns(headings).length === 0)) return FIT.full;
  const says = (headings: readonly string[]) =>
    headings.some((heading) => columnOf(heading) !== null) || otherGrid(headings) !== null;
  return tables.some(says) ? FIT.partial : FIT.none;
}

/**
 * The route tables in grids: those with every column that decides which route wins. A column of NICs makes a table per
 * NIC.
 * @throws UserError where no grid is one, to say what the first is or lacks.
 */
export function tablesOf(grids: readonly Grid[]): readonly FormTable[] {
  const whole = grids.filter(({ headings }) => missingColumns(headings).length === 0);
  const [first] = grids;
  if (whole.length === 0 && first !== undefined) {
    const [known] = grids.map(({ headings }) => otherGrid(headings)).filter((refusal) => refusal !== null);
    throw known ?? withoutColumns(first.headings);
  }
  return whole.flatMap(byNic);
}

/** The rejection of a heading without rows, for tools that print no heading for an empty table. */
export function withoutRows(): UserError<RouteFileErrorCode> {
  return new UserError("rows-missing", "the table has a heading and no rows", HOW_TO_EXPORT);
}

function withoutColumns(headings: readonly string[]): UserError<RouteFileErrorCode> {
  const missing = missingColumns(headings).map((heading) => `'${heading}'`);
  return new UserError(
    "columns-missing",
    `the table has no column ${missing.join(", ")}`,
    `which route wins depends on every one of them; ${HOW_TO_EXPORT}`,
  );
}

/** The tables of a grid with a column of NICs; else the grid as one table. */
function byNic(grid: Grid): readonly FormTable[] {
  const at = grid.headings.findIndex((heading) => columnOf(heading) === "nic");
  if (at < 0) return [{ name: grid.title, read: () => contentOf(grid) }];
  const groups = new Map<string, GridRow[]>();
  for (const row of grid.rows) {
    const name = (row.cells[at] ?? "").replace(/[`*]/g, "").trim();
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups].map(([name, rows]) => ({ name, read: () => contentOf({ ...grid, rows }) }));
}

function contentOf({ headings, rows, leftOut }: Grid): FormContent {
  const columns = columnsOf(headings);
  const hasHops = columns.some(({ column }) => column === "nextHopIpAddress");
  const routes = readRows(rows, ({ cells, at }) => routeOf(columns, cells, at));
  const remarks = [
    leftOut === null ? null : `An excerpt: line ${leftOut} says that rows were left out. A left-out row may win.`,
    columns.some(({ column }) => column === "name") || !routes.some(({ source }) => same(source, "User"))
      ? null
      : "This export does not name its user routes.",
    hasHops ? null : "This export has no next hop addresses.",
  ].filter((remark) => remark !== null);
  return { routes, note: remarks.length === 0 ? null : remarks.join(" ") };
}

interface PlacedColumn {
  /** ARM's field, or the heading of a user's own column, whose cells are kept unchanged. */
  readonly field: string;
  readonly column: Column | null;
  readonly place: number;
}

/** Columns whose twin may not be passed over: the two may say different things. */
const DECIDING: ReadonlySet<Column | null> = new Set<Column>([
  "addressPrefix",
  "nextHopType",
  "source",
  "state",
  "nextHopIpAddress",
]);

/** @throws UserError for two columns of a field that decides the answer. */
function columnsOf(headings: readonly string[]): readonly PlacedColumn[] {
  const placed: PlacedColumn[] = [];
  for (const [place, heading] of headings.entries()) {
    const column = columnOf(heading);
    const twin = placed.find((other) => other.column === column);
    if (twin !== undefined && DECIDING.has(column)) {
      throw new UserError<RouteFileErrorCode>(
        "columns-missing",
        `the table has two columns for ${column}: '${quotedText(heading, 20)}' is the second`,
        "keep the one that Azure filled",
      );
    }
    if (mayBeNextHop(heading) && !headings.some((each) => columnOf(each) === "nextHopIpAddress")) {
      throw new UserError<RouteFileErrorCode>(
        "columns-missing",
        `the column '${quotedText(heading, 30)}' may be the next hop addresses`,
        `call it 'Next Hop IP Address' where it is, or leave it out; ${HOW_TO_EXPORT}`,
      );
    }
    if (heading !== "" && column !== "nic") {
      placed.push({
        field: twin === undefined ? (column ?? heading) : heading,
        column: twin === undefined ? column : null,
        place,
      });
    }
  }
  return placed;
}

function routeOf(columns: readonly PlacedColumn[], cells: readonly string[], at: string): EffectiveRoute {
  const fields = columns.map(({ field, column, place }) => {
    const cell = cells[place] ?? "";
    return [field, column === null ? cell : cellValue(column, cell, at)] as const;
  });
  return effectiveRouteFromArm(Object.fromEntries(fields), at);
}
