import { describe, expect, test } from "vitest";
import { requireRows } from "../../src/routes/empty-table.ts";
import { armName, isBeginningOfName, NEXT_HOP_NAMES } from "../../src/routes/next-hop-types.ts";
import { nicName } from "../../src/routes/nic-name.ts";
import { sampleRouteTable } from "../../src/routes/samples.ts";
import { withStandIn } from "../../src/routes/stand-in.ts";
import { readNicFacts, readSubnetFacts } from "../../src/routes/subnet-facts.ts";

const ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/nic1";
const POOL = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/pool";

test.each([
  [ID, "nic1"],
  ["nic1", "nic1"],
  [`${POOL}/virtualMachines/12/networkInterfaces/nic`, "pool_12"],
  [`${POOL.toLowerCase()}/virtualmachines/12/networkInterfaces/nic`, "pool_12"],
  [`${POOL}/virtualMachines/12`, "12"],
])("messages call %s %s", (id, name) => {
  expect(nicName(id)).toBe(name);
});

describe("the routes of another NIC", () => {
  const table = sampleRouteTable("udr");
  test.each<[why: string | undefined, isInferred: boolean | undefined, note: string]>([
    [
      undefined,
      undefined,
      "Azure has no effective routes for NICs of scale sets. These are the routes of nic1 in the same subnet, inferred to be the same",
    ],
    ["Its VM is stopped", false, "Its VM is stopped. These are the routes of nic1 in the same subnet"],
  ])("a note says that the routes are its (why: %s, inferred: %s)", (why, isInferred, note) => {
    const { origin, routes } = withStandIn(table, POOL, ID, why, isInferred);
    expect(origin).toEqual({ kind: "sample", name: POOL, format: "arm", fetchedAt: null, note, standIn: ID });
    expect(routes).toBe(table.routes);
  });
});

test("an empty table is refused by its name; one row is enough", () => {
  const table = sampleRouteTable("udr");
  expect(() => requireRows({ ...table, routes: table.routes.slice(0, 1) })).not.toThrow();
  let error: unknown;
  try {
    requireRows({ ...table, routes: [] });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({
    code: "table-empty",
    message: "the route table is empty: udr",
    hint: "Azure lists routes only for a network interface of a running VM; export the table again",
  });
});

test("the next hop types have these names and meanings", () => {
  expect(
    NEXT_HOP_NAMES.map(({ raw, portal, networkWatcher, meaning }) => [raw, portal, networkWatcher, meaning]),
  ).toEqual([
    ["VnetLocal", "Virtual network", "VnetLocal", "within the virtual network"],
    ["VNetPeering", "Virtual network peering", "VNetPeering", "a peered network of the region"],
    ["VNetGlobalPeering", "Global virtual network peering", "VNetGlobalPeering", "a peered network of another region"],
    ["VirtualNetworkGateway", "Virtual network gateway", "VirtualNetworkGateway", "a VPN or ExpressRoute gateway"],
    [
      ...["VirtualNetworkServiceEndpoint", "VirtualNetworkServiceEndpoint", "VirtualNetworkServiceEndpoint"],
      "straight to a service, by a service endpoint",
    ],
    ["InterfaceEndpoint", "InterfaceEndpoint", "PrivateEndpoint", "a private endpoint"],
    ["VirtualAppliance", "Virtual appliance", "VirtualAppliance", "an appliance, at the next hop address"],
    ["VirtualApplianceEcmp", "VirtualApplianceEcmp", null, "several appliances that share the traffic"],
    ["HyperNetGateway", "HyperNetGateway", "HyperNetGateway", "Microsoft's own gateway"],
    ["ConnectedGroup", "Connected group", null, "a mesh of Virtual Network Manager"],
    ["Internet", "Internet", "Internet", "the internet, or Azure's backbone for Azure's addresses"],
    ["None", "None", "None", "dropped"],
  ]);
});

test.each([
  ["default", "Default"],
  ["USER", "User"],
  ["user_defined", "User"],
  ["invalid", "Invalid"],
  ["Global VNet peering", "VNetGlobalPeering"],
  ["virtual_network-global peering", "VNetGlobalPeering"],
  ["Private endpoint", "InterfaceEndpoint"],
  ["Other", "Other"],
])("Azure Resource Manager calls '%s' %s", (text, name) => {
  expect(armName(text)).toBe(name);
});

test.each([
  ["VirtualNetworkGa", true],
  ["VirtualNetwork", true],
  ["Virtual network", false],
  ["virtual network", false],
  ["Virtual networ", true],
  ["VirtualNetworkGateway", false],
  ["VirtualAppliance", false],
  ["virtualappliance", false],
  ["Act", true],
  ["Active", false],
  ["Use", true],
  ["User", false],
  ["user d", true],
  ["Internets", false],
  ["GlobalVNet", true],
  ["", true],
])("'%s' is only the beginning of a name: %s", (text, is) => {
  expect(isBeginningOfName(text)).toBe(is);
});

const FACTS = {
  id: "app",
  region: null,
  serviceEndpoints: [],
  routeTableId: null,
  privateEndpointNetworkPolicies: null,
};

test.each<[what: string, value: unknown, facts: object | null]>([
  [
    "outbound access that is off",
    { ...FACTS, defaultOutboundAccess: false },
    { ...FACTS, defaultOutboundAccess: false },
  ],
  ["outbound access that is on", { ...FACTS, defaultOutboundAccess: true }, { ...FACTS, defaultOutboundAccess: true }],
  [
    "outbound access that is unknown",
    { ...FACTS, defaultOutboundAccess: null },
    { ...FACTS, defaultOutboundAccess: null },
  ],
  ["outbound access that is something else", { ...FACTS, defaultOutboundAccess: "no" }, FACTS],
  ["a NAT gateway", { ...FACTS, natGateway: "/n" }, { ...FACTS, natGateway: "/n" }],
  ["no NAT gateway", { ...FACTS, natGateway: null }, { ...FACTS, natGateway: null }],
  ["no id", { ...FACTS, id: 7 }, null],
  ["endpoints that are no list", { ...FACTS, serviceEndpoints: "x" }, null],
  ["an endpoint whose name is no text", { ...FACTS, serviceEndpoints: [{ service: 7, locations: [] }] }, FACTS],
])("facts of a subnet: %s", (_, value, facts) => {
  expect(readSubnetFacts(value)).toStrictEqual(facts);
});

test.each<[what: string, value: unknown, facts: object | null]>([
  [
    "private and public addresses",
    { privateIpAddresses: ["10.0.0.4", 7], publicIpAddresses: ["1.2.3.4"], more: 1 },
    { privateIpAddresses: ["10.0.0.4"], publicIpAddresses: ["1.2.3.4"] },
  ],
  ["public ones unknown", { privateIpAddresses: [] }, { privateIpAddresses: [], publicIpAddresses: null }],
  ["private ones unknown", { publicIpAddresses: [] }, null],
  ["nothing", null, null],
])("addresses of a NIC: %s", (_, value, facts) => {
  expect(readNicFacts(value)).toEqual(facts);
});
