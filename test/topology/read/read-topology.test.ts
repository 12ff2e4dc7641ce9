import { describe, expect, it, test } from "vitest";
import { formatAddress } from "../../../src/net/address.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { readTopology } from "../../../src/topology/read/read-topology.ts";
import type { Topology } from "../../../src/topology/topology.ts";
import { hasSharedData, readShared } from "../../shared-data.ts";
import { GROUP, machineId, network, networkId, nic, nicId, resourceId, subnetId } from "../resources.ts";

/** The topology of resources without gaps. */
function read(...resources: unknown[]): Topology {
  const { topology, skipped } = readTopology(resources);
  expect(skipped).toEqual([]);
  return topology;
}

/** With addresses and prefixes as texts. */
function texts(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) => {
      if (typeof each !== "object" || each === null) return each;
      if ("value" in each && "family" in each) return formatAddress(each as never);
      return "first" in each && "length" in each ? formatPrefix(each as never) : each;
    }),
  );
}

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
    const twice = { id: peeringId.replace("/rg/", "/other/"), ...PEERING };
    const unknown = read(reduced, { id: peeringId, ...PEERING }, twice).networks.find(({ id }) => id === "spoke");
    expect(unknown?.subnets.map(({ id }) => id)).toEqual(["spoke/subnets/app"]);
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
          ipConfigurations: [{ properties: { privateIPAddress: "10.0.5.4" } }],
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
    ["an absurd prefix", network("n", "10.0.0.0/99"), "addressSpace.addressPrefixes", /no valid prefix length/],
    ["host bits", network("n", "10.0.0.7/16"), "addressSpace.addressPrefixes", /host bits/],
    [
      "a prefix that is a number",
      { id: networkId("n"), properties: { addressSpace: { addressPrefixes: [10] } } },
      "addressSpace.addressPrefixes[0]",
      "not a text",
    ],
    ["subnets that are a text", { id: networkId("n"), properties: { subnets: "app" } }, "subnets", "not a list"],
    ["a subnet that is null", { id: networkId("n"), subnets: [null] }, "subnets[0]", "not an object"],
    ["an absurd address", nic("n", subnetId("n"), "10.0.0.256"), "ipConfigurations[0].privateIPAddress", /not an IPv4/],
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
    [
      "a port that is no number",
      {
        id: resourceId("loadBalancers", "l"),
        loadBalancingRules: [{ frontendIPConfiguration: { id: "/f" }, protocol: "Tcp", frontendPort: -1 }],
      },
      "loadBalancingRules[0].frontendPort",
      "not a number",
    ],
  ] satisfies readonly (readonly [string, unknown, string | null, string | RegExp])[]) {
    test(rule, () => {
      const { topology, skipped } = readTopology([resource, nic("good", subnetId("good"), "10.9.0.4")]);
      expect(skipped[0]?.path).toBe(path);
      expect(skipped[0]?.reason).toMatch(reason);
      expect(topology.nics.map(({ name }) => name)).toContain("good");
    });
  }

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
