import { comparePrefixes, formatPrefix } from "../../net/prefix.ts";
import { lastPart } from "../../text/last-part.ts";
import { same } from "../../text/same.ts";
import { textField } from "../../text/type-guards.ts";
import type {
  BgpPeer,
  BgpPeerTable,
  GatewayRoute,
  GatewayTable,
  GatewayTableOrigin,
  NextHopNames,
} from "./gateway-table.ts";

/** A next hop as the source writes it, with a name where one is known. */
interface ReportedNextHop {
  readonly text: string;
  readonly name: string | null;
}

/** One row of a report: equal rows of several instances are one. */
export interface ReportedGatewayRoute {
  readonly addressPrefix: string;
  readonly nextHops: readonly ReportedNextHop[];
  readonly nextHopType: string | null;
  readonly origin: string | null;
  readonly asPath: readonly number[] | null;
  readonly weight: number | null;
  readonly localPreference: number | null;
  /** The instances that have the row; empty where the table does not say. */
  readonly instances: readonly string[];
  readonly sourcePeer: string | null;
  readonly best: boolean | null;
  /** How many rows of the table say this. */
  readonly count: number;
}

/** What the router is, and which of its tables. */
export interface ReportedRouter {
  readonly kind: GatewayTable["kind"] | BgpPeerTable["kind"];
  readonly routerId: string;
  readonly scope: string | null;
  readonly instances: readonly string[];
  readonly origin: GatewayTableOrigin;
}

/** The router of a table, for reports. */
export function reportedRouter(table: GatewayTable | BgpPeerTable): ReportedRouter {
  const { kind, routerId, scope, origin } = table;
  return { kind, routerId, scope, instances: "instances" in table ? table.instances : [], origin };
}

/**
 * The rows of a table in the order of their prefixes; equal rows of several instances are one. n log n in the rows.
 */
export function reportedGatewayRoutes(table: GatewayTable): ReportedGatewayRoute[] {
  const { names = NO_NAMES } = table;
  const own = ownAddresses(table);
  const ordered = [...table.routes].sort((a, b) => comparePrefixes(a.prefix, b.prefix) || byPreference(a, b));
  return foldedRoutes(ordered).map(({ route, instances, count }) => reportedRoute(route, instances, count, own, names));
}

/** The name of a next hop that is an instance of the router itself. */
export const OWN_INSTANCE = "own instance";

const NO_NAMES: NextHopNames = new Map();

/** Within a prefix, what is preferred comes first: the higher weight, then the shorter AS path. */
function byPreference(a: GatewayRoute, b: GatewayRoute): number {
  return (
    (b.weight ?? 0) - (a.weight ?? 0) ||
    (b.localPreference ?? 0) - (a.localPreference ?? 0) ||
    (a.asPath?.length ?? 0) - (b.asPath?.length ?? 0) ||
    Number(b.best ?? false) - Number(a.best ?? false)
  );
}

/** A row for a report. */
export function reportedRoute(
  route: GatewayRoute,
  instances: readonly string[],
  count: number,
  own: ReadonlySet<string>,
  names: NextHopNames = NO_NAMES,
): ReportedGatewayRoute {
  const { nextHopType, origin, asPath, weight, localPreference, sourcePeer, best } = route;
  return {
    addressPrefix: formatPrefix(route.prefix),
    nextHops: route.nextHops.map(({ text }) => ({ text, name: hopName(text, own, names) })),
    nextHopType,
    origin,
    asPath,
    weight,
    localPreference,
    instances,
    sourcePeer,
    best,
    count,
  };
}

function hopName(text: string, own: ReadonlySet<string>, names: NextHopNames): string | null {
  if (text.startsWith("/")) return lastPart(text);
  return names.get(text) ?? (own.has(text) ? OWN_INSTANCE : null);
}

/** A next hop for people: an address with its name, the name alone for a resource. */
export function hopText(text: string, name: string | null): string {
  return name === null ? text : text.startsWith("/") ? name : `${text} (${name})`;
}

/** Rows that say the same, and the instances that have them. */
export interface FoldedRoute {
  readonly route: GatewayRoute;
  readonly instances: readonly string[];
  readonly count: number;
}

/** Equal rows as one, in the order of the first of each. Linear in the rows. */
export function foldedRoutes(routes: readonly GatewayRoute[]): readonly FoldedRoute[] {
  const groups = new Map<string, { route: GatewayRoute; instances: string[]; count: number }>();
  for (const route of routes) {
    const key = routeKey(route);
    const group = groups.get(key) ?? { route, instances: [], count: 0 };
    groups.set(key, group);
    group.count++;
    if (route.instance !== null && !group.instances.includes(route.instance)) group.instances.push(route.instance);
  }
  return [...groups.values()];
}

/** A text that is the same for rows which say the same, whichever instance has them. */
export function routeKey(route: GatewayRoute): string {
  const { prefix, nextHops, nextHopType, origin, asPath, weight, localPreference, best } = route;
  // The peer of an instance's own route is the instance. The next hop of an advertised route is, too.
  const peer = isOwn(route) ? null : route.sourcePeer;
  const hops = nextHops.map(({ text }) => text);
  return JSON.stringify([formatPrefix(prefix), hops, nextHopType, origin, asPath, weight, localPreference, best, peer]);
}

/** Whether a row is a route of the router's own: its network, a peered one, or the far end of a tunnel. */
export function isOwn({ origin }: Pick<GatewayRoute, "origin">): boolean {
  return same(origin ?? "", "Network");
}

/**
 * The addresses of the router's instances, as the rows show them: those that have rows; without them the peers of the
 * router's own routes, but not those of a Route Server, which have a next hop.
 */
export function ownAddresses({ instances, routes }: Pick<GatewayTable, "instances" | "routes">): ReadonlySet<string> {
  if (instances.length > 0)
    return new Set(routes.flatMap(({ fields }) => textField(fields, "localAddress") ?? instances));
  const own = routes.filter((route) => isOwn(route) && route.nextHops.length === 0);
  return new Set(own.map(({ sourcePeer }) => sourcePeer).filter((address) => address !== null));
}

/** A BGP peer for a report. */
export type ReportedPeer = Omit<BgpPeer, "fields">;

/** The peers of a table, by instance and neighbor in the order of the source. */
export function reportedPeers({ peers }: BgpPeerTable): ReportedPeer[] {
  return peers.map(({ fields: _, ...peer }) => peer);
}
