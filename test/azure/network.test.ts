import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareNextHop } from "../../src/azure/next-hop-agreement.ts";
import { effectiveRouteFromArm } from "../../src/routes/read/arm-row.ts";
import { hasSharedData, readShared } from "../shared-data.ts";
import { liveSession, rejection, TOKEN } from "./live.ts";
import { type LoopbackArm, type Operation, type Reply, startLoopbackArm } from "./loopback-arm.ts";

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
});
afterEach(() => arm.close());

const GROUP = "/subscriptions/s/resourceGroups/rg-demo/providers";
const SUBNET_ID = `${GROUP}/Microsoft.Network/virtualNetworks/vnet/subnets/app`;
const NIC = {
  id: `${GROUP}/Microsoft.Network/networkInterfaces/vm-app197`,
  location: "westeurope",
  properties: {
    primary: true,
    virtualMachine: { id: `${GROUP}/Microsoft.Compute/virtualMachines/vm-app` },
    ipConfigurations: [{ properties: { primary: true, privateIPAddress: "10.0.0.4", subnet: { id: SUBNET_ID } } }],
  },
};
const SUBNET = {
  id: SUBNET_ID,
  properties: {
    addressPrefix: "10.0.0.0/24",
    serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope", "northeurope"] }],
    routeTable: { id: `${GROUP}/Microsoft.Network/routeTables/rt` },
    privateEndpointNetworkPolicies: "Disabled",
  },
};

async function facts(more: Parameters<typeof liveSession>[1] = {}) {
  arm.script("effectiveRouteTable", { body: { value: [] } });
  const session = liveSession(arm, more);
  return session.routesAndFacts(await session.findNic());
}

const subnet = async () => (await facts()).subnet;

const withAddresses = (...publicIPAddress: readonly unknown[]) => ({
  ...NIC,
  properties: {
    ...NIC.properties,
    ipConfigurations: publicIPAddress.map((address, index) => ({
      properties: { privateIPAddress: `10.0.0.${4 + index}`, publicIPAddress: address, subnet: { id: SUBNET_ID } },
    })),
  },
});
const PIP = `${GROUP}/Microsoft.Network/publicIPAddresses/pip1`;

describe("the NIC's addresses", () => {
  for (const [rule, reply, nic] of [
    ["none is public", { body: NIC }, { privateIpAddresses: ["10.0.0.4"], publicIpAddresses: [] }],
    [
      "a public one, by its id",
      { body: withAddresses(undefined, { id: PIP }) },
      { privateIpAddresses: ["10.0.0.4", "10.0.0.5"], publicIpAddresses: [PIP] },
    ],
    [
      "a public one, by its address where Azure sends it",
      { body: withAddresses({ id: PIP, properties: { ipAddress: "20.1.2.3" } }) },
      { privateIpAddresses: ["10.0.0.4"], publicIpAddresses: ["20.1.2.3"] },
    ],
    [
      "an answer without configurations",
      { body: { ...NIC, properties: {} } },
      { privateIpAddresses: [], publicIpAddresses: null },
    ],
    ["a NIC that may not be read", { status: 403 }, null],
  ] satisfies readonly [string, Reply, unknown][]) {
    test(rule, async () => {
      arm.script("networkInterface", reply);
      arm.script("subnet", { status: 403 });
      expect((await facts()).nic).toEqual(nic);
    });
  }

  test("they and the subnet cost one request each, the same as the subnet alone", async () => {
    arm.script("networkInterface", { body: NIC });
    arm.script("subnet", { body: SUBNET });
    await facts();
    const asked = arm.seen.map(({ operation }) => operation).sort();
    expect(asked).toEqual(["effectiveRouteTable", "networkInterface", "subnet"]);
  });

  test("the routes are asked for first, and do not wait for the NIC", async () => {
    arm.script("networkInterface", { fault: "silence" });
    await facts();
    expect(arm.seen.map(({ operation }) => operation)).toContain("effectiveRouteTable");
  });
});

describe("the NIC's subnet", () => {
  test("its endpoints, route table and policy are read", async () => {
    arm.script("networkInterface", { body: NIC });
    arm.script("subnet", { body: SUBNET });
    expect(await subnet()).toMatchObject({
      region: "westeurope",
      serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope", "northeurope"] }],
      routeTableId: `${GROUP}/Microsoft.Network/routeTables/rt`,
      privateEndpointNetworkPolicies: "Disabled",
    });
  });

  for (const [rule, properties, expected, apiVersion] of [
    ["says neither", {}, { defaultOutboundAccess: null, natGateway: null }, null],
    ["is private", { defaultOutboundAccess: false }, { defaultOutboundAccess: false, natGateway: null }, null],
    ["is not private", { defaultOutboundAccess: true }, { defaultOutboundAccess: true, natGateway: null }, null],
    ["has a NAT gateway", { natGateway: { id: "/nat1" } }, { defaultOutboundAccess: null, natGateway: "/nat1" }, null],
    ["is read by a version of the interface that does not say", {}, { natGateway: null }, "2023-06-01"],
  ] as const) {
    test(`how it gets out: one that ${rule}`, async () => {
      arm.script("networkInterface", { body: NIC });
      arm.script("subnet", { body: { id: SUBNET_ID, properties } });
      const { subnet } = await facts({ apiVersion });
      const { defaultOutboundAccess, natGateway } = subnet ?? {};
      const read = { ...(defaultOutboundAccess === undefined ? {} : { defaultOutboundAccess }), natGateway };
      expect(read).toEqual(expected);
    });
  }

  for (const [rule, operation, reply] of [
    ["a NIC that may not be read", "networkInterface", { status: 403 }],
    ["a subnet that may not be read", "subnet", { status: 403 }],
    ["a NIC that is not answered", "networkInterface", { fault: "silence" }],
    ["a subnet that is not answered", "subnet", { fault: "silence" }],
  ] satisfies readonly [string, Operation, Reply][]) {
    test(`${rule} does not hold up the routes`, async () => {
      arm.script("networkInterface", { body: NIC });
      arm.script("subnet", { body: SUBNET });
      arm.script(operation, reply);
      expect(await subnet()).toBeNull();
    });
  }
});

const WATCHERS = {
  value: [
    { id: `${GROUP}/Microsoft.Network/networkWatchers/elsewhere`, location: "eastus" },
    {
      id: "/subscriptions/s/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope",
      location: "West Europe",
    },
  ],
};

async function nextHops(...destinations: string[]) {
  const session = liveSession(arm);
  return session.nextHops(await session.findNic(), destinations);
}

describe("Network Watcher's next hop", () => {
  beforeEach(() => {
    arm.script("networkInterface", { body: NIC });
    arm.script("networkWatchers", { body: WATCHERS });
  });

  test.skipIf(!hasSharedData)("the recorded answer is read", async () => {
    const [recorded] = JSON.parse(readShared("data/recordings/xplat.nextHop.200.json"));
    arm.script("nextHop", { body: recorded.response.body, headers: { location: recorded.response.headers.location } });
    expect(await nextHops("8.8.8.8")).toEqual([
      { destination: "8.8.8.8", nextHopType: "None", nextHopIpAddress: null, routeTableId: null },
    ]);
  });

  test("the region's watcher is asked about the NIC, its VM and its address", async () => {
    arm.script("nextHop", { body: { nextHopType: "Internet", routeTableId: "System Route" } });
    await nextHops("8.8.8.8");
    const asked = arm.seen.find(({ operation }) => operation === "nextHop");
    expect(asked?.path).toContain(
      "/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope/",
    );
    expect(JSON.parse(asked?.body ?? "")).toEqual({
      targetResourceId: NIC.properties.virtualMachine.id,
      targetNicResourceId: NIC.id,
      sourceIPAddress: "10.0.0.4",
      destinationIPAddress: "8.8.8.8",
    });
  });

  test("answers stand in the order of the destinations, a failed one in its place", async () => {
    arm.script("nextHop", { body: { nextHopType: "Internet", routeTableId: "System Route" } });
    const answers = await nextHops("8.8.8.8", "2001:db8::1", "9.9.9.9");
    expect(answers).toMatchObject([{ destination: "8.8.8.8" }, { code: "nic-detached" }, { destination: "9.9.9.9" }]);
  });

  test("a region without a watcher says how to enable one", async () => {
    arm.script("networkWatchers", { body: { value: [] } });
    expect(await rejection(nextHops("8.8.8.8"))).toMatchObject({
      exit: "failed",
      code: "no-network-watcher",
      hint: expect.stringContaining("-l westeurope"),
    });
  });
});

function route(nextHopType: string, source: string, nextHopIpAddress: string[] = []) {
  return effectiveRouteFromArm(
    { source, state: "Active", addressPrefix: ["10.0.0.0/8"], nextHopType, nextHopIpAddress },
    "row 1",
  );
}

describe("agreement with Network Watcher", () => {
  for (const [rule, winner, nextHopType, address, table, agrees] of [
    ["the same type", route("Internet", "Default"), "Internet", null, null, true],
    [
      "PrivateEndpoint is InterfaceEndpoint",
      route("InterfaceEndpoint", "Default"),
      "PrivateEndpoint",
      null,
      null,
      true,
    ],
    ["VirtualNetwork is VnetLocal", route("VnetLocal", "Default"), "VirtualNetwork", null, null, true],
    [
      "VirtualNetworkPeering is VNetPeering",
      route("VNetPeering", "Default"),
      "VirtualNetworkPeering",
      null,
      null,
      true,
    ],
    ["a peering is not the network", route("VnetLocal", "Default"), "VirtualNetworkPeering", null, null, false],
    ["an unknown type is itself", route("NewType", "Default"), "newtype", null, null, true],
    ["a private endpoint is nothing else", route("VnetLocal", "Default"), "PrivateEndpoint", null, null, false],
    [
      "one of several next hops",
      route("VirtualAppliance", "User", ["10.1.0.4", "10.1.0.5"]),
      "VirtualAppliance",
      "10.1.0.5",
      "/rt",
      true,
    ],
    ["another next hop", route("VirtualAppliance", "User", ["10.1.0.4"]), "VirtualAppliance", "10.1.0.9", "/rt", false],
    [
      "a user route where Azure says System Route",
      route("VirtualAppliance", "User", ["10.1.0.4"]),
      "VirtualAppliance",
      "10.1.0.4",
      null,
      false,
    ],
    ["no route is None", null, "None", null, null, true],
    ["no route where Azure has one", null, "Internet", null, null, false],
  ] as const) {
    test(`${rule}: ${agrees ? "agrees" : "differs"}`, () => {
      const answer = { destination: "10.0.0.1", nextHopType, nextHopIpAddress: address, routeTableId: table };
      const result = compareNextHop(winner, answer);
      expect(result.agrees).toBe(agrees);
      expect(result.differences.length > 0).toBe(!agrees);
    });
  }
});

describe("service tags of the Discovery API", () => {
  const FILE = {
    changeNumber: "63",
    cloud: "Public",
    values: [{ name: "ApiManagement", id: "ApiManagement", properties: { region: "" } }],
  };
  const session = () => liveSession(arm, { target: null });

  test("the text is what Azure sent", async () => {
    arm.script("serviceTags", { body: FILE });
    expect(JSON.parse(await session().serviceTags())).toEqual(FILE);
  });

  for (const [rule, body, code] of [
    ["a page of several", { ...FILE, nextLink: "https://management.azure.com/x" }, "answer-in-pages"],
    ["an answer without tags", {}, "answer-unreadable"],
  ] as const) {
    test(`${rule} is refused`, async () => {
      arm.script("serviceTags", { body });
      expect(await rejection(session().serviceTags())).toMatchObject({ exit: "failed", code });
    });
  }
});
