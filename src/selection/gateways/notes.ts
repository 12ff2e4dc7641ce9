import { comparePrefixes, formatPrefix } from "../../net/prefix.ts";
import { ownAddresses } from "../../routes/gateways/gateway-report.ts";
import type { GatewayRoute, GatewayTable } from "../../routes/gateways/gateway-table.ts";
import { firstOf } from "../../text/first-of.ts";
import { lastPart } from "../../text/last-part.ts";
import { same } from "../../text/same.ts";
import { decideGateway, type GatewayDecision } from "./decision.ts";

/** What the table of a router cannot say, or what is odd about it; each explained in docs/route-selection.md. */
export const GATEWAY_NOTE_IDS = [
  "no-route-of-gateway",
  "routing-intent",
  "empty-express-route-gateway",
  "empty-advertised",
  "instances-differ",
  "instances-untold",
  "as-path-missing",
  "best-mark-differs",
  "own-instance",
  "not-a-peer",
] as const;

export type GatewayNoteId = (typeof GATEWAY_NOTE_IDS)[number];

export interface GatewayNote {
  readonly id: GatewayNoteId;
  /** `problem`: the table or the answer misleads, or something breaks. `remark`: a consequence to know. */
  readonly level: "problem" | "remark";
  readonly text: string;
}

/** What to know of a whole table. Linear in the rows, but for circuits: those of a prefix with each other. */
export function tableNotes(table: GatewayTable): readonly GatewayNote[] {
  const found = [
    routingIntent(table),
    emptyTable(table),
    instancesDiffer(table),
    instancesUntold(table),
    asPathMissing(table),
    bestMarkDiffers(table),
    notAPeer(table.kind, table.routes),
  ];
  return found.filter((note) => note !== null);
}

/** What to know of the answer for one address. */
export function decisionNotes(table: GatewayTable, decision: GatewayDecision): readonly GatewayNote[] {
  const { winners } = decision;
  const found = [
    winners.length === 0 ? noRoute(table) : null,
    emptyTable(table),
    winners.some(isAggregateToFirewall) ? routingIntent(table) : null,
    ownInstance(table, winners),
    notAPeer(table.kind, winners),
    winners.every(({ asPath }) => asPath !== null) ? null : asPathMissing(table),
    bestMarkDiffers({ ...table, routes: [...winners, ...decision.losers.map(({ route }) => route)] }),
  ];
  return found.filter((note) => note !== null);
}

function noRoute({ kind, routes }: GatewayTable): GatewayNote {
  const text =
    routes.length === 0
      ? "An empty table has no answer for any address."
      : kind === "gateway-learned"
        ? "Documents and field tests disagree on what a gateway does then: follow the route table of its GatewaySubnet, or drop the packet."
        : kind.endsWith("-advertised")
          ? "The peer does not learn a route to this address from here. It may have one from elsewhere."
          : "Without a route the packet is dropped.";
  return { id: "no-route-of-gateway", level: "remark", text };
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Whether a hub's row sends a whole private range, or everything, to a firewall or an appliance. */
function isAggregateToFirewall({ prefix, nextHopType }: GatewayRoute): boolean {
  const text = formatPrefix(prefix);
  return (PRIVATE.includes(text) || text === "0.0.0.0/0") && /firewall|appliance/i.test(nextHopType ?? "");
}

function routingIntent({ kind, routes }: GatewayTable): GatewayNote | null {
  if (kind !== "hub" || !routes.some(isAggregateToFirewall)) return null;
  return {
    id: "routing-intent",
    level: "remark",
    text: "With routing intent, a hub shows only these ranges to its firewall. The routes of its connections and circuits show where the firewall sends the packet: --connection, --circuit.",
  };
}

function emptyTable({ kind, routes, scope }: GatewayTable): GatewayNote | null {
  if (routes.length > 0) return null;
  if (kind === "hub" && /expressRouteGateways?\b|^ergw|ExpressRoute/i.test(scope ?? "")) {
    return {
      id: "empty-express-route-gateway",
      level: "problem",
      text: "Azure returns an empty list for the ExpressRoute gateway of a hub. That does not mean that it has no routes. Ask the circuit instead: routes --circuit NAME --path primary.",
    };
  }
  if (kind !== "gateway-advertised") return null;
  return {
    id: "empty-advertised",
    level: "problem",
    text: "Azure often returns an empty list of advertised routes although the peer learns some. Check what the other side learned.",
  };
}

/** The most prefixes that a note lists. */
const MOST_LISTED = 3;

const listed = (texts: readonly string[]) => firstOf(texts, MOST_LISTED);

function instancesDiffer({ instances, routes }: GatewayTable): GatewayNote | null {
  const byPrefix = new Map<string, Set<string>>();
  for (const { prefix, instance } of routes) {
    if (instance === null) return null;
    const text = formatPrefix(prefix);
    const having = byPrefix.get(text) ?? new Set();
    byPrefix.set(text, having.add(instance));
  }
  const partial = [...byPrefix].filter(([, having]) => having.size < instances.length).map(([prefix]) => prefix);
  if (partial.length === 0) return null;
  const without = instances.filter((instance) => routes.every((route) => route.instance !== instance));
  const text =
    without.length > 0
      ? `${without.join(", ")} ${without.length === 1 ? "has" : "have"} no routes, so traffic that arrives there goes elsewhere.`
      : `The instances differ: only some of them have ${listed(partial)}. A packet may reach any instance.`;
  return { id: "instances-differ", level: "problem", text };
}

function instancesUntold(table: GatewayTable): GatewayNote | null {
  if (table.kind !== "gateway-learned" || table.instances.length > 0 || ownAddresses(table).size < 2) return null;
  return {
    id: "instances-untold",
    level: "remark",
    text: "This export has the rows of several instances and does not say which row belongs to which; az ... -o json does.",
  };
}

function asPathMissing({ routes }: GatewayTable): GatewayNote | null {
  if (!routes.some(({ asPath }) => asPath === null)) return null;
  return {
    id: "as-path-missing",
    level: "remark",
    text: "This export leaves out AS paths, so routes with the same prefix look alike; az ... -o json has them.",
  };
}

/** Prefixes of a circuit whose marked row is not the one that the order of BGP gives. */
function bestMarkDiffers({ kind, routes }: GatewayTable): GatewayNote | null {
  if (kind !== "circuit") return null;
  const marked = routes.filter(({ best }) => best === true);
  const odd = marked.filter((route) => {
    const rivals = routes.filter(({ prefix }) => comparePrefixes(prefix, route.prefix) === 0);
    const address = { family: route.prefix.family, value: route.prefix.first };
    return !decideGateway(rivals, address).winners.includes(route);
  });
  if (odd.length === 0) return null;
  return {
    id: "best-mark-differs",
    level: "problem",
    text: `The circuit marks a different row as best than weight, local preference and AS path select: ${listed(odd.map(({ prefix }) => formatPrefix(prefix)))}. The circuit decides.`,
  };
}

/** All winners of an instance lead to the router itself. */
function ownInstance(table: GatewayTable, winners: readonly GatewayRoute[]): GatewayNote | null {
  if (table.kind !== "gateway-learned") return null;
  const own = ownAddresses(table);
  const hops = winners.flatMap(({ nextHops }) => nextHops.map(({ text }) => text));
  if (hops.length === 0 || !hops.every((hop) => own.has(hop))) return null;
  return {
    id: "own-instance",
    level: "remark",
    text: "The best next hop is an instance of this gateway itself. Unless that instance has another way out, the packet loops.",
  };
}

/** Routes of a Route Server whose next hop is not the peer that announced them. */
function notAPeer(kind: GatewayTable["kind"], routes: readonly GatewayRoute[]): GatewayNote | null {
  if (kind !== "route-server-learned") return null;
  for (const {
    nextHops: [hop],
    sourcePeer,
  } of routes) {
    if (hop === undefined || sourcePeer === null || same(hop.text, sourcePeer)) continue;
    return {
      id: "not-a-peer",
      level: "remark",
      text: `The next hop ${lastPart(hop.text)} is not the peer ${sourcePeer} that announced the route: Azure sends the traffic straight to that address.`,
    };
  }
  return null;
}
