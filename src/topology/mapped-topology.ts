import { type Address, formatAddress } from "../net/address.ts";
import type { NamedAddress } from "./address-map.ts";
import { idKey } from "./resource-id.ts";
import type { Snapshot } from "./snapshot.ts";
import {
  EMPTY_TOPOLOGY,
  type Gateway,
  type IpConfiguration,
  type LoadBalancer,
  type NetworkInterface,
  type Topology,
  type VirtualMachine,
} from "./topology.ts";

/** A NIC known only by its id, its name and perhaps its subnet. */
export const nicNamed = (id: string, name: string, subnetId: string | null): NetworkInterface => ({
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

/** The topology of a snapshot. A folder of exports has only tables: each becomes a NIC without details. */
export function topologyOf({ topology, nics }: Snapshot): Topology {
  return topology ?? { ...EMPTY_TOPOLOGY, nics: nics.map(({ id, name, subnetId }) => nicNamed(id, name, subnetId)) };
}

/**
 * The topology with the owners in an address map. The map does not describe networks: its addresses count where no
 * known network has an owner for them. A NIC of the topology with the same name gets the address. Linear.
 */
export function withAddressMap(topology: Topology, named: readonly NamedAddress[]): Topology {
  const loadBalancers = loadBalancersIn(named);
  const added = addedToNics(named);
  const ofName = new Map(topology.nics.map((nic) => [nic.name.toLowerCase(), nic]));
  const nics = topology.nics.map((nic) => {
    const key = nic.name.toLowerCase();
    const more = ofName.get(key) === nic ? added.get(key) : undefined;
    return more === undefined ? nic : withAdded(nic, more);
  });
  const newNics = [...added]
    .filter(([key]) => !ofName.has(key))
    .map(([, more]) => withAdded(nicNamed(more.name, more.name, null), more));
  const allNics = [...nics, ...newNics];
  return {
    ...topology,
    nics: allNics,
    virtualMachines: [...topology.virtualMachines, ...machinesOf(newNics, allNics, topology)],
    loadBalancers: [...topology.loadBalancers, ...loadBalancers],
    gateways: [...topology.gateways, ...gatewaysIn(named, topology)],
    firewalls: [
      ...topology.firewalls,
      ...addressesByName(named, "firewall").map(([name, addresses]) => ({
        ...plain(name),
        subnetId: null,
        addresses,
        hubId: null,
      })),
    ],
    managedAppliances: [
      ...topology.managedAppliances,
      ...addressesByName(named, "managed-appliance").map(([name, addresses]) => ({
        ...plain(name),
        subnetId: null,
        addresses,
      })),
    ],
    hubs: [
      ...topology.hubs,
      ...addressesByName(named, "route-server").map(([name, routerAddresses]) => ({
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

/** The additions of an address map to the NICs with one name. */
interface Added {
  readonly name: string;
  vm: string | null;
  ipForwarding: boolean | null;
  readonly addresses: Address[];
  readonly poolIds: string[];
}

/** By the name in lower case. */
function addedToNics(named: readonly NamedAddress[]): ReadonlyMap<string, Added> {
  const added = new Map<string, Added>();
  const ofName = (name: string): Added => {
    const key = name.toLowerCase();
    const known = added.get(key) ?? { name, vm: null, ipForwarding: null, addresses: [], poolIds: [] };
    added.set(key, known);
    return known;
  };
  for (const { kind, name, address, vm, ipForwarding } of named) {
    if (kind !== "nic") continue;
    const nic = ofName(name);
    nic.vm ??= vm;
    nic.ipForwarding ??= ipForwarding;
    nic.addresses.push(address);
  }
  for (const row of named) {
    if (row.kind !== "load-balancer") continue;
    for (const backend of row.backends) ofName(backend).poolIds.push(poolIdOf(row));
  }
  return added;
}

function withAdded(nic: NetworkInterface, { vm, ipForwarding, addresses, poolIds }: Added): NetworkInterface {
  return {
    ...nic,
    virtualMachineId: nic.virtualMachineId ?? vm,
    ipForwarding: nic.ipForwarding ?? ipForwarding,
    ipConfigurations: withPools(withAddresses(nic.ipConfigurations, addresses), poolIds),
  };
}

/** Configurations without an address get one first; then each address gets a configuration of its own. */
function withAddresses(
  configurations: readonly IpConfiguration[],
  addresses: readonly Address[],
): readonly IpConfiguration[] {
  const missing = new Map(addresses.map((address) => [formatAddress(address), address]));
  for (const { address } of configurations) if (address !== null) missing.delete(formatAddress(address));
  const left = missing.values();
  const filled = configurations.map((each) =>
    each.address === null ? { ...each, address: left.next().value ?? null } : each,
  );
  const more = [...left].map((address, index) => ({
    ...configurationOf(address, null),
    primary: configurations.length === 0 && index === 0,
  }));
  return [...filled, ...more];
}

function withPools(configurations: readonly IpConfiguration[], pools: readonly string[]): readonly IpConfiguration[] {
  const [first = configurationOf(null, null), ...others] = configurations;
  return [{ ...first, poolIds: [...first.poolIds, ...pools] }, ...others];
}

/** The VMs that only the map names, with all their NICs. */
function machinesOf(
  newNics: readonly NetworkInterface[],
  allNics: readonly NetworkInterface[],
  { virtualMachines }: Topology,
): readonly VirtualMachine[] {
  const known = new Set(virtualMachines.map(({ id }) => idKey(id)));
  const nicIds = new Map<string, string[]>();
  for (const { virtualMachineId: id } of newNics) if (id !== null && !known.has(idKey(id))) nicIds.set(id, []);
  for (const { id, virtualMachineId } of allNics) nicIds.get(virtualMachineId ?? "")?.push(id);
  return [...nicIds].map(([id, ids]) => ({ ...plain(id), powerState: null, nicIds: ids, scaleSetId: null }));
}

const poolIdOf = ({ name, address }: NamedAddress) => `${name}/${formatAddress(address)}`;

function loadBalancersIn(named: readonly NamedAddress[]): readonly LoadBalancer[] {
  return named
    .filter(({ kind }) => kind === "load-balancer")
    .map((row) => ({
      ...plain(row.name),
      frontends: [
        {
          id: poolIdOf(row),
          name: formatAddress(row.address),
          address: row.address,
          subnetId: null,
          publicAddressId: null,
        },
      ],
      pools: [{ id: poolIdOf(row), name: row.name, ipConfigurationIds: [], addresses: [] }],
      rules: [],
    }));
}

/** The addresses of each name of a kind: an appliance may have several. */
function addressesByName(named: readonly NamedAddress[], wanted: NamedAddress["kind"]) {
  const groups = new Map<string, Address[]>();
  for (const { kind, name, address } of named) {
    if (kind !== wanted) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [address]);
    else group.push(address);
  }
  return [...groups];
}

function gatewaysIn(named: readonly NamedAddress[], { gateways }: Topology): readonly Gateway[] {
  const types = { gateway: null, "vpn-gateway": "Vpn", "expressroute-gateway": "ExpressRoute" } as const;
  const known = new Set(gateways.map(({ name }) => name.toLowerCase()));
  return (Object.keys(types) as (keyof typeof types)[]).flatMap((kind) =>
    addressesByName(named, kind)
      .filter(([name]) => !known.has(name.toLowerCase()))
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
