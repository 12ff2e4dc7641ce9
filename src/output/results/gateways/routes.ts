import {
  hopText,
  OWN_INSTANCE,
  type ReportedGatewayRoute,
  type ReportedRouter,
} from "../../../routes/gateways/gateway-report.ts";
import type { GatewayNote } from "../../../selection/gateways/notes.ts";
import { inColumns } from "../../../terminal/columns.ts";
import { labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { type Column, EMPTY, type Line } from "../../../terminal/table-form.ts";
import { lastPart } from "../../../text/last-part.ts";
import type { Kind } from "../kind.ts";
import { noteTexts, routerDataText } from "./router-text.ts";

/** The output of `routes -o json` for the table of a hub, a gateway, a Route Server or a circuit. */
export interface GatewayRoutesReport {
  readonly schemaVersion: "1.0";
  readonly routes: readonly ReportedGatewayRoute[];
  readonly notes: readonly GatewayNote[];
  readonly gatewayTable: ReportedRouter;
}

/** Options for the text. Other formats print everything. */
export interface GatewayRoutesView {
  /** Show a line for each next hop, with its peer. */
  readonly expand: boolean;
}

/** The columns of the flat formats. Scripts rely on their order. */
export const GATEWAY_ROUTE_COLUMNS = [
  "addressPrefix",
  "nextHop",
  "nextHopName",
  "nextHopType",
  "origin",
  "asPath",
  "weight",
  "localPreference",
  "best",
  "sourcePeer",
  "instance",
] as const;

/** Returns the cells of a row in the flat formats. */
export function gatewayRouteCells(route: ReportedGatewayRoute) {
  const { addressPrefix, nextHops, nextHopType, origin, asPath, weight, localPreference } = route;
  return [
    addressPrefix,
    nextHops.map(({ text }) => text),
    nextHops.flatMap(({ name }) => (name === null ? [] : [name])),
    nextHopType,
    origin,
    asPath === null ? null : asPath.join("-"),
    weight,
    localPreference,
    route.best,
    route.sourcePeer,
    route.instances,
  ] as const;
}

/** The routes of a router: a row for each prefix and next hop; equal rows of several instances are one. */
export const gatewayRoutes: Kind<GatewayRoutesReport, GatewayRoutesView> = {
  elements: ({ routes }) => routes,
  columns: GATEWAY_ROUTE_COLUMNS,
  givenUp: ["best", "sourcePeer", "nextHopName", "localPreference", "instance", "weight", "origin"],
  *rows({ routes }) {
    for (const route of routes) yield gatewayRouteCells(route);
  },
  *lines({ routes }) {
    for (const route of grouped(routes)) yield `${routeLine(route)}\n`;
  },
  text: routesText,
};

/**
 * One line of the text: rows that differ only in next hop and peer, and rows of instances that have a route through
 * each other.
 */
interface GroupedRoute extends Omit<ReportedGatewayRoute, "nextHops" | "sourcePeer" | "best" | "count"> {
  readonly hops: readonly string[];
  readonly peers: readonly string[];
}

interface GroupDraft extends GroupedRoute {
  readonly hops: string[];
  readonly peers: string[];
  readonly instances: string[];
}

function grouped(
  routes: readonly ReportedGatewayRoute[],
  { expand = false, foldInstances = false } = {},
): readonly GroupedRoute[] {
  const groups = new Map<string, GroupDraft>();
  for (const [at, route] of routes.entries()) {
    const { nextHops, sourcePeer, best, count: _, instances, ...rest } = route;
    const isOther = foldInstances && leadsToAnother(route);
    const hops = isOther
      ? ["another instance"]
      : nextHops.map(({ text, name }) => `${hopText(text, name)}${best === true ? " *" : ""}`);
    const key = expand ? String(at) : JSON.stringify([rest, hops.length > 0, isOther || instances]);
    const group = groups.get(key) ?? { ...rest, hops: [], peers: [], instances: [] };
    groups.set(key, group);
    for (const hop of hops) if (!group.hops.includes(hop)) group.hops.push(hop);
    for (const instance of instances) if (!group.instances.includes(instance)) group.instances.push(instance);
    if (sourcePeer !== null && !group.peers.includes(sourcePeer)) group.peers.push(sourcePeer);
  }
  return [...groups.values()];
}

/** Whether the instances that have a row reach it through another instance of the router. */
function leadsToAnother({ nextHops, instances }: ReportedGatewayRoute): boolean {
  if (nextHops.length === 0 || instances.length === 0) return false;
  return nextHops.every(({ text, name }) => name === OWN_INSTANCE && !instances.includes(text));
}

/** A column that is shown only if a row has a value for it. */
interface ShownColumn extends Column {
  readonly cell: (route: GroupedRoute, report: GatewayRoutesReport) => string;
  readonly always?: boolean;
}

const COLUMNS: readonly ShownColumn[] = [
  { heading: "PREFIX", always: true, cell: ({ addressPrefix }) => addressPrefix },
  { heading: "NEXT HOP", always: true, cell: ({ hops }) => hops.join(", ") },
  { heading: "TYPE", cell: ({ nextHopType }) => nextHopType ?? "" },
  { heading: "ORIGIN", givenUp: 5, cell: ({ origin }) => lastPart(origin ?? "") },
  { heading: "AS PATH", givenUp: 6, cell: ({ asPath }) => asPath?.join("-") ?? "" },
  { heading: "WEIGHT", givenUp: 3, foldable: true, cell: ({ weight }) => String(weight ?? "") },
  { heading: "LOCAL PREF", givenUp: 2, foldable: true, cell: ({ localPreference }) => String(localPreference ?? "") },
  { heading: "PEER", givenUp: 1, cell: ({ peers }) => peers.join(", ") },
  { heading: "INSTANCE", givenUp: 4, cell: instanceText },
];

/** The instances that have a row. */
function instanceText({ instances }: GroupedRoute, { gatewayTable }: GatewayRoutesReport): string {
  return instances.length < gatewayTable.instances.length ? instances.map(shortInstance).join(", ") : "all";
}

/** The name of an instance, without the part that all names share. */
export const shortInstance = (instance: string): string => instance.replace(/^RouteServiceRole_/i, "");

/** Yields the text for people: the router, its rows, the limits of the table. */
async function* routesText(
  report: GatewayRoutesReport,
  stdout: OutputStream,
  { expand }: GatewayRoutesView,
): AsyncGenerator<string> {
  const { routes, notes, gatewayTable } = report;
  const rows = grouped(routes, { expand, foldInstances: !expand });
  const shown = COLUMNS.filter(
    (column) =>
      column.always === true ||
      ((column.heading !== "PEER" || expand) && rows.some((row) => !["", "all"].includes(column.cell(row, report)))),
  );
  const lines = rows.map((row): Line => {
    const cells = shown.map(({ cell }) => plainText(cell(row, report)) || EMPTY);
    return { cells, colour: row.hops.length === 0 ? "dim" : null };
  });
  if (rows.length > 0) yield* await inColumns([{ columns: shown, lines }], stdout, { whole: "-o wide shows all" });
  const below = [...noteTexts(notes, stdout), labelled("data", routerDataText(gatewayTable), { text: "dim" })];
  const measure = await measureFor(below.map(({ text }) => text));
  if (rows.length > 0) yield "\n";
  for (const each of below) yield labelledText(each, stdout, measure);
}

/** Returns a row on one line: prefix, next hops, origin, AS path. */
function routeLine({ addressPrefix, hops, nextHopType, origin, asPath }: GroupedRoute): string {
  const to = [nextHopType, hops.join(", ")].filter((part) => part !== null && part !== "").join(" ");
  return plainText(
    [addressPrefix, to === "" ? EMPTY : to, lastPart(origin ?? ""), asPath?.join("-") ?? ""]
      .filter((part) => part !== "")
      .join("  "),
  );
}
