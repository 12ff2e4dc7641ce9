import type { ReportedRoute, RoutesReport } from "../../../routes/routes-report.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { Forms, Line, TableForm } from "../../../terminal/table-form.ts";
import { same } from "../../../text/same.ts";
import type { Kind } from "../kind.ts";
import { compactForm } from "./compact-form.ts";
import type { RouteForm, RowMark } from "./form.ts";
import { FULL_COLUMNS, fullForm } from "./full-form.ts";

/** Options for the table of routes. Other formats print everything. */
export interface RoutesView {
  /** Show every prefix of a row instead of the first and a count. */
  readonly expandPrefixes: boolean;
  /** Show each of Azure's default None rows instead of one folded line. */
  readonly expandNone: boolean;
  /** The prefix to show in each route's folded line; if missing, the first. */
  readonly leading?: readonly string[] | undefined;
  /** A mark for each route, in a column before the others. */
  readonly marks?: readonly (RowMark | null)[] | undefined;
}

/** Whether the row is a default None row, by which Azure drops unused address space. */
export function isDefaultNone({ source, nextHopType }: Pick<ReportedRoute, "source" | "nextHopType">): boolean {
  return same(source, "Default") && same(nextHopType, "None");
}

function colourOf({ state, nextHopType }: ReportedRoute): Line["colour"] {
  return !same(state, "Active") ? "dim" : same(nextHopType, "None") ? "red" : null;
}

/**
 * Returns the forms of a route table, a line for each row. Folded rows have a count of their prefixes; folded None rows
 * come last.
 */
export function routeForms(report: RoutesReport, view: RoutesView, optional = false): Forms {
  const marked = view.marks !== undefined;
  const tableForm = (form: RouteForm): TableForm => ({
    columns: form.columns,
    lines: () => linesOf(report, view, form),
  });
  return [
    tableForm(fullForm({ optional, marked })),
    tableForm(compactForm({ marked, narrow: false })),
    tableForm(compactForm({ marked, narrow: true })),
  ];
}

function* linesOf(
  { routes }: RoutesReport,
  { marks, expandNone, expandPrefixes, leading }: RoutesView,
  form: RouteForm,
): Generator<Line> {
  const none: ReportedRoute[] = [];
  for (const [at, route] of routes.entries()) {
    const mark = marks?.[at] ?? null;
    const colour = colourOf(route);
    if (!expandNone && isDefaultNone(route) && mark === null) none.push(route);
    else if (expandPrefixes) for (const cells of form.unfolded(route, mark)) yield { cells, colour };
    else yield { cells: form.folded(route, foldedPrefix(route, leading?.[at]), mark), colour };
  }
  yield* foldedNone(none, form);
}

function foldedPrefix({ prefixes }: ReportedRoute, leading?: string): string {
  const first = leading ?? prefixes[0]?.addressPrefix ?? "";
  return prefixes.length > 1 ? `${first} +${prefixes.length - 1}` : first;
}

/** Yields one line for all of Azure's default None rows of a state: their effect matters more than their prefixes. */
function* foldedNone(routes: readonly ReportedRoute[], form: RouteForm): Generator<Line> {
  const byState = new Map<string, ReportedRoute[]>();
  for (const route of routes) {
    const group = byState.get(route.state);
    if (group === undefined) byState.set(route.state, [route]);
    else group.push(route);
  }
  for (const group of byState.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const prefixes = group.reduce((count, route) => count + route.prefixes.length, 0);
    const cells =
      prefixes === 1 ? form.folded(first, foldedPrefix(first), null) : form.group(first, `${prefixes} prefixes`);
    yield { cells, colour: colourOf(first) };
  }
}

/** A route table: a row for each prefix of each route. */
export const routes: Kind<RoutesReport, RoutesView> = {
  elements: (report) => report.routes,
  columns: [
    "source",
    "state",
    "addressPrefix",
    "nextHopType",
    "nextHopIpAddress",
    "name",
    "serviceTag",
    "serviceEndpoint",
    "destinationServiceTags",
    "disableBgpRoutePropagation",
    "hasBgpOverride",
  ],
  *rows(report) {
    for (const route of report.routes) {
      for (const { addressPrefix, serviceTag } of route.prefixes) {
        yield [
          route.source,
          route.state,
          addressPrefix,
          route.nextHopType,
          route.nextHopIpAddress,
          route.name,
          serviceTag,
          route.serviceEndpoint,
          route.destinationServiceTags,
          route.disableBgpRoutePropagation,
          route.hasBgpOverride,
        ];
      }
    }
  },
  *lines({ routes: rows }, { colours }) {
    for (const route of rows) {
      const colour = colourOf(route);
      yield `${colour === null ? routeLine(route) : colours[colour](routeLine(route))}\n`;
    }
  },
  table: { columns: FULL_COLUMNS, forms: routeForms },
};

/** Returns a row on one line: its prefixes, next hop, source and name, service tag, and its state unless Active. */
function routeLine(route: ReportedRoute): string {
  const { prefixes, nextHopType, nextHopIpAddress, source, name, serviceTag, state } = route;
  const more = prefixes.length > 1 ? ` +${prefixes.length - 1}` : "";
  const cells = [
    `${prefixes[0]?.addressPrefix ?? ""}${more}`,
    [nextHopType, ...nextHopIpAddress].join(" "),
    name === null ? source : `${source} ${name}`,
    ...(serviceTag === null ? [] : [serviceTag.name]),
    ...(same(state, "Active") ? [] : [state]),
  ];
  return plainText(cells.join("  "));
}
