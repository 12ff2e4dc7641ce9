import { idKey, parentOf, sameResource } from "./resource-id.ts";
import type {
  Frontend,
  LoadBalancer,
  Network,
  NetworkInterface,
  Peering,
  RouteTableResource,
  Subnet,
  Topology,
  VirtualMachine,
} from "./topology.ts";

/** Finds the resources of a topology by their ids, ignoring case. Built once, linear; each look-up reads a map. */
export class TopologyIndex {
  readonly topology: Topology;
  readonly #networks: ReadonlyMap<string, Network>;
  readonly #subnets: ReadonlyMap<string, Subnet>;
  readonly #nics: ReadonlyMap<string, NetworkInterface>;
  readonly #virtualMachines: ReadonlyMap<string, VirtualMachine>;
  readonly #routeTables: ReadonlyMap<string, RouteTableResource>;
  readonly #frontends: ReadonlyMap<string, { readonly loadBalancer: LoadBalancer; readonly frontend: Frontend }>;
  readonly #nicsOfMachine = new Map<string, NetworkInterface[]>();
  readonly #nicsOfPool = new Map<string, NetworkInterface[]>();

  constructor(topology: Topology) {
    this.topology = topology;
    this.#networks = byId(topology.networks);
    this.#subnets = byId(topology.networks.flatMap(({ subnets }) => subnets));
    this.#nics = byId(topology.nics);
    this.#virtualMachines = byId(topology.virtualMachines);
    this.#routeTables = byId(topology.routeTables);
    this.#frontends = new Map(
      topology.loadBalancers.flatMap((loadBalancer) =>
        loadBalancer.frontends.map((frontend) => [idKey(frontend.id), { loadBalancer, frontend }] as const),
      ),
    );
    for (const nic of topology.nics) {
      if (nic.virtualMachineId !== null) push(this.#nicsOfMachine, nic.virtualMachineId, nic);
    }
    this.#joinPools();
  }

  network(id: string): Network | null {
    return this.#networks.get(idKey(id)) ?? null;
  }

  subnet(id: string): Subnet | null {
    return this.#subnets.get(idKey(id)) ?? null;
  }

  virtualMachine(id: string): VirtualMachine | null {
    return this.#virtualMachines.get(idKey(id)) ?? null;
  }

  routeTable(id: string): RouteTableResource | null {
    return this.#routeTables.get(idKey(id)) ?? null;
  }

  /** The load balancer frontend with this id. */
  frontend(id: string): { readonly loadBalancer: LoadBalancer; readonly frontend: Frontend } | null {
    return this.#frontends.get(idKey(id)) ?? null;
  }

  /** The NICs of a VM or of an instance of a scale set. */
  nicsOf(virtualMachineId: string): readonly NetworkInterface[] {
    return this.#nicsOfMachine.get(idKey(virtualMachineId)) ?? [];
  }

  /** The NICs in a backend pool, by the reference of either side. Pools by address have none. */
  nicsInPool(poolId: string): readonly NetworkInterface[] {
    return this.#nicsOfPool.get(idKey(poolId)) ?? [];
  }

  /** The peering of the remote network that leads back; null if the inventory does not have it. */
  otherSide({ networkId, remoteNetworkId }: Peering): Peering | null {
    const remote = remoteNetworkId === null ? null : this.network(remoteNetworkId);
    return remote?.peerings.find((other) => sameResource(other.remoteNetworkId ?? "", networkId)) ?? null;
  }

  #joinPools(): void {
    const joined = new Set<string>();
    const join = (poolId: string, nic: NetworkInterface) => {
      const key = `${idKey(poolId)} ${idKey(nic.id)}`;
      if (!joined.has(key)) push(this.#nicsOfPool, poolId, nic);
      joined.add(key);
    };
    for (const nic of this.topology.nics) {
      for (const { poolIds } of nic.ipConfigurations) for (const poolId of poolIds) join(poolId, nic);
    }
    for (const { pools } of this.topology.loadBalancers) {
      for (const { id, ipConfigurationIds } of pools) {
        for (const configurationId of ipConfigurationIds) {
          const nic = this.#nics.get(idKey(parentOf(configurationId) ?? ""));
          if (nic !== undefined) join(id, nic);
        }
      }
    }
  }
}

function byId<T extends { readonly id: string }>(resources: readonly T[]): ReadonlyMap<string, T> {
  return new Map(resources.map((resource) => [idKey(resource.id), resource]));
}

function push<T>(groups: Map<string, T[]>, id: string, item: T): void {
  const key = idKey(id);
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
