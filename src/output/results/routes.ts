import type { ReportedRoute, RoutesReport } from "../../routes/routes-report.ts";
import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { same } from "../../text/same.ts";
import type { Kind } from "./kind.ts";

/** Options for the text of a route table. Other formats print everything. */
export interface RoutesView {
  /** Show every prefix of a row instead of the first and a count. */
  readonly expandPrefixes: boolean;
  /** Show each of Azure's default None rows instead of one folded line. */
  readonly expandNone: boolean;
  /** The prefix to show in each route's folded line; if missing, the first. */
  readonly leading?: readonly string[] | undefined;
  /** A mark for each route, in a column before the others. */
  readonly marks?: readonly (string | null)[] | undefined;
}

const HEADING = ["SOURCE", "STATE", "PREFIX", "NEXT HOP TYPE", "NEXT HOP IP", "NAME", "SERVICE TAG", "ENDPOINT"];

const cell = (text: string | null) => (text === null || text === "" ? EMPTY : plainText(text));

/** Whether the row is a default None row, with which Azure drops address space that is not in use. */
export function isDefaultNone({ source, nextHopType }: Pick<ReportedRoute, "source" | "nextHopType">): boolean {
  return same(source, "Default") && same(nextHopType, "None");
}

/** Returns the line of one route or one of its prefixes, with these texts for prefix and service tag. */
function lineOf(route: ReportedRoute, prefix: string, serviceTag: string): Line {
  const { source, state, nextHopType, nextHopIpAddress, name, serviceEndpoint } = route;
  const head = [source, state].map(cell);
  const hop = [nextHopType, nextHopIpAddress.join(", "), name].map(cell);
  const colour = !same(state, "Active") ? "dim" : same(nextHopType, "None") ? "red" : null;
  return { cells: [...head, prefix, ...hop, serviceTag, cell(serviceEndpoint)], colour };
}

/** Returns the service tags of a user route. */
const ownTag = (route: ReportedRoute) => route.destinationServiceTags.join(", ");

function tagAndCount(route: ReportedRoute): string {
  const tag = route.serviceTag;
  const total = route.prefixes.length;
  if (tag === null)
    return [ownTag(route), total > 1 ? `${total} prefixes` : ""].filter((part) => part !== "").join("  ");
  if (tag.matched === tag.total) return total > 1 ? `${tag.name}  ${total} prefixes` : tag.name;
  return `${tag.name}  ${tag.matched} of ${tag.total} prefixes`;
}

function folded(route: ReportedRoute, leading?: string): Line {
  const first = leading ?? route.prefixes[0]?.addressPrefix ?? "";
  const more = route.prefixes.length - 1;
  return lineOf(route, cell(more > 0 ? `${first} +${more}` : first), cell(tagAndCount(route)));
}

/** Yields a line for each prefix. */
function* unfolded(route: ReportedRoute): Generator<Line> {
  const own = cell(ownTag(route));
  const any = lineOf(route, "", own);
  for (const { addressPrefix, serviceTag } of route.prefixes) {
    // The lines differ only in prefix and tag, and a prefix is plain text.
    yield { ...any, cells: any.cells.with(2, addressPrefix).with(6, serviceTag === null ? own : cell(serviceTag)) };
  }
}

/** Returns one line for all of Azure's default None rows of a state: what they do matters more than their prefixes. */
function foldedNone(routes: readonly ReportedRoute[]): Line[] {
  const byState = new Map<string, ReportedRoute[]>();
  for (const route of routes) {
    const group = byState.get(route.state);
    if (group === undefined) byState.set(route.state, [route]);
    else group.push(route);
  }
  return [...byState.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const prefixes = group.reduce((count, route) => count + route.prefixes.length, 0);
    return prefixes === 1 ? [folded(first)] : [lineOf(first, `${prefixes} prefixes`, EMPTY)];
  });
}

/**
 * Returns the route table, a line for each row. Folded rows have a count of their prefixes; folded None rows come last.
 */
export function routesText(report: RoutesReport, view: RoutesView, stdout: OutputStream): Promise<Iterable<string>> {
  return inColumns(() => linesOf(report, view), stdout);
}

function* linesOf(
  { routes }: RoutesReport,
  { marks, expandNone, expandPrefixes, leading }: RoutesView,
): Generator<Line> {
  yield marked({ cells: HEADING, colour: "bold" }, marks && "CHANGE");
  const none: ReportedRoute[] = [];
  for (const [at, route] of routes.entries()) {
    const mark = marks && (marks[at] ?? null);
    if (!expandNone && isDefaultNone(route) && typeof mark !== "string") none.push(route);
    else if (expandPrefixes) for (const line of unfolded(route)) yield marked(line, mark);
    else yield marked(folded(route, leading?.[at]), mark);
  }
  for (const line of foldedNone(none)) yield marked(line, marks && null);
}

/** Returns the line with a mark before its cells; unchanged without marks (undefined). */
const marked = (each: Line, mark: string | null | undefined): Line =>
  mark === undefined ? each : { ...each, cells: [mark ?? EMPTY, ...each.cells] };

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
  text: (report, stdout, view) => routesText(report, view, stdout),
};
