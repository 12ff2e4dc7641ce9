import type { ReportedRoute, RoutesReport } from "../../routes/routes-report.ts";
import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { same } from "../../text/same.ts";
import type { RoutesView } from "./result.ts";

const HEADING = ["SOURCE", "STATE", "PREFIX", "NEXT HOP TYPE", "NEXT HOP IP", "NAME", "SERVICE TAG", "ENDPOINT"];

const cell = (text: string | null) => (text === null || text === "" ? EMPTY : plainText(text));

/** Whether it is one of the rows that Azure makes for address space that is not in use. */
export function isDefaultNone({ source, nextHopType }: Pick<ReportedRoute, "source" | "nextHopType">): boolean {
  return same(source, "Default") && same(nextHopType, "None");
}

/** A line of one route, or one for each of several prefixes; prefixes and tags as they are shown. */
function lineOf(
  route: ReportedRoute,
  prefix: string | readonly string[],
  serviceTag: string | readonly string[],
): Line {
  const { source, state, nextHopType, nextHopIpAddress, name, serviceEndpoint } = route;
  const head = [source, state].map(cell);
  const hop = [nextHopType, nextHopIpAddress.join(", "), name].map(cell);
  const colour = !same(state, "Active") ? "dim" : same(nextHopType, "None") ? "red" : null;
  return { cells: [...head, prefix, ...hop, serviceTag, cell(serviceEndpoint)], colour };
}

/** The tags that a user route was made on. */
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

/** A line for each prefix. */
function unfolded(route: ReportedRoute): Line {
  const own = cell(ownTag(route));
  const { serviceTag, prefixes } = route;
  const tags =
    serviceTag === null ? own : prefixes.map((each) => (each.serviceTag === null ? own : cell(each.serviceTag)));
  // A prefix that was read and written is plain text.
  return lineOf(
    route,
    prefixes.map(({ addressPrefix }) => addressPrefix),
    tags,
  );
}

/** Azure's default None rows of one state as one line: that they drop matters more than which they are. */
function foldedNone(routes: readonly ReportedRoute[]): Line[] {
  const byState = new Map<string, ReportedRoute[]>();
  for (const route of routes) byState.set(route.state, [...(byState.get(route.state) ?? []), route]);
  return [...byState.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const prefixes = group.reduce((count, route) => count + route.prefixes.length, 0);
    return prefixes === 1 ? [folded(first)] : [lineOf(first, `${prefixes} prefixes`, EMPTY)];
  });
}

/** The route table, a line for each row; folded rows say how many prefixes they stand for, folded None rows come last. */
export async function routesText(report: RoutesReport, view: RoutesView, stdout: OutputStream): Promise<string> {
  const { marks } = view;
  const lines: Line[] = [marked({ cells: HEADING, colour: "bold" }, marks && "CHANGE")];
  const none: ReportedRoute[] = [];
  report.routes.forEach((route, at) => {
    const mark = marks && (marks[at] ?? null);
    if (!view.expandNone && isDefaultNone(route) && typeof mark !== "string") none.push(route);
    else lines.push(marked(view.expandPrefixes ? unfolded(route) : folded(route, view.leading?.[at]), mark));
  });
  for (const each of foldedNone(none)) lines.push(marked(each, marks && null));
  return inColumns(lines, stdout);
}

/** The line with a cell before the others; as it is where there are no marks (undefined). */
const marked = (each: Line, mark: string | null | undefined): Line =>
  mark === undefined ? each : { ...each, cells: [mark ?? EMPTY, ...each.cells] };
