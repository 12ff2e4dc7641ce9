import type { Prefix } from "../../net/prefix.ts";
import { idKey, nameOf, networkOf, parentOf } from "../resource-id.ts";
import type {
  BgpPeer,
  Hub,
  HubConnection,
  LoadBalancer,
  Network,
  Peering,
  Resource,
  Subnet,
  Topology,
} from "../topology.ts";

type InParts = "networks" | "hubs" | "loadBalancers";

type Plain = { readonly [Kind in Exclude<keyof Topology, InParts>]: Topology[Kind][number] };

interface NetworkDraft extends Resource {
  readonly addressPrefixes: readonly Prefix[];
}
type HubDraft = Omit<Hub, "connections" | "bgpPeers">;

type BalancerPart = "frontends" | "pools" | "rules";

interface BalancerDraft {
  resource: Resource;
  readonly parts: { readonly [Part in BalancerPart]: Map<string, LoadBalancer[Part][number]> };
}

/**
 * The resources read so far, by id. A resource may occur several times, whole and in parts. Later sources fill in what
 * earlier ones leave open.
 */
export class Draft {
  readonly #plain = new Map<keyof Plain, Map<string, Plain[keyof Plain]>>();
  readonly #networks = new Map<string, NetworkDraft>();
  readonly #subnets = new Map<string, Subnet>();
  readonly #peerings = new Map<string, Peering>();
  readonly #hubs = new Map<string, HubDraft>();
  readonly #hubSubnets = new Map<string, string>();
  readonly #hubConnections = new Map<string, HubConnection>();
  readonly #peers = new Map<string, BgpPeer>();
  readonly #balancers = new Map<string, BalancerDraft>();

  add<Kind extends keyof Plain>(kind: Kind, resource: Plain[Kind]): void {
    const known = this.#plain.get(kind) ?? new Map<string, Plain[keyof Plain]>();
    this.#plain.set(kind, known);
    put(known, resource);
  }

  addNetwork(network: NetworkDraft): void {
    put(this.#networks, network);
  }

  addSubnet(subnet: Subnet): void {
    put(this.#subnets, subnet);
    this.#nameNetwork(subnet.networkId);
  }

  addPeering(peering: Peering): void {
    put(this.#peerings, peering);
    this.#nameNetwork(peering.networkId);
  }

  addHub(hub: HubDraft): void {
    put(this.#hubs, hub);
  }

  addHubConnection(connection: HubConnection): void {
    put(this.#hubConnections, connection);
  }

  addPeer(peer: BgpPeer): void {
    put(this.#peers, peer);
  }

  placeHub(hubId: string, subnetId: string): void {
    this.#hubSubnets.set(idKey(hubId), subnetId);
  }

  addLoadBalancer(resource: Resource): void {
    const key = idKey(resource.id);
    const known = this.#balancers.get(key);
    if (known !== undefined) known.resource = filled(known.resource, resource);
    else this.#balancers.set(key, { resource, parts: { frontends: new Map(), pools: new Map(), rules: new Map() } });
  }

  /** Adds a part by its own id. The load balancer may be known by its parts alone. */
  addBalancerPart<Part extends BalancerPart>(
    balancerId: string,
    kind: Part,
    id: string,
    part: LoadBalancer[Part][number],
  ): void {
    this.addLoadBalancer({ id: balancerId, name: nameOf(balancerId), region: null });
    const parts = this.#balancers.get(idKey(balancerId))?.parts[kind];
    if (parts !== undefined) merge(parts, idKey(id), part);
  }

  /** The ids of all networks that a resource is, is in or is peered with; equal ones may repeat. */
  networkIds(): readonly string[] {
    const subnetIds = [...(this.#plain.get("nics")?.values() ?? [])].flatMap((nic) =>
      "ipConfigurations" in nic ? nic.ipConfigurations.map(({ subnetId }) => subnetId) : [],
    );
    return [
      ...[...this.#networks.values()].map(({ id }) => id),
      ...[...this.#peerings.values()].flatMap(({ remoteNetworkId }) => remoteNetworkId ?? []),
      ...subnetIds.flatMap((id) => (id === null ? [] : (networkOf(id) ?? []))),
    ];
  }

  /** Adds a network that only its parts name. */
  #nameNetwork(id: string): void {
    if (!this.#networks.has(idKey(id))) {
      this.addNetwork({ id, name: nameOf(id), region: null, addressPrefixes: [] });
    }
  }

  topology(): Topology {
    const subnets = grouped(this.#subnets, ({ networkId }) => networkId);
    const peerings = grouped(this.#peerings, ({ networkId }) => networkId);
    const connections = grouped(this.#hubConnections, ({ id }) => parentOf(id) ?? "");
    const peers = grouped(this.#peers, ({ id }) => parentOf(id) ?? "");
    const all = <Kind extends keyof Plain>(kind: Kind) => [...(this.#plain.get(kind)?.values() ?? [])] as Plain[Kind][];
    return {
      networks: [...this.#networks].map(
        ([key, network]): Network => ({
          ...network,
          subnets: subnets.get(key) ?? [],
          peerings: peerings.get(key) ?? [],
        }),
      ),
      hubs: [...this.#hubs].map(
        ([key, hub]): Hub => ({
          ...hub,
          subnetId: hub.subnetId ?? this.#hubSubnets.get(key) ?? null,
          connections: connections.get(key) ?? [],
          bgpPeers: peers.get(key) ?? [],
        }),
      ),
      nics: all("nics"),
      virtualMachines: all("virtualMachines"),
      scaleSets: all("scaleSets"),
      routeTables: all("routeTables"),
      loadBalancers: [...this.#balancers.values()].map(
        ({ resource, parts }): LoadBalancer => ({
          ...resource,
          frontends: [...parts.frontends.values()],
          pools: [...parts.pools.values()],
          rules: [...parts.rules.values()],
        }),
      ),
      firewalls: all("firewalls"),
      managedAppliances: all("managedAppliances"),
      gateways: all("gateways"),
      connections: all("connections"),
      localNetworkGateways: all("localNetworkGateways"),
      circuits: all("circuits"),
      privateEndpoints: all("privateEndpoints"),
      publicAddresses: all("publicAddresses"),
    };
  }
}

function put<T extends { readonly id: string }>(known: Map<string, T>, resource: T): void {
  merge(known, idKey(resource.id), resource);
}

function merge<T extends object>(known: Map<string, T>, key: string, item: T): void {
  const earlier = known.get(key);
  known.set(key, earlier === undefined ? item : filled(earlier, item));
}

/** The resource, with missing fields filled in from another source. */
function filled<T extends object>(resource: T, other: T): T {
  const isOpen = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
  const more = Object.entries(other).filter(([name]) => isOpen(resource[name as keyof T]));
  return { ...resource, ...Object.fromEntries(more) };
}

function grouped<T>(items: ReadonlyMap<string, T>, ownerOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items.values()) {
    const key = idKey(ownerOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
