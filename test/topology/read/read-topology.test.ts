import { describe, expect, it, test } from "vitest";
import { readTopology } from "../../../src/topology/read/read-topology.ts";
import { EMPTY_TOPOLOGY, type Topology } from "../../../src/topology/topology.ts";
import { hasSharedData, readShared } from "../../shared-data.ts";
import { GROUP, machineId, network, networkId, nic, nicId, resourceId, subnetId, texts } from "../resources.ts";

/** The topology of resources without gaps. */
function read(...resources: unknown[]): Topology {
  const { topology, skipped } = readTopology(resources);
  expect(skipped).toEqual([]);
  return topology;
}

test("no resources make the empty topology", () => {
  expect(read()).toEqual(EMPTY_TOPOLOGY);
});

test.each<[resource: object, name: string]>([
  [{ id: networkId("n") }, "n"],
  [{ id: networkId("n"), name: "own" }, "own"],
  [{ id: networkId("n"), Name: "of PowerShell" }, "of PowerShell"],
  [{ id: networkId("n"), NAME: "other", name: "own" }, "own"],
  [{ id: networkId("n"), NAME: "own", names: "other" }, "own"],
])("the name in %j is '%s'", (resource, name) => {
  expect(read(resource).networks.map((each) => each.name)).toEqual([name]);
});

test.each<[properties: object, kind: string]>([
  [{ virtualWan: { id: resourceId("virtualWans", "wan") } }, "virtual-hub"],
  [{ addressPrefix: "10.0.0.0/24" }, "virtual-hub"],
  [{}, "route-server"],
  [{ kind: "RouteServer", addressPrefix: "10.0.0.0/24" }, "route-server"],
])("a virtual hub with %j is a %s", (properties, kind) => {
  const { kind: own, ...rest } = properties as { readonly kind?: string };
  const id = resourceId("virtualHubs", "hub");
  const type = "Microsoft.Network/virtualHubs";
  expect(read({ id, name: "hub", type, ...(own && { kind: own }), properties: rest }).hubs[0]?.kind).toBe(kind);
});

const PEERING = {
  name: "to-hub",
  peeringState: "Connected",
  peeringSyncLevel: "FullyInSync",
  allowVirtualNetworkAccess: true,
  allowForwardedTraffic: false,
  allowGatewayTransit: false,
  useRemoteGateways: true,
  remoteAddressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  remoteVirtualNetworkAddressSpace: { addressPrefixes: ["10.0.0.0/16", "10.9.0.0/16"] },
  remoteVirtualNetwork: { id: networkId("hub") },
};
const SUBNET = {
  name: "app",
  addressPrefix: "10.1.0.0/24",
  routeTable: { id: resourceId("routeTables", "rt") },
  natGateway: { id: resourceId("natGateways", "nat") },
  networkSecurityGroup: { id: resourceId("networkSecurityGroups", "nsg") },
  serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope"] }],
  defaultOutboundAccess: false,
  privateEndpointNetworkPolicies: "RouteTableEnabled",
};
const peeringId = `${networkId("spoke")}/virtualNetworkPeerings/to-hub`;
const { name: _, ...subnetProperties } = SUBNET;
const { name: __, ...peeringProperties } = PEERING;

const SPOKE = {
  id: networkId("spoke"),
  name: "spoke",
  region: "westeurope",
  addressPrefixes: ["10.1.0.0/16", "fd00::/48"],
  subnets: [
    {
      id: subnetId("spoke"),
      name: "app",
      networkId: networkId("spoke"),
      addressPrefixes: ["10.1.0.0/24"],
      routeTableId: resourceId("routeTables", "rt"),
      natGatewayId: resourceId("natGateways", "nat"),
      networkSecurityGroupId: resourceId("networkSecurityGroups", "nsg"),
      serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope"] }],
      defaultOutboundAccess: false,
      privateEndpointNetworkPolicies: "RouteTableEnabled",
    },
  ],
  peerings: [
    {
      id: peeringId,
      name: "to-hub",
      networkId: networkId("spoke"),
      remoteNetworkId: networkId("hub"),
      remoteAddressPrefixes: ["10.0.0.0/16"],
      state: "Connected",
      syncLevel: "FullyInSync",
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: true,
    },
  ],
};
const space = { addressPrefixes: ["10.1.0.0/16", "fd00::/48"] };
const ofAz = {
  id: networkId("spoke"),
  name: "spoke",
  location: "West Europe",
  addressSpace: space,
  subnets: [{ id: subnetId("spoke"), ...SUBNET }],
  virtualNetworkPeerings: [{ id: peeringId, ...PEERING }],
};

describe("a network is read", () => {
  for (const [shape, ...resources] of [
    [
      "as Azure Resource Manager answers",
      {
        id: networkId("spoke"),
        name: "spoke",
        location: "westeurope",
        properties: {
          addressSpace: space,
          subnets: [{ id: subnetId("spoke"), name: "app", properties: subnetProperties }],
          virtualNetworkPeerings: [{ id: peeringId, name: "to-hub", properties: peeringProperties }],
        },
      },
    ],
    ["as az prints it", ofAz],
    ["as PowerShell prints it", powerShell(ofAz)],
    ["in a list", [ofAz]],
    ["in Azure's list", { value: [ofAz] }],
    ["in Resource Graph's answer", { totalRecords: 1, count: 1, data: [ofAz], resultTruncated: "false" }],
    [
      "in parts, as az lists subnets and peerings",
      [{ id: subnetId("spoke"), ...SUBNET }],
      [{ id: peeringId, ...PEERING }],
      { ...ofAz, subnets: [], virtualNetworkPeerings: [] },
    ],
    ["twice, first with less", { ...ofAz, subnets: [], location: null }, ofAz],
    ["twice, then with less", ofAz, { ...ofAz, subnets: [], addressSpace: {}, location: null }],
  ] satisfies readonly (readonly [string, ...unknown[]])[]) {
    test(shape, () => {
      expect(texts(read(...resources).networks)).toEqual([SPOKE]);
    });
  }

  it("with subnets and peerings that lack an id or a name", () => {
    const [only] = read({
      id: networkId("n"),
      subnets: [{ name: "a" }, { id: subnetId("n", "b") }, {}],
      virtualNetworkPeerings: [
        { name: "p", remoteVirtualNetworkAddressSpace: { addressPrefixes: ["10.9.0.0/16"] } },
        {},
      ],
    }).networks;
    const subnet = (id: string, name: string) => ({
      ...{ id, name, networkId: networkId("n"), addressPrefixes: [], routeTableId: null, natGatewayId: null },
      ...{ networkSecurityGroupId: null, serviceEndpoints: [], defaultOutboundAccess: null },
      privateEndpointNetworkPolicies: null,
    });
    const peering = (name: string, remoteAddressPrefixes: readonly string[]) => ({
      ...{ id: `${networkId("n")}/virtualNetworkPeerings/${name}`, name, networkId: networkId("n") },
      ...{ remoteNetworkId: null, remoteAddressPrefixes, state: null, syncLevel: null },
      ...{ allowVirtualNetworkAccess: null, allowForwardedTraffic: null },
      ...{ allowGatewayTransit: null, useRemoteGateways: null },
    });
    expect(texts(only)).toEqual({
      ...{ id: networkId("n"), name: "n", region: null, addressPrefixes: [] },
      subnets: [subnet(subnetId("n", "a"), "a"), subnet(subnetId("n", "b"), "b"), subnet(subnetId("n", "?"), "?")],
      peerings: [peering("p", ["10.9.0.0/16"]), peering("?", [])],
    });
  });

  it("with several prefixes of a subnet, and only service endpoints of a service", () => {
    const [only] = read({
      ...{ id: subnetId("n"), addressPrefixes: ["10.0.0.0/24", "fd00::/64"], addressPrefix: "10.0.9.0/24" },
      serviceEndpoints: [{ locations: ["x"] }, { service: "Microsoft.Sql" }],
    }).networks;
    expect(
      texts(only?.subnets.map(({ addressPrefixes, serviceEndpoints }) => [addressPrefixes, serviceEndpoints])),
    ).toEqual([[["10.0.0.0/24", "fd00::/64"], [{ service: "Microsoft.Sql", locations: [] }]]]);
  });

  it("from a peering alone, with only the data of the peering", () => {
    const [only, ...others] = read({ id: peeringId, ...PEERING }).networks;
    expect(texts(only)).toEqual({ ...SPOKE, region: null, addressPrefixes: [], subnets: [] });
    expect(others).toEqual([]);
  });

  it("from a reduced form with names and prefixes, with the id by which other resources refer to it", () => {
    const reduced = [{ name: "spoke", prefixes: ["10.1.0.0/16"], subnets: [{ name: "app", prefix: "10.1.0.0/24" }] }];
    const [known] = read(reduced, { id: peeringId, ...PEERING }).networks;
    expect(
      texts([known?.id, known?.addressPrefixes, known?.subnets[0]?.id, known?.subnets[0]?.addressPrefixes]),
    ).toEqual([networkId("spoke"), ["10.1.0.0/16"], subnetId("spoke"), ["10.1.0.0/24"]]);
    const ofNic = read([{ ...reduced[0], name: "CORE" }], nic("n", subnetId("core"), "10.1.0.4")).networks;
    expect(ofNic.map(({ id }) => id)).toEqual([networkId("core")]);
    const ofPeer = read([{ ...reduced[0], name: "hub" }], { id: peeringId, ...PEERING }).networks;
    expect(ofPeer.map(({ id }) => id)).toEqual([networkId("spoke"), networkId("hub")]);
    const twice = { id: peeringId.replace("/rg/", "/other/"), ...PEERING };
    const unknown = read(reduced, { id: peeringId, ...PEERING }, twice).networks.find(({ id }) => id === "spoke");
    expect(unknown?.subnets.map(({ id }) => id)).toEqual(["spoke/subnets/app"]);
  });

  it("from a reduced form, with every field", () => {
    const reduced = {
      ...{ name: "spoke", location: "West Central US", prefixes: ["10.1.0.0/16"] },
      subnets: [{ name: "app", prefix: "10.1.0.0/24" }, { prefix: "10.1.1.0/24" }],
    };
    const { topology, known, skipped } = readTopology([reduced]);
    expect([known, skipped]).toEqual([1, []]);
    expect(texts(topology.networks)).toEqual([
      {
        ...{ id: "spoke", name: "spoke", region: "westcentralus", addressPrefixes: ["10.1.0.0/16"], peerings: [] },
        subnets: [
          {
            ...{ id: "spoke/subnets/app", name: "app", networkId: "spoke", addressPrefixes: ["10.1.0.0/24"] },
            ...{ routeTableId: null, natGatewayId: null, networkSecurityGroupId: null, serviceEndpoints: [] },
            ...{ defaultOutboundAccess: null, privateEndpointNetworkPolicies: null },
          },
        ],
      },
    ]);
  });

  it.each([
    ["has no name", { prefixes: [], subnets: [] }],
    ["has no prefixes", { name: "spoke", subnets: [] }],
    ["has no subnets", { name: "spoke", prefixes: [] }],
  ])("but not from a reduced form that %s", (_, resource) => {
    expect(readTopology([resource])).toMatchObject({ known: 0, topology: { networks: [] } });
  });

  it("by its id where a reduced form has one", () => {
    const [only] = read({ id: networkId("n"), name: "spoke", prefixes: ["10.1.0.0/16"], subnets: [] }).networks;
    expect(only).toMatchObject({ id: networkId("n"), addressPrefixes: [] });
  });
});

/** Every field's first letter in upper case. */
function powerShell(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(powerShell);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [`${name[0]?.toUpperCase()}${name.slice(1)}`, powerShell(each)]),
  );
}

describe("a kind of resource", () => {
  const base = (id: string, region: string | null = null) => ({ id, name: id.split("/").at(-1), region });
  const vm = (more: object) => ({ id: machineId("vm"), ...more });
  const machine = (powerState: string | null, nicIds: string[] = [], scaleSetId: string | null = null) => ({
    virtualMachines: [{ ...base(machineId("vm")), powerState, nicIds, scaleSetId }],
  });
  const setId = `${GROUP}/Microsoft.Compute/virtualMachineScaleSets/set`;
  const lb = resourceId("loadBalancers", "lb");
  const hub = resourceId("virtualHubs", "hub");
  const gateway = resourceId("virtualNetworkGateways", "gw");
  const instanceNic = {
    ...(nic("n", subnetId("spoke"), "10.1.0.9", { virtualMachine: undefined }) as object),
    id: `${setId}/virtualMachines/3/networkInterfaces/n`,
    location: undefined,
  };
  for (const [rule, resource, expected] of [
    [
      "a NIC",
      nic("n", subnetId("spoke"), "10.1.0.4", { enableIPForwarding: true, macAddress: "00-0D-3A-F8-80-1A" }),
      {
        nics: [
          {
            ...base(nicId("n"), "westeurope"),
            virtualMachineId: machineId("vm-n"),
            scaleSetId: null,
            privateEndpointId: null,
            ipForwarding: true,
            macAddress: "00-0D-3A-F8-80-1A",
            ipConfigurations: [
              {
                id: `${nicId("n")}/ipConfigurations/ipconfig1`,
                primary: true,
                address: "10.1.0.4",
                subnetId: subnetId("spoke"),
                publicAddressId: null,
                poolIds: [],
              },
            ],
          },
        ],
      },
    ],
    [
      "the NIC of a scale set's instance",
      instanceNic,
      {
        nics: [
          {
            ...base(`${setId}/virtualMachines/3/networkInterfaces/n`),
            virtualMachineId: `${setId}/virtualMachines/3`,
            scaleSetId: setId,
            privateEndpointId: null,
            ipForwarding: null,
            macAddress: null,
            ipConfigurations: [
              {
                id: `${nicId("n")}/ipConfigurations/ipconfig1`,
                primary: true,
                address: "10.1.0.9",
                subnetId: subnetId("spoke"),
                publicAddressId: null,
                poolIds: [],
              },
            ],
          },
        ],
      },
    ],
    [
      "a VM's power state of Resource Graph",
      vm({ properties: { extended: { instanceView: { powerState: { code: "PowerState/running" } } } } }),
      machine("running"),
    ],
    [
      "a VM's power state of its instance view",
      vm({
        properties: {
          instanceView: { statuses: [{ code: "ProvisioningState/succeeded" }, { code: "PowerState/stopped" }] },
        },
      }),
      machine("stopped"),
    ],
    ["a VM's power state as az prints it", vm({ powerState: "VM deallocated" }), machine("deallocated")],
    ["a VM without a power state", vm({ properties: { provisioningState: "Succeeded" } }), machine(null)],
    ["a VM of unknown power state", vm({ powerState: "PowerState/unknown" }), machine(null)],
    [
      "a VM's NICs, the primary one first",
      vm({
        networkProfile: {
          networkInterfaces: [
            { id: nicId("a"), properties: { primary: false } },
            { id: nicId("b"), properties: { primary: true } },
          ],
        },
        virtualMachineScaleSet: { id: setId },
      }),
      machine(null, [nicId("b"), nicId("a")], setId),
    ],
    [
      "a scale set",
      { id: setId, properties: { orchestrationMode: "Uniform" } },
      { scaleSets: [{ ...base(setId), orchestrationMode: "Uniform" }] },
    ],
    [
      "a route table",
      {
        id: resourceId("routeTables", "rt"),
        properties: {
          disableBgpRoutePropagation: true,
          subnets: [{ id: subnetId("spoke") }],
          routes: [
            {
              name: "all",
              properties: { addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.1.4" },
            },
            { name: "tag", properties: { addressPrefix: "AzureCloud.westeurope", nextHopType: "Internet" } },
          ],
        },
      },
      {
        routeTables: [
          {
            ...base(resourceId("routeTables", "rt")),
            disableBgpRoutePropagation: true,
            subnetIds: [subnetId("spoke")],
            routes: [
              {
                name: "all",
                prefix: "0.0.0.0/0",
                destination: "0.0.0.0/0",
                nextHopType: "VirtualAppliance",
                nextHopAddress: "10.0.1.4",
              },
              {
                name: "tag",
                prefix: null,
                destination: "AzureCloud.westeurope",
                nextHopType: "Internet",
                nextHopAddress: null,
              },
            ],
          },
        ],
      },
    ],
    [
      "a load balancer with HA ports",
      {
        id: lb,
        properties: {
          frontendIPConfigurations: [
            {
              id: `${lb}/frontendIPConfigurations/f`,
              name: "f",
              properties: { privateIPAddress: "10.0.2.99", subnet: { id: subnetId("hub") } },
            },
          ],
          backendAddressPools: [
            {
              id: `${lb}/backendAddressPools/p`,
              name: "p",
              properties: {
                backendIPConfigurations: [{ id: `${nicId("nva")}/ipConfigurations/i` }],
                loadBalancerBackendAddresses: [
                  { name: "a", properties: { ipAddress: "10.0.2.5" } },
                  { name: "b", properties: {} },
                ],
              },
            },
          ],
          loadBalancingRules: [
            {
              name: "ha",
              properties: {
                frontendIPConfiguration: { id: `${lb}/frontendIPConfigurations/f` },
                backendAddressPool: { id: `${lb}/backendAddressPools/p` },
                protocol: "All",
                frontendPort: 0,
                backendPort: 0,
                enableFloatingIP: true,
              },
            },
          ],
        },
      },
      {
        loadBalancers: [
          {
            ...base(lb),
            frontends: [
              {
                id: `${lb}/frontendIPConfigurations/f`,
                name: "f",
                address: "10.0.2.99",
                subnetId: subnetId("hub"),
                publicAddressId: null,
              },
            ],
            pools: [
              {
                id: `${lb}/backendAddressPools/p`,
                name: "p",
                ipConfigurationIds: [`${nicId("nva")}/ipConfigurations/i`],
                addresses: ["10.0.2.5"],
              },
            ],
            rules: [
              {
                name: "ha",
                frontendId: `${lb}/frontendIPConfigurations/f`,
                poolIds: [`${lb}/backendAddressPools/p`],
                protocol: "All",
                frontendPort: 0,
                backendPort: 0,
                floatingIp: true,
              },
            ],
          },
        ],
      },
    ],
    [
      "a firewall in a subnet",
      {
        id: resourceId("azureFirewalls", "fw"),
        properties: {
          ipConfigurations: [
            { properties: { privateIPAddress: "10.0.3.4", subnet: { id: subnetId("hub", "AzureFirewallSubnet") } } },
            { properties: { publicIPAddress: { id: "/p" } } },
          ],
        },
      },
      {
        firewalls: [
          {
            ...base(resourceId("azureFirewalls", "fw")),
            subnetId: subnetId("hub", "AzureFirewallSubnet"),
            addresses: ["10.0.3.4"],
            hubId: null,
          },
        ],
      },
    ],
    [
      "a firewall whose configuration with a subnet is not the first",
      {
        id: resourceId("azureFirewalls", "fw"),
        ipConfigurations: [
          { publicIPAddress: { id: "/p" } },
          { privateIPAddress: "10.0.3.4", subnet: { id: subnetId("hub", "AzureFirewallSubnet") } },
          { subnet: { id: subnetId("other", "AzureFirewallSubnet") } },
        ],
      },
      {
        firewalls: [
          {
            ...{ ...base(resourceId("azureFirewalls", "fw")), subnetId: subnetId("hub", "AzureFirewallSubnet") },
            ...{ addresses: ["10.0.3.4"], hubId: null },
          },
        ],
      },
    ],
    [
      "a firewall in a hub",
      {
        id: resourceId("azureFirewalls", "fw"),
        properties: { hubIPAddresses: { privateIPAddress: "10.0.64.4" }, virtualHub: { id: hub } },
      },
      {
        firewalls: [
          { ...base(resourceId("azureFirewalls", "fw")), subnetId: null, addresses: ["10.0.64.4"], hubId: hub },
        ],
      },
    ],
    [
      "an appliance that Azure runs",
      {
        id: resourceId("virtualNetworkAppliances", "a"),
        properties: {
          subnet: { id: subnetId("hub") },
          ipConfigurations: [{}, { properties: { privateIPAddress: "10.0.5.4" } }],
        },
      },
      {
        managedAppliances: [
          { ...base(resourceId("virtualNetworkAppliances", "a")), subnetId: subnetId("hub"), addresses: ["10.0.5.4"] },
        ],
      },
    ],
    [
      "a VPN gateway, without its link-local addresses",
      {
        id: gateway,
        properties: {
          gatewayType: "Vpn",
          ipConfigurations: [
            {
              properties: {
                subnet: { id: subnetId("hub", "GatewaySubnet") },
                publicIPAddress: { id: resourceId("publicIPAddresses", "pip") },
              },
            },
          ],
          bgpSettings: {
            asn: 65515,
            bgpPeeringAddress: "10.0.0.12,10.0.0.13",
            bgpPeeringAddresses: [{ defaultBgpIpAddresses: ["10.0.0.13"], customBgpIpAddresses: ["169.254.21.2"] }],
          },
        },
      },
      {
        gateways: [
          {
            ...base(gateway),
            gatewayType: "Vpn",
            networkId: networkId("hub"),
            subnetId: subnetId("hub", "GatewaySubnet"),
            addresses: ["10.0.0.12", "10.0.0.13"],
            publicAddressIds: [resourceId("publicIPAddresses", "pip")],
            asn: 65515,
          },
        ],
      },
    ],
    [
      "a connection to a site",
      {
        id: resourceId("connections", "c"),
        properties: {
          connectionType: "IPsec",
          connectionStatus: "Connected",
          virtualNetworkGateway1: { id: gateway },
          localNetworkGateway2: { id: "/site" },
        },
      },
      {
        connections: [
          {
            ...base(resourceId("connections", "c")),
            connectionType: "IPsec",
            gatewayId: gateway,
            peerId: "/site",
            status: "Connected",
          },
        ],
      },
    ],
    [
      "a site",
      {
        id: resourceId("localNetworkGateways", "site"),
        properties: {
          gatewayIpAddress: "203.0.113.7",
          localNetworkAddressSpace: { addressPrefixes: ["192.168.0.0/16"] },
          bgpSettings: { asn: 65001, bgpPeeringAddress: "192.168.0.1" },
        },
      },
      {
        localNetworkGateways: [
          {
            ...base(resourceId("localNetworkGateways", "site")),
            addressPrefixes: ["192.168.0.0/16"],
            gatewayAddress: "203.0.113.7",
            bgpAddress: "192.168.0.1",
            asn: 65001,
          },
        ],
      },
    ],
    [
      "a private endpoint",
      {
        id: resourceId("privateEndpoints", "pe"),
        properties: { subnet: { id: subnetId("spoke") }, networkInterfaces: [{ id: nicId("pe-nic") }] },
      },
      {
        privateEndpoints: [
          { ...base(resourceId("privateEndpoints", "pe")), subnetId: subnetId("spoke"), nicIds: [nicId("pe-nic")] },
        ],
      },
    ],
    [
      "a public address",
      { id: resourceId("publicIPAddresses", "pip"), location: "westeurope", properties: { ipAddress: "203.0.113.9" } },
      { publicAddresses: [{ ...base(resourceId("publicIPAddresses", "pip"), "westeurope"), address: "203.0.113.9" }] },
    ],
    [
      "a virtual hub with its connections",
      [
        {
          id: `${hub}/hubVirtualNetworkConnections/c`,
          properties: { remoteVirtualNetwork: { id: networkId("spoke") } },
        },
        {
          id: hub,
          properties: {
            virtualWan: { id: "/wan" },
            addressPrefix: "10.0.64.0/23",
            virtualRouterIps: ["10.0.64.68", "10.0.64.69"],
            virtualRouterAsn: 65515,
            azureFirewall: { id: "/fw" },
            vpnGateway: { id: "/vpn" },
          },
        },
      ],
      {
        hubs: [
          {
            ...base(hub),
            kind: "virtual-hub",
            addressPrefixes: ["10.0.64.0/23"],
            routerAddresses: ["10.0.64.68", "10.0.64.69"],
            asn: 65515,
            subnetId: null,
            connections: [{ id: `${hub}/hubVirtualNetworkConnections/c`, name: "c", networkId: networkId("spoke") }],
            bgpPeers: [],
            firewallId: "/fw",
            gatewayIds: ["/vpn"],
          },
        ],
      },
    ],
    [
      "a Route Server with its place and peers",
      [
        { id: hub, kind: "RouteServer", properties: { virtualRouterIps: ["10.0.4.4"], virtualWan: { id: "/wan" } } },
        { id: `${hub}/ipConfigurations/i`, properties: { subnet: { id: subnetId("hub", "RouteServerSubnet") } } },
        { id: `${hub}/ipConfigurations/without-a-subnet` },
        { id: `${hub}/bgpConnections/nva`, properties: { peerIp: "10.0.1.4", peerAsn: 65001 } },
      ],
      {
        hubs: [
          {
            ...base(hub),
            kind: "route-server",
            addressPrefixes: [],
            routerAddresses: ["10.0.4.4"],
            asn: null,
            subnetId: subnetId("hub", "RouteServerSubnet"),
            connections: [],
            bgpPeers: [{ id: `${hub}/bgpConnections/nva`, name: "nva", address: "10.0.1.4" }],
            firewallId: null,
            gatewayIds: [],
          },
        ],
      },
    ],
    ["a VM's power state in any case", vm({ powerState: "vm Running" }), machine("running")],
    ["a VM whose power state says more", vm({ powerState: "VM running slowly" }), machine(null)],
    ["a VM whose power state has other words before it", vm({ powerState: "the VM running" }), machine(null)],
    [
      "a VM of unknown power state to Resource Graph, by its instance view",
      vm({
        properties: {
          extended: { instanceView: { powerState: { code: "PowerState/Unknown" } } },
          instanceView: { statuses: [{}, { code: "PowerState/running" }] },
        },
      }),
      machine("running"),
    ],
    [
      "a VM's NICs of which none is primary, as they come, without those that have no id",
      vm({ networkProfile: { networkInterfaces: [{ id: nicId("b") }, {}, { id: nicId("a") }] } }),
      machine(null, [nicId("b"), nicId("a")]),
    ],
    [
      "a NIC without anything",
      { id: nicId("n") },
      {
        nics: [
          {
            ...base(nicId("n")),
            virtualMachineId: null,
            scaleSetId: null,
            privateEndpointId: null,
            ipForwarding: null,
            macAddress: null,
            ipConfigurations: [],
          },
        ],
      },
    ],
    [
      "the NIC of a private endpoint, with all that a configuration may have",
      {
        id: nicId("n"),
        privateEndpoint: { id: "/pe" },
        ipConfigurations: [
          {},
          { publicIPAddress: { id: "/pip" }, loadBalancerBackendAddressPools: [{ id: "/p1" }, {}, { id: "/p2" }] },
        ],
      },
      {
        nics: [
          {
            ...base(nicId("n")),
            virtualMachineId: null,
            scaleSetId: null,
            privateEndpointId: "/pe",
            ipForwarding: null,
            macAddress: null,
            ipConfigurations: [
              { id: null, primary: false, address: null, subnetId: null, publicAddressId: null, poolIds: [] },
              {
                ...{ id: null, primary: false, address: null, subnetId: null },
                ...{ publicAddressId: "/pip", poolIds: ["/p1", "/p2"] },
              },
            ],
          },
        ],
      },
    ],
    [
      "a route table, without routes that lead nowhere or from nowhere",
      {
        id: resourceId("routeTables", "rt"),
        routes: [
          { name: "no-hop", addressPrefix: "10.0.0.0/8" },
          { name: "no-prefix", nextHopType: "None" },
          { addressPrefix: "10.0.0.0/8", nextHopType: "None" },
        ],
      },
      {
        routeTables: [
          {
            ...base(resourceId("routeTables", "rt")),
            disableBgpRoutePropagation: null,
            subnetIds: [],
            routes: [
              { name: "", prefix: "10.0.0.0/8", destination: "10.0.0.0/8", nextHopType: "None", nextHopAddress: null },
            ],
          },
        ],
      },
    ],
    [
      "a load balancer of which little is known",
      {
        id: lb,
        frontendIPConfigurations: [{ id: "/f", publicIPAddress: { id: "/pip" } }, { name: "no-id" }],
        backendAddressPools: [{ id: "/p" }, { name: "no-id" }],
        loadBalancingRules: [
          { name: "no-frontend", protocol: "Tcp" },
          { name: "no-protocol", frontendIPConfiguration: { id: "/f" } },
          { frontendIPConfiguration: { id: "/f" }, protocol: "Tcp", backendAddressPools: [{ id: "/p" }, { id: "/q" }] },
          {
            ...{ name: "ports", frontendIPConfiguration: { id: "/f" }, protocol: "Udp", backendAddressPool: null },
            ...{ frontendPort: 53, backendPort: 5353 },
          },
        ],
      },
      {
        loadBalancers: [
          {
            ...base(lb),
            frontends: [{ id: "/f", name: "", address: null, subnetId: null, publicAddressId: "/pip" }],
            pools: [{ id: "/p", name: "", ipConfigurationIds: [], addresses: [] }],
            rules: [
              {
                ...{ name: "", frontendId: "/f", poolIds: ["/p", "/q"], protocol: "Tcp" },
                ...{ frontendPort: 0, backendPort: 0, floatingIp: false },
              },
              {
                ...{ name: "ports", frontendId: "/f", poolIds: [], protocol: "Udp" },
                ...{ frontendPort: 53, backendPort: 5353, floatingIp: false },
              },
            ],
          },
        ],
      },
    ],
    [
      "a firewall of which nothing is known",
      { id: resourceId("azureFirewalls", "fw") },
      { firewalls: [{ ...base(resourceId("azureFirewalls", "fw")), subnetId: null, addresses: [], hubId: null }] },
    ],
    [
      "a gateway of which nothing is known",
      { id: gateway },
      {
        gateways: [
          {
            ...base(gateway),
            ...{ gatewayType: null, networkId: null, subnetId: null, addresses: [], publicAddressIds: [], asn: null },
          },
        ],
      },
    ],
    [
      "an ExpressRoute gateway, each address once and in order",
      {
        id: gateway,
        gatewayType: "ExpressRoute",
        ipConfigurations: [{ privateIPAddress: "10.0.0.13" }, { privateIPAddress: "10.0.0.12" }],
        bgpSettings: { bgpPeeringAddress: "10.0.0.12,10.0.0.13" },
      },
      {
        gateways: [
          {
            ...{ ...base(gateway), gatewayType: "ExpressRoute", networkId: null, subnetId: null },
            ...{ addresses: ["10.0.0.12", "10.0.0.13"], publicAddressIds: [], asn: null },
          },
        ],
      },
    ],
    [
      "a gateway whose configuration with a subnet is not the first, and whose addresses are there alone",
      {
        id: gateway,
        ipConfigurations: [
          { privateIPAddress: "10.0.0.12" },
          { privateIPAddress: "10.0.0.13", subnet: { id: subnetId("hub", "GatewaySubnet") } },
        ],
      },
      {
        gateways: [
          {
            ...{ ...base(gateway), gatewayType: null, networkId: networkId("hub") },
            ...{ subnetId: subnetId("hub", "GatewaySubnet"), addresses: ["10.0.0.12", "10.0.0.13"] },
            ...{ publicAddressIds: [], asn: null },
          },
        ],
      },
    ],
    [
      "connections to another gateway and to a circuit, and none without a gateway",
      [
        {
          id: resourceId("connections", "vnet2vnet"),
          virtualNetworkGateway1: { id: gateway },
          virtualNetworkGateway2: { id: "/other" },
        },
        { id: resourceId("connections", "er"), virtualNetworkGateway1: { id: gateway }, peer: { id: "/circuit" } },
        { id: resourceId("connections", "loose"), virtualNetworkGateway1: { id: gateway } },
        { id: resourceId("connections", "none"), peer: { id: "/circuit" } },
      ],
      {
        connections: (
          [
            ["vnet2vnet", "/other"],
            ["er", "/circuit"],
            ["loose", null],
          ] as const
        ).map(([name, peerId]) => ({
          ...base(resourceId("connections", name)),
          ...{ connectionType: null, gatewayId: gateway, peerId, status: null },
        })),
      },
    ],
    [
      "a site of which nothing is known",
      { id: resourceId("localNetworkGateways", "site") },
      {
        localNetworkGateways: [
          {
            ...base(resourceId("localNetworkGateways", "site")),
            ...{ addressPrefixes: [], gatewayAddress: null, bgpAddress: null, asn: null },
          },
        ],
      },
    ],
    [
      "circuits with and without private peering",
      [
        {
          id: resourceId("expressRouteCircuits", "private"),
          peerings: [{ peeringType: "MicrosoftPeering" }, {}, { peeringType: "azurePrivatePeering" }],
        },
        { id: resourceId("expressRouteCircuits", "public"), peerings: [{ peeringType: "MicrosoftPeering" }] },
        { id: resourceId("expressRouteCircuits", "new") },
      ],
      {
        circuits: [
          { ...base(resourceId("expressRouteCircuits", "private")), hasPrivatePeering: true },
          { ...base(resourceId("expressRouteCircuits", "public")), hasPrivatePeering: false },
          { ...base(resourceId("expressRouteCircuits", "new")), hasPrivatePeering: false },
        ],
      },
    ],
    [
      "a virtual hub with every gateway, and a connection without a network is none",
      [
        {
          id: hub,
          virtualWan: { id: "/wan" },
          vpnGateway: { id: "/vpn" },
          expressRouteGateway: { id: "/er" },
          p2SVpnGateway: { id: "/p2s" },
        },
        { id: `${hub}/hubVirtualNetworkConnections/c` },
        { id: `${hub}/ipConfigurations/i` },
        { id: `${hub}/bgpConnections/b` },
      ],
      {
        hubs: [
          {
            ...base(hub),
            ...{ kind: "virtual-hub", addressPrefixes: [], routerAddresses: [], asn: null, subnetId: null },
            ...{ connections: [], bgpPeers: [{ id: `${hub}/bgpConnections/b`, name: "b", address: null }] },
            ...{ firewallId: null, gatewayIds: ["/vpn", "/er", "/p2s"] },
          },
        ],
      },
    ],
  ] satisfies readonly (readonly [string, unknown, object])[]) {
    test(rule, () => {
      const topology = texts(read(resource)) as Record<string, unknown>;
      const found = Object.fromEntries(Object.entries(topology).filter(([, list]) => (list as unknown[]).length > 0));
      expect(found).toEqual(expected);
    });
  }
});

describe("a load balancer", () => {
  const id = resourceId("loadBalancers", "ilb");
  const parts = {
    frontendIPConfigurations: [
      {
        id: `${id}/frontendIPConfigurations/f`,
        name: "f",
        privateIPAddress: "10.0.2.99",
        subnet: { id: subnetId("hub") },
      },
    ],
    backendAddressPools: [
      {
        id: `${id}/backendAddressPools/p`,
        name: "p",
        backendIPConfigurations: [{ id: `${nicId("nva")}/ipConfigurations/i` }],
      },
    ],
    loadBalancingRules: [
      {
        id: `${id}/loadBalancingRules/ha`,
        name: "ha",
        frontendIPConfiguration: { id: `${id}/frontendIPConfigurations/f` },
        backendAddressPool: { id: `${id}/backendAddressPools/p` },
        protocol: "All",
        frontendPort: 0,
        backendPort: 0,
        enableFloatingIP: true,
      },
    ],
  };

  it("is the same as a whole, as lists of its parts, and as both", () => {
    const whole = readTopology([{ id, name: "ilb", ...parts }]).topology.loadBalancers;
    expect(whole.map(({ frontends, pools, rules }) => [frontends.length, pools.length, rules.length])).toEqual([
      [1, 1, 1],
    ]);
    expect(readTopology(Object.values(parts)).topology.loadBalancers).toEqual(whole);
    expect(readTopology([...Object.values(parts), { id, name: "ilb", ...parts }]).topology.loadBalancers).toEqual(
      whole,
    );
    expect(readTopology(Object.values(parts)).known).toBe(3);
  });

  it("keeps rules without an id apart", () => {
    const rules = parts.loadBalancingRules.map(({ id: _, name: __, ...rule }) => rule);
    const [one] = readTopology([{ id, ...parts, loadBalancingRules: [...rules, ...rules] }]).topology.loadBalancers;
    expect(one?.rules).toHaveLength(2);
  });
});

describe("what cannot be read is left out and reported", () => {
  const deep = JSON.parse(`${"[".repeat(50)}${"]".repeat(50)}`) as unknown;
  for (const [rule, resource, path, reason] of [
    ["no object", "text", null, "not an object"],
    ["null", null, null, "not an object"],
    ["lists too deep", deep, null, "not an object"],
    ["no id", { type: "Microsoft.Network/virtualNetworks", name: "spoke" }, null, "no id"],
    ["an id that is a number", { ...network("n", "10.0.0.0/16"), id: 7 }, "id", "not a text"],
    [
      "an id without end",
      { ...network("n", "10.0.0.0/16"), id: `${networkId("n")}${"x".repeat(5000)}` },
      null,
      "its id is too long",
    ],
    [
      "an absurd prefix",
      network("n", "10.0.0.0/99"),
      "addressSpace.addressPrefixes",
      "'10.0.0.0/99' has no valid prefix length",
    ],
    [
      "host bits",
      network("n", "10.0.0.7/16"),
      "addressSpace.addressPrefixes",
      "'10.0.0.7/16' has host bits set after /16",
    ],
    [
      "a prefix that is a number",
      { id: networkId("n"), properties: { addressSpace: { addressPrefixes: [10] } } },
      "addressSpace.addressPrefixes[0]",
      "not a text",
    ],
    ["subnets that are a text", { id: networkId("n"), properties: { subnets: "app" } }, "subnets", "not a list"],
    ["a subnet that is null", { id: networkId("n"), subnets: [null] }, "subnets[0]", "not an object"],
    [
      "an absurd address",
      nic("n", subnetId("n"), "10.0.0.256"),
      "ipConfigurations[0].privateIPAddress",
      "'10.0.0.256' is not an IPv4 or IPv6 address",
    ],
    [
      "a flag that is a text",
      nic("n", subnetId("n"), "10.0.0.4", { enableIPForwarding: "yes" }),
      "enableIPForwarding",
      "not true or false",
    ],
    [
      "a reference that is a text",
      nic("n", subnetId("n"), "10.0.0.4", { virtualMachine: "vm" }),
      "virtualMachine",
      "not an object",
    ],
    ["a text that is a list", { id: networkId("n"), location: ["westeurope"] }, "location", "not a text"],
    [
      "prefixes that are an object",
      { id: networkId("n"), addressSpace: { addressPrefixes: {} } },
      "addressSpace.addressPrefixes",
      "not a text or a list of texts",
    ],
    [
      "an address in a list",
      { id: resourceId("virtualHubs", "h"), virtualRouterIps: ["10.0.0.300", "10.0.0.4"] },
      "virtualRouterIps",
      "'10.0.0.300' is not an IPv4 or IPv6 address",
    ],
    [
      "a route to what is no prefix",
      { id: resourceId("routeTables", "r"), routes: [{ addressPrefix: "10.0.0/8", nextHopType: "None" }] },
      "routes[0].addressPrefix",
      "'10.0.0' is not a whole IPv4 address",
    ],
    [
      "a port of more than 32 bits",
      {
        id: resourceId("loadBalancers", "l"),
        loadBalancingRules: [{ frontendIPConfiguration: { id: "/f" }, protocol: "Tcp", backendPort: 2 ** 32 }],
      },
      "loadBalancingRules[0].backendPort",
      "not a number",
    ],
    [
      "half a port",
      {
        id: resourceId("loadBalancers", "l"),
        loadBalancingRules: [{ frontendIPConfiguration: { id: "/f" }, protocol: "Tcp", frontendPort: 0.5 }],
      },
      "loadBalancingRules[0].frontendPort",
      "not a number",
    ],
    [
      "a port that is no number",
      {
        id: resourceId("loadBalancers", "l"),
        loadBalancingRules: [{ frontendIPConfiguration: { id: "/f" }, protocol: "Tcp", frontendPort: -1 }],
      },
      "loadBalancingRules[0].frontendPort",
      "not a number",
    ],
  ] satisfies readonly (readonly [string, unknown, string | null, string])[]) {
    test(rule, () => {
      const { topology, skipped } = readTopology([resource, nic("good", subnetId("good"), "10.9.0.4")]);
      expect(skipped[0]).toEqual({ resource: expect.any(String), path, reason });
      expect(topology.nics.map(({ name }) => name)).toContain("good");
    });
  }

  it.each<[unknown, string]>([
    ["text", "resource 1"],
    [{ id: networkId("n"), subnets: 3 }, networkId("n")],
    [{ Id: networkId("n"), Subnets: 3 }, networkId("n")],
    [{ type: "Microsoft.Network/virtualNetworks", name: "spoke" }, "spoke"],
    [{ Type: "microsoft.network/virtualnetworks", Name: "spoke" }, "spoke"],
    [{ type: "Microsoft.Network/virtualNetworks", name: "" }, "resource 1"],
    [{ type: "Microsoft.Network/virtualNetworks", name: 7 }, "resource 1"],
  ])("%j is reported by its id, name or place", (resource, shown) => {
    expect(readTopology([resource]).skipped[0]?.resource).toBe(shown);
    expect(readTopology([[network("other", "10.9.0.0/16")], 7]).skipped).toEqual([
      { resource: "resource 2", path: null, reason: "not an object" },
    ]);
  });

  it("each part that cannot be read is reported, and the rest is kept", () => {
    const { topology, known, skipped } = readTopology([
      {
        id: networkId("n"),
        addressSpace: { addressPrefixes: ["10.0.0.0/16", "", null, 7, "10.1.0.0/99"] },
        subnets: [7, { id: subnetId("n"), addressPrefixes: ["10.0.0.0/24"], addressPrefix: "10.0.9.0/24" }],
      },
    ]);
    expect(known).toBe(1);
    expect(skipped.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      "addressSpace.addressPrefixes[3]: not a text",
      "addressSpace.addressPrefixes: '10.1.0.0/99' has no valid prefix length",
      "subnets[0]: not an object",
    ]);
    expect(texts(topology.networks.map(({ addressPrefixes, subnets }) => [addressPrefixes, subnets.length]))).toEqual([
      [["10.0.0.0/16"], 1],
    ]);
  });

  it("lists in lists and an id of 2,000 characters are read", () => {
    const own = networkId("n");
    expect(read([[[network("n", "10.0.0.0/16")]]]).networks.map(({ name }) => name)).toEqual(["n"]);
    expect(readTopology([[[[[network("n", "10.0.0.0/16")]]]]]).skipped).toEqual([
      { resource: "resource 1", path: null, reason: "not an object" },
    ]);
    const longest = own + "x".repeat(2000 - own.length);
    expect(read({ id: longest }).networks.map(({ id }) => id)).toEqual([longest]);
    expect(readTopology([{ id: `${longest}x` }]).skipped.map(({ reason }) => reason)).toEqual(["its id is too long"]);
  });

  it("a route to what is not a prefix is left out of its table", () => {
    const routes = [
      { name: "bad", addressPrefix: "10.0.0/8", nextHopType: "None" },
      { name: "good", addressPrefix: "10.0.0.0/8", nextHopType: "None" },
    ];
    const { topology } = readTopology([{ id: resourceId("routeTables", "rt"), routes }]);
    expect(topology.routeTables.map((table) => table.routes.map(({ name }) => name))).toEqual([["good"]]);
  });

  it("an answer with an id is a resource, even if it has a value", () => {
    const value = [network("other", "10.9.0.0/16")];
    for (const id of ["id", "Id"]) {
      expect(read({ [id]: networkId("n"), value }).networks.map(({ name }) => name)).toEqual(["n"]);
    }
  });

  it("the report has no control characters", () => {
    const { skipped } = readTopology([{ id: `${networkId("n")}\u001b[31m`, subnets: 3, location: "x" }]);
    expect(skipped[0]?.resource).not.toContain("\u001b");
  });

  it("other types and unknown fields are accepted", () => {
    const other = { id: resourceId("networkSecurityGroups", "nsg"), properties: { securityRules: 7 } };
    expect(
      read(other, { value: [] }, { id: "/subscriptions/x" }, { name: "no id", type: "Other/type" }).networks,
    ).toEqual([]);
  });

  it("fields that an object inherits are ignored", () => {
    const inherited = Object.create({ id: networkId("n") }) as object;
    expect(readTopology([inherited]).topology.networks).toEqual([]);
  });
});

describe.skipIf(!hasSharedData)("labs", () => {
  const square = "data/labs/netlab-square";
  const json = (path: string) => JSON.parse(readShared(`${square}/${path}`)) as unknown;

  it("networks reduced by hand, peerings, connections and VMs of az become one topology", () => {
    const { topology, skipped } = readTopology([
      json("square-preflight/01-resource-inventory.json"),
      json("square-preflight/03-vnets.json"),
      json("square/e0/02-hub1-peerings.json"),
      json("square/e0/03-hub2-peerings.json"),
      json("square/e0/01-vpn-connections.json"),
      json("square/e0/10-vm-state.json"),
    ]);
    // The list of names and types has no ids.
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(["no id"]));
    const hub1 = topology.networks.find(({ name }) => name === "vnet-hub1");
    expect(texts(hub1?.addressPrefixes)).toEqual(["10.10.0.0/16"]);
    expect(hub1?.subnets.map(({ name }) => name)).toContain("snet-nva");
    expect(hub1?.peerings.map(({ name, state }) => [name, state])).toEqual([
      ["peer-hub1-to-spoke-a", "Connected"],
      ["peer-hub1-to-hub2", "Connected"],
    ]);
    expect(topology.networks.every(({ id }) => id.startsWith("/subscriptions/") || id === "vnet-onprem")).toBe(true);
    expect(new Set(topology.virtualMachines.map(({ powerState }) => powerState))).toEqual(new Set(["deallocated"]));
    expect(topology.connections.length).toBeGreaterThan(0);
  });
});
