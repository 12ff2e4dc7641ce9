import { formatAddress } from "../../../../net/address.ts";
import { contains } from "../../../../net/prefix.ts";
import { same } from "../../../../text/same.ts";
import type { Gateway, LocalNetworkGateway } from "../../../../topology/topology.ts";
import type { TraceData } from "../../question.ts";
import type { Assumption } from "../../trace.ts";
import { applied, assume, type Branch, endsWith, goesTo } from "../branch.ts";
import type { Subject } from "./subject.ts";

/** A gateway at the other end of a connection. */
export interface PeerGateway {
  readonly gateway: Gateway;
  readonly assumptions: readonly Assumption[];
}

/**
 * Returns the gateways at the other ends of a gateway's connections, whichever side declares them. Where nothing that
 * was read describes any connection, every other gateway may be one: the address that a learned route names decides,
 * and the answer says so.
 */
export function peerGateways({ index }: TraceData, gateway: Gateway): readonly PeerGateway[] {
  const { connections, gateways } = index.topology;
  if (connections.length === 0) {
    const text = "gateways are connected as the addresses of their BGP peers say: no connection was read";
    const assumptions = [assume("gateway-connection", text)];
    return gateways.filter((each) => each !== gateway).map((each) => ({ gateway: each, assumptions }));
  }
  const ids = connections.flatMap(({ gatewayId, peerId }) => {
    if (peerId === null) return [];
    if (same(gatewayId, gateway.id)) return [peerId];
    return same(peerId, gateway.id) ? [gatewayId] : [];
  });
  const peers = ids.map((id) => index.gateways.get(id)).filter((each) => each !== null);
  return peers.map((each) => ({ gateway: each, assumptions: [] }));
}

/** A site with a static route, as a local network gateway that the gateway is connected to. */
export function siteFor({ data, question, gateway }: Subject): LocalNetworkGateway | null {
  const { connections, localNetworkGateways } = data.index.topology;
  let best: { readonly site: LocalNetworkGateway; readonly length: number } | null = null;
  for (const { gatewayId, peerId } of connections) {
    if (!same(gatewayId, gateway.id) || peerId === null) continue;
    const site = localNetworkGateways.find(({ id }) => same(id, peerId));
    if (site === undefined) continue;
    for (const prefix of site.addressPrefixes) {
      if (contains(prefix, question.to) && (best === null || prefix.length > best.length)) {
        best = { site, length: prefix.length };
      }
    }
  }
  return best?.site ?? null;
}

export function toSite({ gateway }: Subject, site: LocalNetworkGateway): Branch {
  const text = `leaves by ${gateway.name} to site ${site.name}`;
  return endsWith([applied("leaves-azure", text)], "leaves-azure", text);
}

/** Without learned routes: what the connections say. */
export function withoutTable(subject: Subject): readonly Branch[] {
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
