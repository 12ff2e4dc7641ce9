import { type Address, hasAddress } from "../../../net/address.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import { isConnectedGroup, isPeering, isVnetLocal } from "../../../selection/route-kinds.ts";
import type { Owner } from "../../../topology/owners.ts";
import { nameOf } from "../../../topology/resource-id.ts";
import type { Network, NetworkInterface } from "../../../topology/topology.ts";
import type { TraceData, TraceQuestion } from "../question.ts";
import { type Crossing, OPEN, type Passage, passage } from "./crossing.ts";

/** A resource that looks a packet up in a route table: a NIC, or one that is routed by its subnet's configuration. */
export interface Router extends Crossing {
  readonly data: TraceData;
  readonly question: TraceQuestion;
  readonly name: string;
  /** Null where no inventory knows it. */
  readonly network: Network | null;
  readonly routes: readonly EffectiveRoute[];
  /** The NIC itself; null for any other router. */
  readonly nic: NetworkInterface | null;
  /** The addresses that are the router's own. */
  readonly addresses: readonly Address[];
}

/** The owner of an address as a router sees it, and how packets get there. */
export type Found =
  | { readonly kind: "self" }
  | {
      readonly kind: "owner";
      readonly owner: Owner;
      readonly network: string | null;
      readonly passage: Passage;
      readonly byMap: boolean;
    }
  | { readonly kind: "ambiguous"; readonly names: readonly string[]; readonly network: string | null }
  /** Nothing in that network has it. */
  | { readonly kind: "nobody"; readonly network: Network }
  /** A network covers it that the inventory does not describe. */
  | { readonly kind: "unknown-network"; readonly name: string | null; readonly passage: Passage }
  /** No network, peering or connected group of the table covers it. */
  | { readonly kind: "no-network" };

/**
 * Finds the owner of an address: in the router's own network, else in the network that a peering row of its table leads
 * to. Never in another network: address spaces overlap. A peering row that a user route overrides counts: a next hop is
 * not looked up in the table again.
 */
export function find(router: Router, address: Address): Found {
  if (hasAddress(router.addresses, address)) {
    return { kind: "self" };
  }
  const { data, network } = router;
  const route = router.data.lookups.systemRow(router.routes, address);
  const isLocal = route !== null && isVnetLocal(route);
  const isPeered = route !== null && (isPeering(route) || isConnectedGroup(route));
  const byMap = () => ownerIn(data, null, null, address, OPEN);
  if (network === null) {
    const mapped = byMap();
    if (mapped !== null) return mapped;
    return isLocal || isPeered ? { kind: "unknown-network", name: null, passage: OPEN } : { kind: "no-network" };
  }
  // A user route may cover the network's own space: the next hop's address is still resolved in the network.
  const own = ownerIn(data, network.id, network.name, address, OPEN);
  if (own !== null) return own;
  if (isLocal) return byMap() ?? { kind: "nobody", network };
  if (isPeered) {
    const remoteId = isConnectedGroup(route)
      ? memberOf(data, network, address)
      : data.index.peeredNetwork(network, address);
    const remote = data.index.networks.get(remoteId);
    // The peering to a virtual hub leads to a network of Microsoft's that no inventory has.
    const hub = remote === null ? inHub(data, network, address) : null;
    if (hub !== null) return hub;
    if (remoteId === null) return byMap() ?? { kind: "unknown-network", name: null, passage: OPEN };
    const way = passage(data, network, remoteId, router);
    if (remote === null) return byMap() ?? { kind: "unknown-network", name: nameOf(remoteId), passage: way };
    return ownerIn(data, remote.id, remote.name, address, way) ?? byMap() ?? { kind: "nobody", network: remote };
  }
  return byMap() ?? { kind: "no-network" };
}

/** A spoke sees its virtual hub as a peered network. */
function inHub(data: TraceData, network: Network, address: Address): Found | null {
  for (const { hub } of data.index.hubsOf(network.id)) {
    const found = ownerIn(data, hub.id, hub.name, address, OPEN);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Returns the one network whose address space holds the address, for a connected group: the routes do not say which
 * network they lead to. Null where several do.
 */
function memberOf({ index }: TraceData, network: Network, address: Address): string | null {
  const members = index.networksWith(address).filter(({ id }) => id !== network.id);
  return members.length === 1 ? (members[0]?.id ?? null) : null;
}

function ownerIn(
  { index }: TraceData,
  networkId: string | null,
  network: string | null,
  address: Address,
  way: Passage,
): Found | null {
  const owners = index.ownersOf(networkId, address);
  const [owner] = owners;
  if (owner === undefined) return null;
  if (owners.length > 1) return { kind: "ambiguous", names: owners.map(ownerName), network };
  return { kind: "owner", owner, network, passage: way, byMap: networkId === null };
}

/** The name of an address's owner. */
export const ownerName = ({ resource }: Owner): string => resource.name;
