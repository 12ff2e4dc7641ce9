import { type Address, hasAddress } from "../../../net/address.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import { isConnectedGroup, isPeering, isVnetLocal } from "../../../selection/route-kinds.ts";
import { same } from "../../../text/same.ts";
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
  if (network === null) {
    const name = data.index.mapped.networkOf(router);
    const mapped = ownerByMap(data, address, isLocal ? { in: name } : isPeered ? { notIn: name } : {});
    if (mapped !== null) return mapped;
    if (isLocal) return { kind: "unknown-network", name, passage: OPEN };
    return isPeered ? { kind: "unknown-network", name: null, passage: OPEN } : { kind: "no-network" };
  }
  const byMap = (where: MapPlace) => ownerByMap(data, address, where);
  // A user route may cover the network's own space: the next hop's address is still resolved in the network.
  const own = ownerIn(data, network.id, network.name, address, OPEN);
  if (own !== null) return own;
  if (isLocal) return byMap({ in: network.name }) ?? { kind: "nobody", network };
  if (isPeered) {
    const remoteId = isConnectedGroup(route)
      ? memberOf(data, network, address)
      : data.index.peeredNetwork(network, address);
    const remote = data.index.networks.get(remoteId);
    // The peering to a virtual hub leads to a network of Microsoft's that no inventory has.
    const hub = remote === null ? inHub(data, network, address) : null;
    if (hub !== null) return hub;
    if (remoteId === null) {
      return byMap({ notIn: network.name }) ?? { kind: "unknown-network", name: null, passage: OPEN };
    }
    const way = passage(data, network, remoteId, router);
    const name = remote?.name ?? nameOf(remoteId);
    if (remote === null) return byMap({ in: name }) ?? { kind: "unknown-network", name, passage: way };
    const there = ownerIn(data, remote.id, remote.name, address, way);
    return there ?? byMap({ in: name }) ?? { kind: "nobody", network: remote };
  }
  return byMap({}) ?? { kind: "no-network" };
}

/** Where the owner of an address may be: in the network of that name, or in any other; null where no name is known. */
interface MapPlace {
  readonly in?: string | null;
  readonly notIn?: string | null;
}

/** The owner that an address map names. Rows without a network count where no row says more. */
function ownerByMap({ index }: TraceData, address: Address, { in: name = null, notIn = null }: MapPlace): Found | null {
  const all = index.mapped.of(address);
  const unnamed = all.filter(({ network }) => network === null);
  const inside = all.filter(({ network }) => network !== null && name !== null && same(network, name));
  const outside = all.filter(({ network }) => network === null || notIn === null || !same(network, notIn));
  const found = inside.length > 0 ? inside : name === null ? outside : unnamed;
  const [first] = found;
  if (first === undefined) return null;
  if (found.length === 1) {
    return { kind: "owner", owner: first.owner, network: first.network, passage: OPEN, byMap: true };
  }
  const names = found.map(({ owner, network }) => ownerName(owner) + (network === null ? "" : ` in ${network}`));
  return { kind: "ambiguous", names, network: null };
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
  networkId: string,
  network: string,
  address: Address,
  way: Passage,
): Found | null {
  const owners = index.ownersOf(networkId, address);
  const [owner] = owners;
  if (owner === undefined) return null;
  if (owners.length > 1) return { kind: "ambiguous", names: owners.map(ownerName), network };
  return { kind: "owner", owner, network, passage: way, byMap: false };
}

/** The name of an address's owner. */
export const ownerName = ({ resource }: Owner): string => resource.name;
