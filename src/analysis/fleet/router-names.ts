import { type Address, formatAddress } from "../../net/address.ts";
import type { GatewayTable, NextHopNames } from "../../routes/gateways/gateway-table.ts";
import type { NamedAddress } from "../../topology/address-map.ts";
import { AddressOwners } from "../../topology/owners.ts";
import { idKey, networkOf } from "../../topology/resource-id.ts";
import type { Topology } from "../../topology/topology.ts";

type Named = Pick<NamedAddress, "address" | "name">;

/**
 * The names of a router's next hops: its BGP peers and the other ends of its connections, else the one resource in or
 * near its network that has the address, else the one name that an address map gives. Linear in the resources.
 */
export function routerNames(
  { routerId, routes }: GatewayTable,
  topology: Topology | null,
  named: readonly NamedAddress[],
): NextHopNames {
  const peers = topology === null ? [] : peersOf(routerId, topology);
  const near = topology === null ? null : ownersNear(routerId, topology);
  const hops = new Map(routes.flatMap((row) => row.nextHops.map(({ text, address }) => [text, address] as const)));
  const names = new Map<string, string>();
  for (const [text, address] of hops) {
    if (address === null) continue;
    const key = formatAddress(address);
    const found = [peers, near?.(address) ?? [], named].map((list) => onlyName(list, key));
    const name = found.find((each) => each !== null);
    if (name !== undefined && name !== null) names.set(text, name);
  }
  return names;
}

function onlyName(list: readonly Named[], key: string): string | null {
  const names = new Set(list.flatMap(({ address, name }) => (formatAddress(address) === key ? [name] : [])));
  const [name] = names;
  return name !== undefined && names.size === 1 ? name : null;
}

/** The other ends of a gateway's connections, and the BGP peers of a Route Server, by their addresses. */
function peersOf(routerId: string, topology: Topology): readonly Named[] {
  const key = idKey(routerId);
  const server = topology.hubs.find(({ id }) => idKey(id) === key);
  const ends = topology.connections.flatMap(({ gatewayId, peerId }) => {
    if (peerId === null) return [];
    if (idKey(gatewayId) === key) return [idKey(peerId)];
    return idKey(peerId) === key ? [idKey(gatewayId)] : [];
  });
  const named = (name: string, addresses: readonly (Address | null)[]) =>
    addresses.flatMap((address) => (address === null ? [] : [{ address, name }]));
  return [
    ...(server?.bgpPeers ?? []).flatMap(({ name, address }) => named(name, [address])),
    ...topology.localNetworkGateways
      .filter(({ id }) => ends.includes(idKey(id)))
      .flatMap(({ name, bgpAddress, gatewayAddress }) => named(name, [bgpAddress, gatewayAddress])),
    ...topology.gateways
      .filter(({ id }) => ends.includes(idKey(id)))
      .flatMap(({ name, addresses }) => named(name, addresses)),
  ];
}

/** A look-up of the resources in or near the router's network; null where the network is not known. */
function ownersNear(routerId: string, topology: Topology): ((address: Address) => readonly Named[]) | null {
  const key = idKey(routerId);
  const gateway = topology.gateways.find(({ id }) => idKey(id) === key);
  const hub = topology.hubs.find(({ id }) => idKey(id) === key);
  const place =
    gateway !== undefined
      ? gateway.networkId
      : hub === undefined || hub.subnetId === null
        ? (hub?.id ?? null)
        : networkOf(hub.subnetId);
  if (place === null) return null;
  const owners = new AddressOwners(topology);
  return (address) =>
    owners
      .near(place, address)
      .flatMap((each) => each.owners.map(({ resource }) => ({ address, name: resource.name })));
}
