import { type Address, formatAddress } from "../net/address.ts";
import { same } from "../text/same.ts";
import type { NamedAddress } from "./address-map.ts";
import { idKey } from "./resource-id.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Gateway, IpConfiguration, LoadBalancer, NetworkInterface, Topology } from "./topology.ts";

const NOTHING: Topology = {
  networks: [],
  nics: [],
  virtualMachines: [],
  scaleSets: [],
  routeTables: [],
  loadBalancers: [],
  firewalls: [],
  managedAppliances: [],
  gateways: [],
  connections: [],
  localNetworkGateways: [],
  hubs: [],
  privateEndpoints: [],
  publicAddresses: [],
};

const nicNamed = (id: string, name: string, subnetId: string | null): NetworkInterface => ({
  id,
  name,
  region: null,
  virtualMachineId: null,
  scaleSetId: null,
  privateEndpointId: null,
  ipForwarding: null,
  ipConfigurations: subnetId === null ? [] : [configurationOf(null, subnetId)],
});

const configurationOf = (address: Address | null, subnetId: string | null): IpConfiguration => ({
  id: null,
  primary: true,
  address,
  subnetId,
  publicAddressId: null,
  poolIds: [],
});

/** The topology of a snapshot; of a folder of exports its tables as NICs of which nothing more is known. */
export function topologyOf({ topology, nics }: Snapshot): Topology {
  return topology ?? { ...NOTHING, nics: nics.map(({ id, name, subnetId }) => nicNamed(id, name, subnetId)) };
}

/**
 * The topology with what an address map names. It names no network: its addresses count where no network that is known
 * says who has them. A NIC of the topology with the same name gets the address, unless it has it. Linear.
 */
export function withAddressMap(topology: Topology, named: readonly NamedAddress[]): Topology {
  const nics = new Map(topology.nics.map((nic) => [nic.name.toLowerCase(), nic]));
  const ids = new Set(topology.nics.map(({ id }) => idKey(id)));
  const find = (name: string): NetworkInterface => {
    const known = nics.get(name.toLowerCase());
    if (known !== undefined) return known;
    const nic = nicNamed(name, name, null);
    nics.set(name.toLowerCase(), nic);
    return nic;
  };
  const put = (nic: NetworkInterface) => nics.set(nic.name.toLowerCase(), nic);
  for (const { address, name, kind, vm, ipForwarding } of named) {
    if (kind !== "nic") continue;
    const nic = find(name);
    put({
      ...nic,
      virtualMachineId: nic.virtualMachineId ?? vm,
      ipForwarding: nic.ipForwarding ?? ipForwarding,
      ipConfigurations: withAddress(nic.ipConfigurations, address),
    });
  }
  const loadBalancers: LoadBalancer[] = [];
  for (const { address, name, kind, backends } of named) {
    if (kind !== "load-balancer") continue;
    const id = `${name}/${formatAddress(address)}`;
    for (const backend of backends) {
      const nic = find(backend);
      put({ ...nic, ipConfigurations: withPool(nic.ipConfigurations, id) });
    }
    loadBalancers.push({
      id: name,
      name,
      region: null,
      frontends: [{ id, name: formatAddress(address), address, subnetId: null, publicAddressId: null }],
      pools: [{ id, name, ipConfigurationIds: [], addresses: [] }],
      rules: [],
    });
  }
  const all = [...nics.values()];
  const machines = new Set(
    all.flatMap(({ id, virtualMachineId }) => (ids.has(idKey(id)) ? [] : (virtualMachineId ?? []))),
  );
  return {
    ...topology,
    nics: [...all, ...topology.nics.filter((nic) => nics.get(nic.name.toLowerCase())?.id !== nic.id)],
    virtualMachines: [
      ...topology.virtualMachines,
      ...[...machines]
        .filter((id) => topology.virtualMachines.every((machine) => !same(machine.id, id)))
        .map((id) => ({
          id,
          name: id,
          region: null,
          powerState: null,
          nicIds: all.filter(({ virtualMachineId }) => virtualMachineId === id).map((nic) => nic.id),
          scaleSetId: null,
        })),
    ],
    loadBalancers: [...topology.loadBalancers, ...loadBalancers],
    gateways: [...topology.gateways, ...gatewaysIn(named, topology)],
    firewalls: [
      ...topology.firewalls,
      ...grouped(named, "firewall").map(([name, addresses]) => ({
        ...plain(name),
        subnetId: null,
        addresses,
        hubId: null,
      })),
    ],
    managedAppliances: [
      ...topology.managedAppliances,
      ...grouped(named, "managed-appliance").map(([name, addresses]) => ({
        ...plain(name),
        subnetId: null,
        addresses,
      })),
    ],
    hubs: [
      ...topology.hubs,
      ...grouped(named, "route-server").map(([name, routerAddresses]) => ({
        ...plain(name),
        kind: "route-server" as const,
        addressPrefixes: [],
        routerAddresses,
        asn: null,
        subnetId: null,
        connections: [],
        bgpPeers: [],
        firewallId: null,
        gatewayIds: [],
      })),
    ],
  };
}

const plain = (name: string) => ({ id: name, name, region: null });

function withAddress(configurations: readonly IpConfiguration[], address: Address): readonly IpConfiguration[] {
  const has = configurations.some(
    (each) => each.address?.family === address.family && each.address.value === address.value,
  );
  if (has) return configurations;
  const empty = configurations.find((each) => each.address === null);
  if (empty === undefined)
    return [...configurations, { ...configurationOf(address, null), primary: configurations.length === 0 }];
  return configurations.map((each) => (each === empty ? { ...each, address } : each));
}

function withPool(configurations: readonly IpConfiguration[], pool: string): readonly IpConfiguration[] {
  const [first, ...others] = configurations.length === 0 ? [configurationOf(null, null)] : configurations;
  return first === undefined ? [] : [{ ...first, poolIds: [...first.poolIds, pool] }, ...others];
}

/** The addresses of each name of a kind: an appliance may have several. */
function grouped(named: readonly NamedAddress[], ...kinds: readonly NamedAddress["kind"][]) {
  const groups = new Map<string, Address[]>();
  for (const { kind, name, address } of named) {
    if (!kinds.includes(kind)) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [address]);
    else group.push(address);
  }
  return [...groups];
}

function gatewaysIn(named: readonly NamedAddress[], { gateways }: Topology): readonly Gateway[] {
  const types = { gateway: null, "vpn-gateway": "Vpn", "expressroute-gateway": "ExpressRoute" } as const;
  return (Object.keys(types) as (keyof typeof types)[]).flatMap((kind) =>
    grouped(named, kind)
      .filter(([name]) => gateways.every((each) => !same(each.name, name)))
      .map(([name, addresses]) => ({
        ...plain(name),
        gatewayType: types[kind],
        networkId: null,
        subnetId: null,
        addresses,
        publicAddressIds: [],
        asn: null,
      })),
  );
}
