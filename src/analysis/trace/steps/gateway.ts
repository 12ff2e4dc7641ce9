import { type Address, formatAddress } from "../../../net/address.ts";
import { contains } from "../../../net/prefix.ts";
import type { GatewayRoute } from "../../../routes/gateways/gateway-table.ts";
import { explain } from "../../../selection/explain.ts";
import type { Explanation } from "../../../selection/explanation.ts";
import { same } from "../../../text/same.ts";
import type { Gateway, LocalNetworkGateway, Network } from "../../../topology/topology.ts";
import { announcedRoutes, configuredTable } from "../configured-routes.ts";
import { bestLearned, isOwnRoute, learnedWinner } from "../learned-routes.ts";
import type { Place } from "../places.ts";
import type { TraceData, TraceQuestion } from "../question.ts";
import { applied, assume, type Branch, distinct, endsWith, goesTo, noted, type Step, stepOf } from "./branch.ts";
import { arrival, forwardBranches } from "./forward.ts";
import { towardsFound } from "./next-hop.ts";
import { find, type Router } from "./router.ts";
import { shortList } from "./to-gateway.ts";
import { peerGateways } from "./tunnels.ts";

type GatewayPlace = Extract<Place, { kind: "gateway" }>;

interface Subject {
  readonly data: TraceData;
  readonly question: TraceQuestion;
  readonly gateway: Gateway;
  readonly network: Network | null;
}

/** The AS of Microsoft's edge routers, which end ExpressRoute circuits. */
const MICROSOFT_EDGE = 12076;

/** What happens at a gateway: its own networks first, then the routes that it has learned. */
export function gatewayStep(
  data: TraceData,
  question: TraceQuestion,
  { gateway, address }: GatewayPlace,
  missing: (gatewayId: string) => void,
): Step {
  const network = data.index.networkOfGateway(gateway);
  const subject = { data, question, gateway, network };
  const learned = data.tables.ofGateway(gateway.id);
  const best = learned === null ? [] : bestLearned(learned.routes, question.to);
  const hop = {
    kind: "gateway",
    resourceId: gateway.id,
    name: gateway.name,
    address,
    network: network?.name ?? null,
    winner: learnedWinner(best),
  } as const;
  const inside = insideOf(subject);
  const isOwn = best.some(isOwnRoute);
  if (inside !== null && (isOwn || !best.some((route) => isLonger(route, inside.length)))) {
    return stepOf({ ...hop, explanation: inside.explanation, notes: [] }, [inside.rule], inside.branches);
  }
  const decided = { ...hop, explanation: null };
  if (learned === null) {
    missing(gateway.id);
    return stepOf({ ...decided, notes: [] }, [], withoutTable(subject));
  }
  if (best.length === 0) {
    const text = `${gateway.name} has learned no route to ${formatAddress(question.to)}, and its network has none`;
    return stepOf(
      { ...decided, notes: [] },
      [],
      [endsWith([applied("gateway-route", text, "contested")], "no-route", text)],
    );
  }
  if (isOwn) return stepOf({ ...decided, notes: [] }, [], tunnelOf(subject, best));
  const branches = learnedBranches(subject, best);
  const notes =
    branches.length > 1 ? [noted("equal-cost", "remark", `${branches.length} next hops are equally good (ECMP)`)] : [];
  const hops = learnedWinner(best)?.nextHops ?? [];
  const rule = applied("gateway-route", `${routeText(best)} to ${hops.length === 0 ? "its peer" : shortList(hops)}`);
  const isRecursive = branches.some(({ rules }) => rules.some(({ id }) => id === "gateway-recursion"));
  return stepOf({ ...decided, notes }, isRecursive ? [] : [rule], branches);
}

const isLonger = ({ prefix }: GatewayRoute, length: number) => prefix.length > length;

interface Inside {
  readonly explanation: Explanation;
  readonly rule: ReturnType<typeof applied>;
  readonly branches: readonly Branch[];
  /** The length of the prefix that covers the destination inside. */
  readonly length: number;
}

/** The way into the gateway's network and its peerings, by the GatewaySubnet's configuration; null where it is none. */
function insideOf({ data, question, gateway, network }: Subject): Inside | null {
  if (network === null) return null;
  const subnet =
    data.index.subnets.get(gateway.subnetId) ?? network.subnets.find(({ name }) => same(name, "GatewaySubnet")) ?? null;
  const { annotated } = configuredTable(data, network, subnet, { ofGateway: true });
  const explanation = explain(annotated, question.to, data.tags);
  const { winner } = explanation;
  if (
    winner === null ||
    (winner.source === "Default" && (same(winner.nextHopType, "Internet") || same(winner.nextHopType, "None")))
  ) {
    return null;
  }
  const router = routerOf({ data, question, gateway, network }, annotated.table.routes);
  const text =
    winner.source === "User"
      ? `the GatewaySubnet's route ${winner.name ?? winner.addressPrefix} decides`
      : `inside: ${winner.addressPrefix} ${winner.nextHopType} of the GatewaySubnet`;
  return {
    explanation,
    rule: applied("gateway-subnet", text),
    branches: forwardBranches(router, explanation),
    length: Number(winner.addressPrefix.split("/")[1]),
  };
}

/** A gateway sends packets of its tunnels into peered networks by gateway transit, not as forwarded traffic. */
const routerOf = ({ data, question, gateway, network }: Subject, routes: Router["routes"]): Router => ({
  data,
  question,
  name: gateway.name,
  network,
  routes,
  nic: null,
  addresses: gateway.addresses,
  source: question.from.address,
  forwarded: false,
});

/** A route of the gateway's own that leads to none of its known networks: a tunnel's other end, or an unread network. */
function tunnelOf(subject: Subject, best: readonly GatewayRoute[]): readonly Branch[] {
  const { data, question, gateway, network } = subject;
  const to = formatAddress(question.to);
  const peers = peerGateways(data, gateway).filter((peer) => has(peer.gateway.addresses, question.to));
  if (peers.length > 0) {
    return peers.map(({ gateway: peer, assumptions }) =>
      goesTo(
        [applied("gateway-route", `${to} is ${peer.name}, at the other end of a tunnel`)],
        [{ kind: "gateway", gateway: peer, address: to }],
        assumptions,
      ),
    );
  }
  const site = siteFor(subject);
  if (site !== null) return [toSite(subject, site)];
  if (network === null) return [arrival(routerOf(subject, []))];
  const text = `${routeText(best)} is ${gateway.name}'s own, but leads to no network or site that was read`;
  return [endsWith([applied("gateway-route", text, "unknown")], "unknown", text)];
}

const has = (addresses: readonly Address[], wanted: Address) =>
  addresses.some(({ family, value }) => family === wanted.family && value === wanted.value);

const routeText = (best: readonly GatewayRoute[]): string => {
  const winner = learnedWinner(best);
  if (winner === null) return "no route";
  const path = winner.asPath.length > 0 ? ` AS ${winner.asPath.join(" ")}` : "";
  return `${winner.addressPrefix} ${winner.origin ?? "learned"}${path}`;
};

/** One branch for each next hop of equally good routes. */
function learnedBranches(subject: Subject, best: readonly GatewayRoute[]): readonly Branch[] {
  const { gateway } = subject;
  const hops = distinct(
    best.flatMap((route) => route.nextHops.map((nextHop) => ({ route, nextHop }))),
    ({ nextHop }) => nextHop.text,
  );
  const own = hops.find(({ nextHop }) => nextHop.address !== null && has(gateway.addresses, nextHop.address));
  if (own !== undefined) return recursion(subject, own.route, own.nextHop.text);
  return distinct(
    hops.flatMap(({ route, nextHop }) => learnedBranch(subject, route, nextHop)),
    ({ places, end }) =>
      JSON.stringify([places.map((place) => ("gateway" in place ? place.gateway.id : place.kind)), end]),
  );
}

/**
 * A best route whose next hop is the gateway itself. Of EBGP, a Route Server gives back what the gateway announced:
 * measured to loop. Of IBGP, the gateway hides whose route it is: what the Route Server has learned says it.
 */
function recursion(subject: Subject, { origin }: GatewayRoute, nextHop: string): readonly Branch[] {
  const { gateway, data, network, question } = subject;
  if (origin !== null && same(origin, "IBgp")) {
    const others = announcedRoutes(data, network).filter(({ nextHops }) =>
      nextHops.every(({ address }) => address === null || !has(gateway.addresses, address)),
    );
    const announced = bestLearned(others, question.to);
    if (announced.length > 0) return learnedBranches(subject, announced);
    const text = `${nextHop} is ${gateway.name} itself, by IBGP: the true next hop is not shown`;
    return [endsWith([applied("gateway-recursion", text, "unknown")], "unknown", text)];
  }
  const text = `the best route's next hop ${nextHop} is ${gateway.name} itself: loop likely`;
  return [endsWith([applied("gateway-recursion", text)], "loop", text)];
}

function learnedBranch(
  subject: Subject,
  route: GatewayRoute,
  nextHop: GatewayRoute["nextHops"][number],
): readonly Branch[] {
  const { data, gateway, network } = subject;
  const rule = applied("gateway-route", routeText([route]));
  const leaves = (text: string, assumptions: Branch["assumptions"] = []) => [
    endsWith([rule, applied("leaves-azure", text)], "leaves-azure", text, assumptions),
  ];
  const { address } = nextHop;
  if (route.asPath?.[0] === MICROSOFT_EDGE) return leaves(`leaves by ExpressRoute circuit of ${gateway.name}`);
  if (address !== null) {
    const peers = peerGateways(data, gateway).filter((peer) => has(peer.gateway.addresses, address));
    if (peers.length > 0) {
      return peers.map(({ gateway: peer, assumptions }) =>
        goesTo([rule], [{ kind: "gateway", gateway: peer, address: nextHop.text }], assumptions),
      );
    }
    const found = network === null ? null : find(routerOf(subject, localRoutes(subject)), address);
    if (found?.kind === "owner" && found.network !== null) {
      return towardsFound(routerOf(subject, localRoutes(subject)), address, found, false);
    }
    const neighbours = data.index.ownersOf(null, address);
    const [neighbour] = neighbours;
    if (network === null && neighbours.length === 1 && neighbour !== undefined) {
      return towardsFound(
        routerOf(subject, []),
        address,
        {
          kind: "owner",
          owner: neighbour,
          network: null,
          passage: { blocked: null, rules: [], assumptions: [] },
          byMap: true,
        },
        false,
      );
    }
    const site = data.index.topology.localNetworkGateways.find(
      ({ bgpAddress }) => bgpAddress !== null && has([bgpAddress], address),
    );
    if (site !== undefined) return leaves(`leaves by ${gateway.name} to site ${site.name}`);
  }
  const as = route.asPath?.[0] === undefined ? "" : ` AS ${route.asPath[0]}`;
  return leaves(`leaves by ${gateway.name} to ${nextHop.text === "" ? "its peer" : `BGP peer ${nextHop.text}`}${as}`);
}

function localRoutes({ data, network }: Subject): Router["routes"] {
  return network === null ? [] : configuredTable(data, network, null, { ofGateway: true }).annotated.table.routes;
}

/** A site with a static route, as a local network gateway that the gateway is connected to. */
function siteFor({ data, question, gateway }: Subject): LocalNetworkGateway | null {
  const { connections, localNetworkGateways } = data.index.topology;
  let best: { readonly site: LocalNetworkGateway; readonly length: number } | null = null;
  for (const { gatewayId, peerId } of connections) {
    if (!same(gatewayId, gateway.id) || peerId === null) continue;
    const site = localNetworkGateways.find(({ id }) => same(id, peerId));
    for (const prefix of site?.addressPrefixes ?? []) {
      if (site !== undefined && contains(prefix, question.to) && (best === null || prefix.length > best.length)) {
        best = { site, length: prefix.length };
      }
    }
  }
  return best?.site ?? null;
}

function toSite({ gateway }: Subject, site: LocalNetworkGateway): Branch {
  const text = `leaves by ${gateway.name} to site ${site.name}`;
  return endsWith([applied("leaves-azure", text)], "leaves-azure", text);
}

/** Without learned routes: what the connections say. */
function withoutTable(subject: Subject): readonly Branch[] {
  const { data, question, gateway } = subject;
  const site = siteFor(subject);
  if (site !== null) return [toSite(subject, site)];
  const peers = peerGateways(data, gateway).filter(({ gateway: peer, assumptions }) => {
    const network = data.index.networkOfGateway(peer);
    return (
      assumptions.length === 0 && network?.addressPrefixes.some((prefix) => contains(prefix, question.to)) === true
    );
  });
  if (peers.length > 0) {
    return peers.map(({ gateway: peer }) =>
      goesTo(
        [applied("gateway-route", `connected to ${peer.name}, whose network has ${formatAddress(question.to)}`)],
        [{ kind: "gateway", gateway: peer, address: null }],
        [assume("gateway-connection", `${gateway.name} has the route: its learned routes were not read`)],
      ),
    );
  }
  if (gateway.gatewayType !== null && same(gateway.gatewayType, "ExpressRoute")) {
    const text = `leaves by the ExpressRoute circuit of ${gateway.name}`;
    const circuit = assume("circuit", `${gateway.name} has the route: its learned routes were not read`);
    return [endsWith([applied("leaves-azure", text)], "leaves-azure", text, [circuit])];
  }
  const text = `the learned routes of ${gateway.name} are missing`;
  return [endsWith([applied("no-table", text)], "unknown", text)];
}

/** A gateway that was not read: only its next hops are known. */
export function unnamedGatewayStep({ nextHops, edge }: Extract<Place, { kind: "unnamed-gateway" }>): Step {
  const shown = nextHops.join(", ");
  const hop = {
    kind: "gateway",
    resourceId: null,
    name: edge ? "an ExpressRoute gateway" : "a gateway",
    address: nextHops[0] ?? null,
    network: null,
    explanation: null,
    winner: null,
    notes: [],
  } as const;
  if (edge) {
    const text = `leaves by ExpressRoute: next hop ${shown} is a Microsoft edge address`;
    const circuit = assume("circuit", `${shown} is in no network of the table, as Microsoft's edge routers are`);
    return stepOf(
      hop,
      [applied("gateway", text)],
      [endsWith([applied("leaves-azure", text)], "leaves-azure", text, [circuit])],
    );
  }
  const text = `the gateway${shown === "" ? "" : ` with next hop ${shown}`} and its routes were not read`;
  return stepOf(hop, [], [endsWith([applied("no-table", text)], "unknown", text)]);
}
