import type { Address } from "../../net/address.ts";
import { contains, type Prefix } from "../../net/prefix.ts";
import type { NamedAddress } from "../../topology/address-map.ts";
import { AddressOwners, type Owner } from "../../topology/owners.ts";
import { idKey } from "../../topology/resource-id.ts";
import type {
  Gateway,
  Hub,
  Network,
  NetworkInterface,
  PublicAddress,
  RouteTableResource,
  Subnet,
  Topology,
  VirtualMachine,
} from "../../topology/topology.ts";
import { addressKey, MappedOwners } from "./mapped-owners.ts";
import { NearestPrefix } from "./nearest-prefix.ts";

/** The network of what an address map names without one. */
const NO_NETWORK = "";

class ById<T extends { readonly id: string }> {
  readonly #items: ReadonlyMap<string, T>;

  constructor(items: Iterable<T>) {
    this.#items = new Map(Array.from(items, (item) => [idKey(item.id), item]));
  }

  get(id: string | null): T | null {
    return id === null ? null : (this.#items.get(idKey(id)) ?? null);
  }
}

/**
 * A topology, indexed by id, by address within a network, and by relation. Addresses are never looked up across
 * networks: address spaces overlap. Cost: linear in the resources, once.
 */
export class NetworkIndex {
  readonly topology: Topology;
  readonly mapped: MappedOwners;
  readonly networks: ById<Network>;
  readonly subnets: ById<Subnet>;
  readonly nics: ById<NetworkInterface>;
  readonly machines: ById<VirtualMachine>;
  readonly routeTables: ById<RouteTableResource>;
  readonly gateways: ById<Gateway>;
  readonly publicAddresses: ById<PublicAddress>;
  readonly hubs: ById<Hub>;
  readonly #hubOfNetwork = new Map<string, { readonly hub: Hub; readonly connectionId: string }[]>();
  readonly #owners: AddressOwners;
  readonly #gatewaysOfNetwork = new Map<string, Gateway[]>();
  /** By network, the networks whose peerings lead to it. */
  readonly #peeredFrom = new Map<string, Network[]>();
  /** By network, the networks that its peerings lead to; made when they are first asked for. */
  readonly #peered = new Map<string, NearestPrefix<string>>();
  readonly #nicsOfMachine = new Map<string, NetworkInterface[]>();
  /** The NICs of a NIC's machine, that NIC first; found when first asked for. */
  readonly #machineMates = new Map<NetworkInterface, readonly NetworkInterface[]>();
  /** By address, in any network; made when first asked for. */
  #nicsWith: Map<string, NetworkInterface[]> | null = null;
  readonly #backends: ReadonlyMap<string, readonly NetworkInterface[]>;

  constructor(topology: Topology, named: readonly NamedAddress[] = []) {
    this.topology = topology;
    this.mapped = new MappedOwners(topology, named);
    this.networks = new ById(topology.networks);
    this.subnets = new ById(topology.networks.flatMap(({ subnets }) => subnets));
    this.nics = new ById(topology.nics);
    this.machines = new ById(topology.virtualMachines);
    this.routeTables = new ById(topology.routeTables);
    this.gateways = new ById(topology.gateways);
    this.publicAddresses = new ById(topology.publicAddresses);
    this.hubs = new ById(topology.hubs);
    this.#owners = new AddressOwners(topology);
    for (const gateway of topology.gateways) {
      const network = gateway.networkId ?? this.subnets.get(gateway.subnetId)?.networkId ?? NO_NETWORK;
      append(this.#gatewaysOfNetwork, idKey(network), gateway);
    }
    for (const hub of topology.hubs) {
      for (const { id, networkId } of hub.connections) {
        append(this.#hubOfNetwork, idKey(networkId), { hub, connectionId: id });
      }
    }
    for (const network of topology.networks) {
      for (const { remoteNetworkId } of network.peerings) {
        if (remoteNetworkId !== null) append(this.#peeredFrom, idKey(remoteNetworkId), network);
      }
    }
    for (const nic of topology.nics) {
      if (nic.virtualMachineId !== null) append(this.#nicsOfMachine, idKey(nic.virtualMachineId), nic);
    }
    this.#backends = this.#indexBackends();
  }

  #indexBackends(): ReadonlyMap<string, readonly NetworkInterface[]> {
    const byPool = new Map<string, NetworkInterface[]>();
    const byConfiguration = new Map<string, NetworkInterface>();
    for (const nic of this.topology.nics) {
      for (const { id, poolIds } of nic.ipConfigurations) {
        if (id !== null) byConfiguration.set(idKey(id), nic);
        for (const pool of poolIds) append(byPool, idKey(pool), nic);
      }
    }
    for (const { pools } of this.topology.loadBalancers) {
      for (const { id, ipConfigurationIds } of pools) {
        for (const configuration of ipConfigurationIds) {
          const nic = byConfiguration.get(idKey(configuration));
          if (nic !== undefined) append(byPool, idKey(id), nic);
        }
      }
    }
    return new Map([...byPool].map(([pool, nics]) => [pool, [...new Set(nics)]]));
  }

  /** Returns the owners of an address in a network or a virtual hub. */
  ownersOf(placeId: string, address: Address): readonly Owner[] {
    return this.#owners.in(placeId, address);
  }

  /** Returns the NICs of a backend pool that have an IP configuration in it. */
  backendsOf(poolId: string): readonly NetworkInterface[] {
    return this.#backends.get(idKey(poolId)) ?? [];
  }

  /** Returns the gateways in a network. */
  gatewaysOf(networkId: string | null): readonly Gateway[] {
    return this.#gatewaysOfNetwork.get(idKey(networkId ?? NO_NETWORK)) ?? [];
  }

  /** Returns the Route Servers in a network; for null, those that an address map names. */
  routeServersOf(networkId: string | null): readonly Hub[] {
    return this.topology.hubs.filter(({ kind, subnetId }) => {
      if (kind !== "route-server") return false;
      const own = this.subnets.get(subnetId)?.networkId ?? null;
      return own === null || networkId === null ? own === networkId : idKey(own) === idKey(networkId);
    });
  }

  /** Returns the virtual hubs that a network is connected to. */
  hubsOf(networkId: string | null): readonly { readonly hub: Hub; readonly connectionId: string }[] {
    return networkId === null ? [] : (this.#hubOfNetwork.get(idKey(networkId)) ?? []);
  }

  /** Returns the networks whose address space holds an address. Linear in the networks. */
  networksWith(address: Address): readonly Network[] {
    return this.topology.networks.filter(({ addressPrefixes }) => holds(addressPrefixes, address));
  }

  /** Returns the NICs with an address, in any network. Cost: linear in the NICs, once. */
  nicsWith(address: Address): readonly NetworkInterface[] {
    this.#nicsWith ??= this.#indexNics();
    return this.#nicsWith.get(addressKey(address)) ?? [];
  }

  #indexNics(): Map<string, NetworkInterface[]> {
    const found = new Map<string, NetworkInterface[]>();
    for (const nic of this.topology.nics) {
      const keys = nic.ipConfigurations.flatMap(({ address }) => (address === null ? [] : addressKey(address)));
      for (const key of new Set(keys)) append(found, key, nic);
    }
    return found;
  }

  /** Returns the network of a subnet; null where the topology does not know it. */
  networkOfSubnet(subnetId: string | null): Network | null {
    return this.networks.get(this.subnets.get(subnetId)?.networkId ?? null);
  }

  /** Returns the network of a NIC. All its IP configurations are in one. */
  networkOfNic(nic: NetworkInterface): Network | null {
    for (const { subnetId } of nic.ipConfigurations) {
      const network = this.networkOfSubnet(subnetId);
      if (network !== null) return network;
    }
    return null;
  }

  /** Returns the network of a gateway. */
  networkOfGateway({ networkId, subnetId }: Gateway): Network | null {
    return this.networks.get(networkId) ?? this.networkOfSubnet(subnetId);
  }

  /** Returns the NICs of a NIC's virtual machine, the NIC itself first. */
  nicsOfMachine(nic: NetworkInterface): readonly NetworkInterface[] {
    let mates = this.#machineMates.get(nic);
    if (mates === undefined) {
      const all = nic.virtualMachineId === null ? [] : (this.#nicsOfMachine.get(idKey(nic.virtualMachineId)) ?? []);
      mates = [nic, ...all.filter((each) => each !== nic)];
      this.#machineMates.set(nic, mates);
    }
    return mates;
  }

  /**
   * Returns the id of the network that a network's peering to an address leads to; the longest prefix decides. The
   * remote network's own address space counts too, because a peering may not be in sync. Where the network's own side
   * was not read, the other side's counts.
   */
  peeredNetwork(network: Network, address: Address): string | null {
    const key = idKey(network.id);
    let nearest = this.#peered.get(key);
    if (nearest === undefined) {
      nearest = new NearestPrefix(this.#peeredPrefixes(network));
      this.#peered.set(key, nearest);
    }
    return nearest.find(address);
  }

  *#peeredPrefixes(network: Network): Generator<readonly [Prefix, string]> {
    for (const { remoteNetworkId, remoteAddressPrefixes } of network.peerings) {
      if (remoteNetworkId === null) continue;
      for (const prefix of remoteAddressPrefixes) yield [prefix, remoteNetworkId];
      for (const prefix of this.networks.get(remoteNetworkId)?.addressPrefixes ?? []) yield [prefix, remoteNetworkId];
    }
    for (const { id, addressPrefixes } of this.#peeredFrom.get(idKey(network.id)) ?? []) {
      for (const prefix of addressPrefixes) yield [prefix, id];
    }
  }

  /** Returns the route table of a subnet; null where it has none, or where it is not in the topology. */
  routeTableOf(subnet: Subnet | null): RouteTableResource | null {
    return this.routeTables.get(subnet?.routeTableId ?? null);
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Whether a list of prefixes holds an address. */
export const holds = (prefixes: readonly Prefix[], address: Address): boolean =>
  prefixes.some((prefix) => contains(prefix, address));
