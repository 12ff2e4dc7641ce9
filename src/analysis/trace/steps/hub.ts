import { type Address, formatAddress } from "../../../net/address.ts";
import { isPrivate } from "../../../net/address-scope.ts";
import type { GatewayRoute, GatewayTable } from "../../../routes/gateways/gateway-table.ts";
import { same } from "../../../text/same.ts";
import { nameOf } from "../../../topology/resource-id.ts";
import type { Hub, Network } from "../../../topology/topology.ts";
import { bestLearned, learnedWinner, nextHopsOf } from "../learned-routes.ts";
import { holds } from "../network-index.ts";
import type { Place } from "../places.ts";
import type { TraceData, TraceQuestion } from "../question.ts";
import { applied, assume, type Branch, endsWith, goesTo, type Step, stepOf } from "./branch.ts";
import { ambiguous, destination, noSuchHost } from "./next-hop.ts";
import { ownerName } from "./router.ts";

type HubPlace = Extract<Place, { kind: "hub" }>;

/** What happens at a virtual hub: the table of the connection by which the packet came, else the hub's own. */
export function hubStep(
  data: TraceData,
  question: TraceQuestion,
  { hub, connectionId }: HubPlace,
  missing: (hubId: string) => void,
): Step {
  const tables = data.tables.ofHub(hub.id);
  const ofConnection = connectionId === null ? undefined : tables.find((each) => isScope(each, connectionId));
  const table = ofConnection ?? tables.find((each) => isScope(each, DEFAULT_TABLE)) ?? tables[0];
  const best = table === undefined ? [] : bestLearned(table.routes, question.to);
  const hop = {
    kind: "hub",
    resourceId: hub.id,
    name: hub.name,
    address: null,
    network: hub.name,
    explanation: null,
    winner: learnedWinner(best),
    notes: [],
  } as const;
  if (table === undefined) {
    missing(hub.id);
    const circuits = circuitBranches(data, question, hub).filter(({ end }) => end?.disposition === "leaves-azure");
    if (circuits.length > 0) {
      const unread = assume("hub-router", `${hub.name} uses the circuit's route: its own tables were not read`);
      return stepOf(hop, [applied("hub", `a circuit of ${hub.name} has the route`, "inferred")], circuits, [unread]);
    }
    const text = `the route tables of hub ${hub.name} are missing`;
    return stepOf(hop, [], [endsWith([applied("no-table", text)], "unknown", text)]);
  }
  const to = formatAddress(question.to);
  if (best.length === 0) {
    const text = `hub ${hub.name} has no route to ${to}`;
    return stepOf(hop, [], [endsWith([applied("hub", text)], "no-route", text)]);
  }
  const notConnections =
    connectionId !== null && ofConnection === undefined
      ? [assume("hub-router", `the connection uses ${nameOf(table.scope ?? "this table")}: its own table was not read`)]
      : [];
  const rule = applied("hub", `${learnedWinner(best)?.addressPrefix} ${best[0]?.nextHopType ?? ""} in ${hub.name}`);
  const branches = best.flatMap((route) => hubBranches(data, question, hub, route));
  return stepOf(hop, [rule], branches, notConnections);
}

const DEFAULT_TABLE = "defaultRouteTable";

/** Whether a hub's table is that of a connection or a route table, which sources name by id or by name. */
const isScope = ({ scope }: GatewayTable, wanted: string) =>
  scope !== null && (same(scope, wanted) || same(nameOf(scope), nameOf(wanted)));

/** A hub's next hops are resource ids: a connection, a firewall, a gateway, another hub. */
function hubBranches(data: TraceData, question: TraceQuestion, hub: Hub, route: GatewayRoute): readonly Branch[] {
  const { index } = data;
  const { firewalls, hubs } = index.topology;
  return nextHopsOf(route).map(({ text: id }) => {
    const nextHop = id === "" ? (route.nextHopType ?? "none") : nameOf(id);
    const rule = applied("hub", `${hub.name} sends it to ${nextHop}`);
    const connection = hub.connections.find((each) => same(each.id, id));
    const network = index.networks.get(connection?.networkId ?? id);
    if (network !== null) return deliver(data, question, network, rule);
    const firewall = firewalls.find((each) => same(each.id, id));
    if (firewall !== undefined) return goesTo([rule], [{ kind: "firewall", firewall, address: null }]);
    const other = hubs.find((each) => same(each.id, id));
    if (other !== undefined) return goesTo([rule], [{ kind: "hub", hub: other, connectionId: null }]);
    if (/gateway/i.test(route.nextHopType ?? id)) {
      const text = `leaves by ${nextHop} of hub ${hub.name}`;
      return endsWith([rule, applied("leaves-azure", text)], "leaves-azure", text);
    }
    const text = `next hop ${nextHop} of ${hub.name} is not known`;
    return endsWith([applied("hub", text, "unknown")], "unknown", text);
  });
}

/** Delivers into a network that is connected to a hub. */
function deliver(data: TraceData, { to }: TraceQuestion, network: Network, rule: ReturnType<typeof applied>): Branch {
  const owners = data.index.ownersOf(network.id, to);
  const [owner] = owners;
  const address = formatAddress(to);
  if (owner === undefined) return noSuchHost(network.name, address, [rule]);
  if (owners.length > 1) return ambiguous(address, owners.map(ownerName));
  const { rule: has, place } = destination(data, address, owner, network.name);
  return goesTo([rule, has], [place]);
}

/**
 * Returns where a firewall in a hub sends a packet: its own spokes, those of another hub, or the circuit that has the
 * route. With routing intent a hub's effective routes show only the firewall, so what follows is inferred.
 */
export function hubFirewallBranches(data: TraceData, question: TraceQuestion, hubId: string): readonly Branch[] {
  const { index } = data;
  const hub = index.hubs.get(hubId);
  if (hub === null) {
    const text = `hub ${nameOf(hubId)} was not read`;
    return [endsWith([applied("no-table", text)], "unknown", text)];
  }
  const { to } = question;
  for (const each of [hub, ...index.topology.hubs.filter((other) => other !== hub && other.kind === "virtual-hub")]) {
    const network = each.connections
      .map(({ networkId }) => index.networks.get(networkId))
      .find((spoke) => spoke !== null && holds(spoke.addressPrefixes, to));
    if (network == null) continue;
    const rule = applied("hub", `${network.name} is connected to ${each.name}`, "inferred");
    if (each === hub) return [deliver(data, question, network, rule)];
    return [goesTo([rule], [{ kind: "hub", hub: each, connectionId: null }])];
  }
  const outside = circuitBranches(data, question, hub);
  if (isPrivate(to) || outside.some(({ end }) => end?.disposition !== "unknown")) return outside;
  const text = `leaves for the Internet by the firewall of ${hub.name}`;
  const own = assume("hub-router", "the hub has no default route from a site or circuit: none was read");
  return [endsWith([applied("leaves-azure", text)], "leaves-azure", text, [own])];
}

/** The circuits that have a route out of Azure: those of the hub itself, else the hubs that have one. */
function circuitBranches(data: TraceData, { to }: TraceQuestion, hub: Hub): readonly Branch[] {
  const circuits = data.tables.circuits.flatMap((circuit) => {
    const outside = bestLearned(circuit.routes, to).filter((route) => hubOf(data, route) === null);
    const [route] = outside;
    if (route === undefined) return [];
    const hubs = circuit.routes.map((each) => hubOf(data, each)).filter((each) => each !== null);
    return [{ circuit, route, hubs: [...new Set(hubs)] }];
  });
  if (circuits.length === 0) {
    const unread = "no circuit that was read has a route to it";
    const text = `where hub ${hub.name} sends ${formatAddress(to)} is not known: ${unread}`;
    return [endsWith([applied("no-table", text)], "unknown", text)];
  }
  const here = circuits.filter(({ hubs }) => hubs.includes(hub));
  if (here.length > 0) {
    return here.map(({ circuit, route }) => {
      const peer = `${route.nextHops[0]?.text ?? "its peer"} AS ${route.asPath?.[0] ?? "?"}`;
      const text = `leaves by circuit ${nameOf(circuit.routerId)} to ${peer}`;
      return endsWith([applied("leaves-azure", text)], "leaves-azure", text);
    });
  }
  const others = [...new Set(circuits.flatMap(({ hubs }) => hubs))];
  if (others.length === 0) {
    const text = `leaves by circuit ${circuits.map(({ circuit }) => nameOf(circuit.routerId)).join(" or ")}`;
    return [
      endsWith([applied("leaves-azure", text)], "leaves-azure", text, [
        assume("circuit", "the circuit is connected to this hub"),
      ]),
    ];
  }
  return others.map((other) =>
    goesTo(
      [applied("hub", `a circuit of ${other.name} has the route`, "inferred")],
      [{ kind: "hub", hub: other, connectionId: null }],
    ),
  );
}

/** The hub that a circuit's route leads into: its next hop is an instance of the hub's ExpressRoute gateway. */
function hubOf({ index }: TraceData, { nextHops }: GatewayRoute): Hub | null {
  const inside = (address: Address | null) =>
    address !== null && index.topology.hubs.find(({ addressPrefixes }) => holds(addressPrefixes, address));
  for (const { address } of nextHops) {
    const hub = inside(address);
    if (hub) return hub;
  }
  return null;
}
