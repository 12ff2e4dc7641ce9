import { same } from "../../../text/same.ts";
import type { Gateway } from "../../../topology/topology.ts";
import type { TraceData } from "../question.ts";
import type { Assumption } from "../trace.ts";
import { assume } from "./branch.ts";

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
  const peers = [...new Set(ids.map((id) => index.gateways.get(id)))];
  return peers.filter((each) => each !== null).map((each) => ({ gateway: each, assumptions: [] }));
}
