import { formatAddress, hasAddress, sameAddress } from "../../../../net/address.ts";
import type { GatewayRoute } from "../../../../routes/gateways/gateway-table.ts";
import { same } from "../../../../text/same.ts";
import { announcedRoutes, configuredTable } from "../../configured-routes.ts";
import { bestLearned, learnedWinner, nextHopsOf } from "../../learned-routes.ts";
import { applied, type Branch, distinct, endsWith, goesTo } from "../branch.ts";
import { arrival } from "../forward.ts";
import { towardsFound } from "../next-hop.ts";
import { find, type Router } from "../router.ts";
import { peerGateways, siteFor, toSite } from "./connections.ts";
import { routerOf, type Subject } from "./subject.ts";

/** The AS of Microsoft's edge routers, which end ExpressRoute circuits. */
const MICROSOFT_EDGE = 12076;

/**
 * Returns where one of the gateway's own routes leads if no known network has the destination: to the other end of a
 * tunnel, to a site, or into a network that was not read.
 */
export function tunnelOf(subject: Subject, best: readonly GatewayRoute[]): readonly Branch[] {
  const { data, question, gateway, network } = subject;
  const to = formatAddress(question.to);
  const peers = peerGateways(data, gateway).filter((peer) => hasAddress(peer.gateway.addresses, question.to));
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
  const text = `${routeText(best)} is ${gateway.name}'s own route, but leads to an unknown network or site`;
  return [endsWith([applied("gateway-route", text, "unknown")], "unknown", text)];
}

/** Returns the best route in a few words: prefix, origin and AS path. */
export const routeText = (best: readonly GatewayRoute[]): string => {
  const winner = learnedWinner(best);
  if (winner === null) return "no route";
  const path = winner.asPath.length > 0 ? ` AS ${winner.asPath.join(" ")}` : "";
  return `${winner.addressPrefix} ${winner.origin ?? "learned"}${path}`;
};

/** Returns one branch for each next hop of equally good routes. */
export function learnedBranches(subject: Subject, best: readonly GatewayRoute[]): readonly Branch[] {
  const { gateway } = subject;
  const hops = distinct(
    best.flatMap((route) => nextHopsOf(route).map((nextHop) => ({ route, nextHop }))),
    ({ nextHop }) => nextHop.text,
  );
  const own = hops.find(({ nextHop }) => nextHop.address !== null && hasAddress(gateway.addresses, nextHop.address));
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
      nextHops.every(({ address }) => address === null || !hasAddress(gateway.addresses, address)),
    );
    const announced = bestLearned(others, question.to);
    if (announced.length > 0) return learnedBranches(subject, announced);
    const text = `${nextHop} is ${gateway.name} itself, by IBGP: the table hides the real next hop`;
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
  const leaves = (text: string) => [endsWith([rule, applied("leaves-azure", text)], "leaves-azure", text)];
  const { address } = nextHop;
  if (route.asPath?.[0] === MICROSOFT_EDGE) return leaves(`leaves by ExpressRoute circuit of ${gateway.name}`);
  if (address !== null) {
    const peers = peerGateways(data, gateway).filter((peer) => hasAddress(peer.gateway.addresses, address));
    if (peers.length > 0) {
      return peers.map(({ gateway: peer, assumptions }) =>
        goesTo([rule], [{ kind: "gateway", gateway: peer, address: nextHop.text }], assumptions),
      );
    }
    const router = routerOf(subject, localRoutes(subject));
    const found = find(router, address);
    // A known network's own resources decide, never an address map.
    if (found.kind === "owner" && found.byMap === (network === null)) {
      return towardsFound(router, address, found, false);
    }
    const site = data.index.topology.localNetworkGateways.find(
      ({ bgpAddress }) => bgpAddress !== null && sameAddress(bgpAddress, address),
    );
    if (site !== undefined) return leaves(`leaves by ${gateway.name} to site ${site.name}`);
  }
  const as = route.asPath?.[0] === undefined ? "" : ` AS ${route.asPath[0]}`;
  return leaves(`leaves by ${gateway.name} to ${nextHop.text === "" ? "its peer" : `BGP peer ${nextHop.text}`}${as}`);
}

function localRoutes({ data, network }: Subject): Router["routes"] {
  return network === null ? [] : configuredTable(data, network, null, { ofGateway: true }).annotated.table.routes;
}
