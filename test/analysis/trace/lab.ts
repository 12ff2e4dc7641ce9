import { traceData } from "../../../src/analysis/trace/from-snapshot.ts";
import type { TraceData, TraceQuestion } from "../../../src/analysis/trace/question.ts";
import { startOf } from "../../../src/analysis/trace/start.ts";
import type { Protocol } from "../../../src/analysis/trace/trace.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import type { GatewayRoute, GatewayTable } from "../../../src/routes/gateways/gateway-table.ts";
import type { Outcome, Snapshot } from "../../../src/topology/snapshot.ts";
import {
  type ConfiguredRoute,
  EMPTY_TOPOLOGY,
  type Gateway,
  type Hub,
  type LoadBalancer,
  type LoadBalancingRule,
  type Network,
  type NetworkInterface,
  type Peering,
  type Topology,
} from "../../../src/topology/topology.ts";

type Lists = { -readonly [K in keyof Topology]: Topology[K][number][] };

/** A topology to change before it is traced: each field is a plain list. */
export type Draft = Lists & {
  /** Routes of each NIC, as `PREFIX SOURCE TYPE [NEXT HOP,...] [STATE]`. A NIC without is one without a table. */
  tables: Record<string, readonly string[]>;
  outcomes: Record<string, Outcome>;
  gatewayTables: GatewayTable[];
};

export const subnetId = (network: string, subnet: string) => `${network}/subnets/${subnet}`;

/** A network with one subnet, `main`, of all its addresses, and a GatewaySubnet. */
export function network(name: string, prefix: string, peerings: readonly Peering[] = []): Network {
  const subnet = (own: string) => ({
    id: subnetId(name, own),
    name: own,
    networkId: name,
    addressPrefixes: [parsePrefix(prefix)],
    routeTableId: null,
    natGatewayId: null,
    networkSecurityGroupId: null,
    serviceEndpoints: [],
    defaultOutboundAccess: null,
    privateEndpointNetworkPolicies: null,
  });
  return {
    id: name,
    name,
    region: null,
    addressPrefixes: [parsePrefix(prefix)],
    subnets: [subnet("main"), subnet("GatewaySubnet")],
    peerings,
  };
}

export function peering(from: string, to: string, prefix: string, flags: Partial<Peering> = {}): Peering {
  return {
    id: `${from}-${to}`,
    name: `${from}-${to}`,
    networkId: from,
    remoteNetworkId: to,
    remoteAddressPrefixes: [parsePrefix(prefix)],
    state: "Connected",
    syncLevel: "FullyInSync",
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: true,
    allowGatewayTransit: false,
    useRemoteGateways: false,
    ...flags,
  };
}

export function nic(
  name: string,
  in_: string | null,
  address: string | null,
  more: Partial<NetworkInterface> = {},
): NetworkInterface {
  return {
    id: name,
    name,
    region: null,
    virtualMachineId: `vm-${name}`,
    scaleSetId: null,
    privateEndpointId: null,
    ipForwarding: false,
    ipConfigurations: [
      {
        id: `${name}/ip`,
        primary: true,
        address: address === null ? null : parseAddress(address),
        subnetId: in_ === null ? null : subnetId(in_, "main"),
        publicAddressId: null,
        poolIds: [],
      },
    ],
    ...more,
  };
}

export function gateway(
  name: string,
  in_: string | null,
  addresses: readonly string[],
  more: Partial<Gateway> = {},
): Gateway {
  return {
    id: name,
    name,
    region: null,
    gatewayType: "Vpn",
    networkId: in_,
    subnetId: in_ === null ? null : subnetId(in_, "GatewaySubnet"),
    addresses: addresses.map(parseAddress),
    publicAddressIds: [],
    asn: null,
    ...more,
  };
}

export function loadBalancer(
  name: string,
  in_: string,
  address: string,
  backends: readonly string[],
  rules: readonly Partial<LoadBalancingRule>[],
): LoadBalancer {
  return {
    id: name,
    name,
    region: null,
    frontends: [
      {
        id: `${name}/f`,
        name: "f",
        address: parseAddress(address),
        subnetId: subnetId(in_, "main"),
        publicAddressId: null,
      },
    ],
    pools: [{ id: `${name}/p`, name: "p", ipConfigurationIds: backends.map((each) => `${each}/ip`), addresses: [] }],
    rules: rules.map((rule) => ({
      name: "rule",
      frontendId: `${name}/f`,
      poolIds: [`${name}/p`],
      protocol: "All",
      frontendPort: 0,
      backendPort: 0,
      floatingIp: false,
      ...rule,
    })),
  };
}

export function hub(name: string, more: Partial<Hub> = {}): Hub {
  return {
    id: name,
    name,
    region: null,
    kind: "virtual-hub",
    addressPrefixes: [],
    routerAddresses: [],
    asn: null,
    subnetId: null,
    connections: [],
    bgpPeers: [],
    firewallId: null,
    gatewayIds: [],
    ...more,
  };
}

/** A table of a gateway or a hub from rows `PREFIX NEXTHOP,... ORIGIN [WEIGHT] [AS-AS]`; `-` for no next hop. */
export function learned(
  routerId: string,
  rows: readonly string[],
  kind: GatewayTable["kind"] = "gateway-learned",
  scope: string | null = null,
): GatewayTable {
  const addressOf = (text: string) => {
    try {
      return parseAddress(text);
    } catch {
      return null;
    }
  };
  return {
    kind,
    routerId,
    scope,
    instances: [],
    origin: { kind: "file", name: routerId, format: "json", fetchedAt: null, note: null },
    routes: rows.map((row): GatewayRoute => {
      const [prefix = "", hops = "-", origin = "", weight = "0", path = ""] = row.split(" ");
      return {
        prefix: parsePrefix(prefix),
        nextHops: hops === "-" ? [] : hops.split(",").map((text) => ({ text, address: addressOf(text) })),
        nextHopType: kind === "hub" ? origin : null,
        origin: kind === "hub" ? null : origin,
        asPath: path === "" ? [] : path.split("-").map(Number),
        weight: Number(weight),
        localPreference: null,
        instance: null,
        sourcePeer: null,
        best: null,
        fields: {},
      };
    }),
  };
}

export const configured = (name: string, prefix: string, type: string, address: string | null): ConfiguredRoute => ({
  name,
  prefix: parsePrefix(prefix),
  destination: prefix,
  nextHopType: type,
  nextHopAddress: address === null ? null : parseAddress(address),
});

function tableOf(name: string, rows: readonly string[]): RouteTable {
  return {
    routes: rows.map((row): EffectiveRoute => {
      const [prefix = "", source = "", nextHopType = "", hops = "-", state = "Active"] = row.split(" ");
      return {
        name: source === "User" ? `udr-${prefix}` : null,
        source,
        state,
        nextHopType,
        addressPrefix: [parsePrefix(prefix)],
        nextHopIpAddress: hops === "-" ? [] : hops.split(","),
        disableBgpRoutePropagation: false,
        hasBgpOverride: false,
        destinationServiceTags: [],
        fields: {},
      };
    }),
    origin: { kind: "file", name, format: "arm", fetchedAt: null, note: null },
  };
}

/**
 * A hub with an appliance between two spokes: web 10.1.0.4 in spoke1 and db 10.2.0.4 in spoke2 reach each other by nva
 * 10.0.1.4 in hub.
 */
export function hubAndSpokes(): Draft {
  const spoke = (own: string, prefix: string) => network(own, prefix, [peering(own, "hub", "10.0.0.0/16")]);
  return {
    ...(structuredClone(EMPTY_TOPOLOGY) as Lists), // cases add to its lists
    networks: [
      network("hub", "10.0.0.0/16", [peering("hub", "spoke1", "10.1.0.0/16"), peering("hub", "spoke2", "10.2.0.0/16")]),
      spoke("spoke1", "10.1.0.0/16"),
      spoke("spoke2", "10.2.0.0/16"),
    ],
    nics: [
      nic("web", "spoke1", "10.1.0.4"),
      nic("nva", "hub", "10.0.1.4", { ipForwarding: true }),
      nic("db", "spoke2", "10.2.0.4"),
    ],
    tables: {
      web: [
        "10.1.0.0/16 Default VnetLocal",
        "10.0.0.0/16 Default VNetPeering",
        "0.0.0.0/0 User VirtualAppliance 10.0.1.4",
      ],
      nva: [
        "10.0.0.0/16 Default VnetLocal",
        "10.1.0.0/16 Default VNetPeering",
        "10.2.0.0/16 Default VNetPeering",
        "0.0.0.0/0 Default Internet",
      ],
      db: [
        "10.2.0.0/16 Default VnetLocal",
        "10.0.0.0/16 Default VNetPeering",
        "0.0.0.0/0 User VirtualAppliance 10.0.1.4",
      ],
    },
    outcomes: {},
    gatewayTables: [],
  };
}

/** Replaces the item of that name. */
export function change<T extends { readonly name: string }>(items: T[], name: string, to: (item: T) => T): void {
  const at = items.findIndex((item) => item.name === name);
  const item = items[at];
  if (item === undefined) throw new Error(`no ${name}`);
  items[at] = to(item);
}

/** The peering of a network, changed. */
export const changePeering = (draft: Draft, of: string, to: string, flags: Partial<Peering>) =>
  change(draft.networks, of, (each) => ({
    ...each,
    peerings: each.peerings.map((own) => (own.remoteNetworkId === to ? { ...own, ...flags } : own)),
  }));

export function snapshotOfDraft(draft: Draft): Snapshot {
  const { tables, outcomes, gatewayTables, ...topology } = draft;
  return {
    name: "lab",
    takenAt: null,
    complete: true,
    topology,
    nics: draft.nics.map(({ id, name, ipConfigurations }) => ({
      id,
      name,
      subnetId: ipConfigurations[0]?.subnetId ?? null,
      outcome: outcomes[name] ?? (tables[name] === undefined ? "failed" : "ok"),
      tableKey: tables[name] === undefined ? null : name,
      standInId: null,
      fetchedAt: null,
      error: null,
    })),
    tables: new Map(Object.entries(tables).map(([name, rows]) => [name, tableOf(name, rows)])),
    gatewayTables,
  };
}

export const dataOf = (draft: Draft): TraceData => traceData(snapshotOfDraft(draft), null);

export function question(
  data: TraceData,
  from: string,
  to: string,
  more: { readonly protocol?: Protocol; readonly port?: number } = {},
): TraceQuestion {
  return { from: startOf(data, from), to: parseAddress(to), protocol: more.protocol ?? null, port: more.port ?? null };
}
