import { describe, expect, it } from "vitest";
import { INVENTORY_KINDS, kept } from "../../../src/azure/inventory/kinds.ts";
import { keep } from "../../../src/azure/inventory/shape.ts";

const ref = (id: string) => ({ id });
const part = (properties: object) => ({ id: "/part", name: "part", properties });
const bgp = { asn: 65_515, bgpPeeringAddress: "10.0.0.4" };

const NIC = {
  enableIPForwarding: true,
  macAddress: "00-0D-3A-00-00-01",
  virtualMachine: ref("/vm"),
  privateEndpoint: ref("/pe"),
  ipConfigurations: [
    part({
      primary: true,
      privateIPAddress: "10.0.0.4",
      subnet: ref("/subnet"),
      publicIPAddress: ref("/pip"),
      loadBalancerBackendAddressPools: [ref("/pool")],
    }),
  ],
};
const FRONTEND = part({ privateIPAddress: "10.0.0.5", subnet: ref("/subnet"), publicIPAddress: ref("/pip") });

/** Of each kind, every field of its properties that is kept. */
const KINDS: readonly (readonly [type: string, listed: string, properties: object])[] = [
  ["Microsoft.Network/networkInterfaces", "of-subscription", NIC],
  [
    "Microsoft.Network/virtualNetworks",
    "of-subscription",
    {
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      subnets: [
        part({
          addressPrefix: "10.0.0.0/24",
          addressPrefixes: ["10.0.0.0/24"],
          routeTable: ref("/rt"),
          natGateway: ref("/nat"),
          networkSecurityGroup: ref("/nsg"),
          serviceEndpoints: [{ service: "Microsoft.Sql", locations: ["westeurope"] }],
          defaultOutboundAccess: false,
          privateEndpointNetworkPolicies: "Disabled",
        }),
      ],
      virtualNetworkPeerings: [
        part({
          remoteVirtualNetwork: ref("/vnet"),
          remoteAddressSpace: { addressPrefixes: ["10.1.0.0/16"] },
          remoteVirtualNetworkAddressSpace: { addressPrefixes: ["10.1.0.0/16"] },
          peeringState: "Connected",
          peeringSyncLevel: "FullyInSync",
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: false,
          allowGatewayTransit: false,
          useRemoteGateways: true,
        }),
      ],
    },
  ],
  [
    "Microsoft.Compute/virtualMachines",
    "of-subscription",
    {
      networkProfile: { networkInterfaces: [{ id: "/nic", properties: { primary: true } }] },
      virtualMachineScaleSet: ref("/set"),
      extended: { instanceView: { powerState: { code: "PowerState/running" } } },
      instanceView: { statuses: [{ code: "PowerState/running" }] },
    },
  ],
  ["Microsoft.Compute/virtualMachineScaleSets", "of-subscription", { orchestrationMode: "Uniform" }],
  [
    "Microsoft.Network/routeTables",
    "of-subscription",
    {
      disableBgpRoutePropagation: false,
      subnets: [ref("/subnet")],
      routes: [part({ addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.0.9" })],
    },
  ],
  [
    "Microsoft.Network/loadBalancers",
    "of-subscription",
    {
      frontendIPConfigurations: [FRONTEND],
      backendAddressPools: [
        part({
          backendIPConfigurations: [ref("/ip")],
          loadBalancerBackendAddresses: [part({ ipAddress: "10.0.0.6" })],
        }),
      ],
      loadBalancingRules: [
        part({
          frontendIPConfiguration: ref("/frontend"),
          backendAddressPool: ref("/pool"),
          backendAddressPools: [ref("/pool")],
          protocol: "All",
          frontendPort: 0,
          backendPort: 0,
          enableFloatingIP: true,
        }),
      ],
    },
  ],
  [
    "Microsoft.Network/azureFirewalls",
    "of-subscription",
    {
      ipConfigurations: [FRONTEND],
      hubIPAddresses: { privateIPAddress: "10.0.0.7" },
      virtualHub: ref("/hub"),
    },
  ],
  [
    "Microsoft.Network/virtualHubs",
    "of-subscription",
    {
      virtualWan: ref("/wan"),
      addressPrefix: "10.9.0.0/24",
      virtualRouterIps: ["10.9.0.4"],
      virtualRouterAsn: 65_515,
      azureFirewall: ref("/fw"),
      vpnGateway: ref("/vpn"),
      expressRouteGateway: ref("/er"),
      p2SVpnGateway: ref("/p2s"),
    },
  ],
  [
    "Microsoft.Network/expressRouteCircuits",
    "of-subscription",
    { peerings: [part({ peeringType: "AzurePrivatePeering" })] },
  ],
  [
    "Microsoft.Network/privateEndpoints",
    "of-subscription",
    { subnet: ref("/subnet"), networkInterfaces: [ref("/nic")] },
  ],
  ["Microsoft.Network/publicIPAddresses", "of-subscription", { ipAddress: "20.0.0.1" }],
  [
    "Microsoft.Network/virtualNetworkGateways",
    "of-group",
    {
      gatewayType: "Vpn",
      ipConfigurations: [FRONTEND],
      bgpSettings: { ...bgp, bgpPeeringAddresses: [{ defaultBgpIpAddresses: ["10.0.0.4"] }] },
    },
  ],
  [
    "Microsoft.Network/connections",
    "of-group",
    {
      connectionType: "IPsec",
      connectionStatus: "Connected",
      virtualNetworkGateway1: ref("/gw1"),
      virtualNetworkGateway2: ref("/gw2"),
      localNetworkGateway2: ref("/site"),
      peer: ref("/circuit"),
    },
  ],
  [
    "Microsoft.Network/localNetworkGateways",
    "of-group",
    {
      localNetworkAddressSpace: { addressPrefixes: ["192.168.0.0/16"] },
      gatewayIpAddress: "20.0.0.2",
      bgpSettings: bgp,
    },
  ],
  [
    "Microsoft.Network/virtualNetworkAppliances",
    "of-group",
    { subnet: ref("/subnet"), ipConfigurations: [part({ privateIPAddress: "10.0.0.8" })] },
  ],
  ["Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces", "with-parent", NIC],
  ["Microsoft.Network/virtualHubs/hubVirtualNetworkConnections", "with-parent", { remoteVirtualNetwork: ref("/vnet") }],
  ["Microsoft.Network/virtualHubs/ipConfigurations", "with-parent", { subnet: ref("/subnet") }],
  ["Microsoft.Network/virtualHubs/bgpConnections", "with-parent", { peerIp: "10.0.0.9", peerAsn: 65_001 }],
];

/** The value with a secret beside each of its fields. */
function withSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => (typeof each === "object" ? withSecrets(each) : each));
  if (typeof value !== "object" || value === null) return value;
  const own = Object.entries(value).map(([name, each]) => [name, withSecrets(each)]);
  return { secret: "hush", sharedKey: { value: "hush" }, ...Object.fromEntries(own) };
}

const idOf = (type: string) => {
  const [provider = "", ...names] = type.split("/");
  return `/subscriptions/S/resourceGroups/RG/providers/${provider}/${names.map((name) => `${name}/x`).join("/")}`;
};

describe("what the inventory keeps of a resource", () => {
  it("is told for these kinds, with how each is listed", () => {
    expect(INVENTORY_KINDS.map(({ type, listed }) => [type, listed])).toEqual(KINDS.map((kind) => kind.slice(0, 2)));
  });

  it.each(KINDS)("%s: every field that the program uses, and no other", (type, _, properties) => {
    const fields = { id: idOf(type), name: "x", location: "westeurope", kind: "k" };
    const azure = withSecrets({ ...fields, type: type.toUpperCase(), tags: { a: "hush" }, properties });
    expect(kept(azure)).toEqual({ ...fields, type, properties });
    expect(kept({ id: idOf(type).toUpperCase() })).toEqual({ id: idOf(type).toUpperCase(), type, properties: {} });
  });

  it.each([[null], [{}], [{ id: 5 }], [{ id: "/x" }], [{ id: idOf("Microsoft.Network/networkWatchers") }]])(
    "%j is nothing of the inventory",
    (resource) => {
      expect(kept(resource)).toBeNull();
    },
  );
});

describe("the part of a value that fits a shape", () => {
  it.each<[rule: string, value: unknown, shape: Parameters<typeof keep>[1], found: unknown]>([
    ["a text", "x", true, "x"],
    ["a number", 0, true, 0],
    ["a flag", false, true, false],
    ["a list of those", ["x", 1, true], true, ["x", 1, true]],
    ["no list of others", ["x", {}], true, undefined],
    ["no object where a text is wanted", {}, true, undefined],
    ["nothing for null", null, true, undefined],
    ["the elements that fit", [{ id: "a", x: 1 }, 5, null], [{ id: true }], [{ id: "a" }]],
    ["no list where there is none", { id: "a" }, [{ id: true }], undefined],
    ["no object where there is a list", [{ id: "a" }], { id: true }, undefined],
    ["fields in any case, in the program's spelling", { ID: "a" }, { id: true }, { id: "a" }],
    ["no field that is null or does not fit", { id: null, name: {} }, { id: true, name: true }, {}],
  ])("%s", (_, value, shape, found) => {
    expect(keep(value, shape)).toEqual(found);
  });
});
