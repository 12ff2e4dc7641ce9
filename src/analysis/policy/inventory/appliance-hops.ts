import { type Address, formatAddress } from "../../../net/address.ts";
import { contains } from "../../../net/prefix.ts";
import { same } from "../../../text/same.ts";
import type { Owner } from "../../../topology/owners.ts";
import { idKey, nameOf } from "../../../topology/resource-id.ts";
import type {
  ConfiguredRoute,
  Frontend,
  LoadBalancer,
  Network,
  NetworkInterface,
  Subnet,
} from "../../../topology/topology.ts";
import type { InventoryFacts } from "./facts.ts";

/** A next hop of user routes to an appliance, as seen from one network. */
export interface ApplianceHop {
  readonly address: Address;
  /** In text. */
  readonly name: string;
  readonly network: Network;
  /** The ids of the subnets whose routes lead to it. */
  readonly subnetIds: readonly string[];
  /** The id of the first route table that names it; null where only an effective table does. */
  readonly routeTableId: string | null;
  /** `route to-nva (rt-spokes)` */
  readonly routes: readonly string[];
  /** Who has the address, in the network or in its neighbours. */
  readonly owners: readonly Owner[];
  /** The neighbours that have an owner of the address, or are not in the inventory and may have. */
  readonly unseen: readonly string[];
}

/** A NIC that packets to a hop arrive at, directly or through a load balancer. */
export interface HopNic {
  readonly nic: NetworkInterface;
  /** `lb-nva`, where it is behind a load balancer. */
  readonly behind: string | null;
}

/**
 * The next hops of user routes to appliances: of the configured route tables of subnets, and of the effective tables
 * given for them. Each address is looked up in the subnet's network and its neighbours. Linear in subnets and routes.
 */
export function applianceHops(facts: InventoryFacts): readonly ApplianceHop[] {
  type Place = Omit<ApplianceHop, "subnetIds" | "routes">;
  const hops = new Map<string, { place: Place; subnetIds: Set<string>; routes: Set<string> }>();
  const add = (network: Network, subnet: Subnet, address: Address, route: string, routeTableId: string | null) => {
    const name = formatAddress(address);
    const key = `${name} ${idKey(network.id)}`;
    const known = hops.get(key);
    if (known !== undefined) {
      known.subnetIds.add(subnet.id);
      known.routes.add(route);
      return;
    }
    const owners = facts.owners.near(network.id, address).flatMap((near) => near.owners);
    const unseen = owners.length > 0 ? [] : unseenPlaces(network, address, facts);
    const place = { address, name, network, routeTableId, owners, unseen };
    hops.set(key, { place, subnetIds: new Set([subnet.id]), routes: new Set([route]) });
  };
  for (const network of facts.topology.networks) {
    for (const subnet of network.subnets) {
      const table = subnet.routeTableId === null ? null : facts.index.routeTable(subnet.routeTableId);
      if (table !== null) {
        for (const route of table.routes) {
          const address = applianceOf(route);
          if (address !== null) add(network, subnet, address, `route ${route.name} (${table.name})`, table.id);
        }
      }
      for (const { route, address } of facts.routesOf(subnet.id)?.appliances ?? []) {
        add(network, subnet, address, route, table?.id ?? null);
      }
    }
  }
  return [...hops.values()].map(({ place, subnetIds, routes }) => ({
    ...place,
    subnetIds: [...subnetIds],
    routes: [...routes],
  }));
}

function applianceOf({ nextHopType, nextHopAddress }: ConfiguredRoute): Address | null {
  return same(nextHopType, "VirtualAppliance") ? nextHopAddress : null;
}

/** Neighbours that are not in the inventory and whose address space holds the address, or is not known. */
function unseenPlaces(network: Network, address: Address, { index }: InventoryFacts): readonly string[] {
  if (network.addressPrefixes.length === 0) return [network.name];
  if (network.addressPrefixes.some((prefix) => contains(prefix, address))) return [];
  return network.peerings.flatMap(({ remoteNetworkId, remoteAddressPrefixes }) => {
    if (remoteNetworkId === null) return [];
    const remote = index.network(remoteNetworkId);
    const isSeen = remote !== null && remote.addressPrefixes.length > 0;
    const mayHold = remoteAddressPrefixes.length === 0 || remoteAddressPrefixes.some((each) => contains(each, address));
    return !isSeen && mayHold ? [nameOf(remoteNetworkId)] : [];
  });
}

/** The NICs that packets to the hop arrive at, each once. */
export function nicsOfHop(hop: ApplianceHop, facts: InventoryFacts): readonly HopNic[] {
  const nics = new Map<string, HopNic>();
  for (const owner of hop.owners) {
    if (owner.kind === "nic") nics.set(idKey(owner.resource.id), { nic: owner.resource, behind: null });
    if (owner.kind !== "load-balancer") continue;
    for (const nic of backends(owner.resource, owner.frontend, hop, facts)) {
      nics.set(idKey(nic.id), { nic, behind: owner.resource.name });
    }
  }
  return [...nics.values()];
}

/** The NICs in the pools that the rules of a frontend name. */
export function backends(
  { rules, pools }: LoadBalancer,
  frontend: Frontend,
  { network }: Pick<ApplianceHop, "network">,
  { index, owners }: InventoryFacts,
): readonly NetworkInterface[] {
  const own = rules.filter(({ frontendId }) => idKey(frontendId) === idKey(frontend.id));
  const poolIds = new Set(own.flatMap((rule) => rule.poolIds.map(idKey)));
  return pools
    .filter(({ id }) => poolIds.has(idKey(id)))
    .flatMap(({ id, addresses }) => [
      ...index.nicsInPool(id),
      ...addresses
        .flatMap((address) => owners.near(network.id, address))
        .flatMap((place) => place.owners)
        .flatMap((owner) => (owner.kind === "nic" ? [owner.resource] : [])),
    ]);
}
