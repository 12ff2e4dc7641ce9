import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareNextHop } from "../../src/azure/next-hop-agreement.ts";
import { readSubnet, subnetPlace } from "../../src/azure/subnet.ts";
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

  test("a NIC that a list gave is not read again", async () => {
    arm.script("networkInterfaces", { body: { value: [NIC] } });
    arm.script("subnet", { body: SUBNET });
    expect((await facts({ target: { nic: "vm-app197" } })).nic?.privateIpAddresses).toEqual(["10.0.0.4"]);
    const asked = arm.seen.map(({ operation }) => operation).sort();
    expect(asked).toEqual(["effectiveRouteTable", "networkInterfaces", "subnet"]);
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
    expect(await subnet()).toEqual({
      id: SUBNET_ID,
      region: "westeurope",
      serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope", "northeurope"] }],
      routeTableId: `${GROUP}/Microsoft.Network/routeTables/rt`,
      privateEndpointNetworkPolicies: "Disabled",
      defaultOutboundAccess: null,
      natGateway: null,
    });
  });

  test("a NIC with few properties", async () => {
    arm.script("networkInterface", { body: NIC });
    arm.script("subnet", { body: { properties: { serviceEndpoints: [{}, { service: "Microsoft.Sql" }] } } });
    expect(await subnet()).toEqual({
      id: SUBNET_ID,
      region: "westeurope",
      serviceEndpoints: [{ service: "Microsoft.Sql", locations: [] }],
      routeTableId: null,
      privateEndpointNetworkPolicies: null,
      defaultOutboundAccess: null,
      natGateway: null,
    });
  });

  test.each(["2023-08-31", "2023-09-01"])(
    "default outbound access is known since 2023-09-01: %s",
    async (apiVersion) => {
      arm.script("networkInterface", { body: NIC });
      arm.script("subnet", { body: { id: SUBNET_ID, properties: { defaultOutboundAccess: false } } });
      expect("defaultOutboundAccess" in ((await facts({ apiVersion })).subnet ?? {})).toBe(apiVersion === "2023-09-01");
    },
  );

  const NETWORK = { group: "rg-demo", network: "vnet", name: "app" };
  test.each([
    [SUBNET_ID, NETWORK],
    [`${SUBNET_ID}/`, NETWORK],
    [SUBNET_ID.toUpperCase(), { group: "RG-DEMO", network: "VNET", name: "APP" }],
    [`${SUBNET_ID}/x`, null],
    [SUBNET_ID.slice(0, SUBNET_ID.indexOf("/subnets")), null],
    [null, null],
  ])("the place of the subnet %s", (id, place) => {
    expect(subnetPlace(id)).toEqual(place);
  });

  test("what is no subnet costs no request", async () => {
    const nothing = {} as Parameters<typeof readSubnet>[0];
    expect(await readSubnet(nothing, { subnetId: "/x", region: null }, "2025-05-01")).toBeNull();
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
      if ("fault" in reply) await left(operation);
    });
  }

  test("what is still read is cut off where the routes fail", async () => {
    arm.script("networkInterface", { fault: "silence" });
    arm.script("effectiveRouteTable", { status: 403 });
    const session = liveSession(arm);
    const asked = arm.asked("networkInterface");
    const failed = rejection(session.routesAndFacts(await session.findNic()));
    await asked;
    expect(await failed).toMatchObject({ code: "not-allowed" });
    await left("networkInterface");
  });

  /** Waits until the program gives up a request. */
  async function left(operation: Operation): Promise<void> {
    const request = arm.seen.find((each) => each.operation === operation);
    expect(request).toBeDefined();
    await request?.left;
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

  test("answers are in the order of the destinations, failed ones included", async () => {
    arm.script("nextHop", { body: { nextHopType: "Internet", routeTableId: "System Route" } });
    const answers = await nextHops("8.8.8.8", "2001:db8::1", "9.9.9.9");
    expect(answers).toMatchObject([{ destination: "8.8.8.8" }, { code: "nic-detached" }, { destination: "9.9.9.9" }]);
  });

  test.each([
    ["westeurope", "westeurope", "westeurope"],
    [undefined, "the NIC's region", "REGION"],
  ])("a region (%s) without a watcher says how to enable one", async (location, named, asked) => {
    arm.script("networkInterface", { body: { ...NIC, location } });
    arm.script("networkWatchers", { body: { value: [{ location }, { id: "/x", location: "eastus" }] } });
    expect(await rejection(nextHops("8.8.8.8"))).toMatchObject({
      exit: "failed",
      code: "no-network-watcher",
      message: `no Network Watcher in ${named} that you may use`,
      hint: `enable it: az network watcher configure -g NetworkWatcherRG -l ${asked} --enabled true`,
    });
  });

  const asNic = (properties: object) => ({ ...NIC, properties: { ...NIC.properties, ...properties } });
  test.each([
    ["no VM", asNic({ virtualMachine: undefined }), "8.8.8.8"],
    ["no address", asNic({ ipConfigurations: [] }), "8.8.8.8"],
    ["no address of that family", NIC, "2001:db8::1"],
  ])("a NIC with %s is not asked about", async (_, body, destination) => {
    arm.script("networkInterface", { body });
    expect(await nextHops(destination)).toMatchObject([
      {
        code: "nic-detached",
        message: "the NIC has no VM or no address of that family",
        hint: "Network Watcher answers only for a running VM's NIC",
      },
    ]);
    expect(arm.seen.map(({ operation }) => operation)).not.toContain("nextHop");
  });

  test("for a destination of IPv6 the NIC's IPv6 address is the source", async () => {
    const ipConfigurations = ["10.0.0.4", "fd00::4"].map((privateIPAddress) => ({ properties: { privateIPAddress } }));
    arm.script("networkInterface", { body: asNic({ ipConfigurations }) });
    arm.script("nextHop", { body: { nextHopType: "Internet" } });
    await nextHops("2001:db8::1");
    const asked = arm.seen.find(({ operation }) => operation === "nextHop");
    expect(JSON.parse(asked?.body ?? "")).toMatchObject({ sourceIPAddress: "fd00::4" });
  });

  const NOWHERE = {
    code: "answer-unreadable",
    message: "Network Watcher's answer has no next hop",
    hint: "run again; --debug shows more",
  };
  const hop = (more: object) => ({
    destination: "8.8.8.8",
    nextHopType: "Internet",
    nextHopIpAddress: null,
    routeTableId: null,
    ...more,
  });
  test.each<[answer: unknown, read: object]>([
    [{ nextHopType: "Internet", routeTableId: "SYSTEM ROUTE", nextHopIpAddress: "" }, hop({})],
    [{ nextHopType: "Internet", routeTableId: "a system route" }, hop({ routeTableId: "a system route" })],
    [{ nextHopType: "Internet", routeTableId: "system route x" }, hop({ routeTableId: "system route x" })],
    [{ nextHopType: "Internet", nextHopIpAddress: "10.0.0.9" }, hop({ nextHopIpAddress: "10.0.0.9" })],
    [{ nextHopType: "", routeTableId: "/rt" }, NOWHERE],
    [{ nextHopType: 5 }, NOWHERE],
    ["null", NOWHERE],
    ["5", NOWHERE],
    ['"Internet"', NOWHERE],
    ["[]", NOWHERE],
  ])("the answer %j is read", async (body, read) => {
    arm.script("nextHop", { body });
    expect(await nextHops("8.8.8.8")).toMatchObject([read]);
  });
});

describe("connection troubleshoot", () => {
  beforeEach(() => {
    arm.script("networkInterface", { body: NIC });
    arm.script("networkWatchers", { body: WATCHERS });
  });
  const check = async (port: number | null = 443) => {
    const session = liveSession(arm);
    return session.connectionCheck(await session.findNic(), { address: "10.2.0.4", port });
  };

  test.each([
    [443, { destination: { address: "10.2.0.4", port: 443 }, protocol: "Tcp" }],
    [null, { destination: { address: "10.2.0.4" }, protocol: "Icmp" }],
  ])("the region's watcher is asked from the VM, with port %s", async (port, question) => {
    arm.script("connectivityCheck", { body: { connectionStatus: "Reachable" } });
    await check(port);
    const asked = arm.seen.find(({ operation }) => operation === "connectivityCheck");
    expect(asked?.path).toContain("/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_");
    const source = { resourceId: NIC.properties.virtualMachine.id };
    expect(JSON.parse(asked?.body ?? "")).toEqual({ source, ...question });
  });

  const hop = (more: object) => ({ type: null, address: null, name: null, issues: [], ...more });
  test.each<[rule: string, hops: unknown, read: readonly unknown[]]>([
    [
      "what it found",
      [
        { type: "Source", address: "10.0.0.4", resourceId: SUBNET_ID, issues: [{ type: "UserDefinedRoute" }, {}, 5] },
        { type: "Internet", address: "8.8.8.8", resourceId: "Internet" },
        { type: "VnetLocal", resourceId: "" },
        { issues: "none" },
      ],
      [
        hop({ type: "Source", address: "10.0.0.4", name: "app", issues: ["UserDefinedRoute"] }),
        hop({ type: "Internet", address: "8.8.8.8", name: "Internet" }),
        hop({ type: "VnetLocal" }),
        hop({}),
      ],
    ],
    ["no hops", undefined, []],
    ["hops of another shape", { a: 1 }, []],
    ["a hop of another shape", [null, 5], []],
  ])("%s is read", async (_, hops, read) => {
    arm.script("connectivityCheck", { body: { connectionStatus: "Unreachable", hops } });
    expect(await check()).toEqual({ status: "Unreachable", hops: read });
  });

  test.each([[{}], [{ connectionStatus: "" }], [{ connectionStatus: 5 }], ["[]"]])(
    "the answer %j names no status",
    async (body) => {
      arm.script("connectivityCheck", { body });
      expect(await rejection(check())).toMatchObject({
        code: "answer-unreadable",
        message: "connection troubleshoot's answer has no status",
        hint: "run again; --debug shows more",
      });
    },
  );

  test("a NIC without a VM is not asked about", async () => {
    arm.script("networkInterface", {
      body: { ...NIC, properties: { ...NIC.properties, virtualMachine: undefined } },
    });
    expect(await rejection(check())).toMatchObject({
      code: "nic-detached",
      message: "the NIC has no VM",
      hint: "connection troubleshoot needs a running VM",
    });
  });

  test("a NIC that is of another kind in Azure's answer is not found", async () => {
    arm.script("networkInterface", { body: { id: SUBNET_ID } });
    expect(await rejection(check())).toMatchObject({
      code: "nic-not-found",
      message: "no NIC named vm-app197",
      hint: "check the name, -g and --subscription",
    });
  });

  test("the watcher of a region is looked for once", async () => {
    arm.script("connectivityCheck", { body: { connectionStatus: "Reachable" } });
    const session = liveSession(arm);
    const target = await session.findNic();
    for (const address of ["10.2.0.4", "10.2.0.5"]) await session.connectionCheck(target, { address, port: null });
    expect(arm.seen.filter(({ operation }) => operation === "networkWatchers")).toHaveLength(1);
  });
});

function route(nextHopType: string, source: string, nextHopIpAddress: string[] = []) {
  return effectiveRouteFromArm(
    { source, state: "Active", addressPrefix: ["10.0.0.0/8"], nextHopType, nextHopIpAddress },
    "row 1",
  );
}

describe("agreement with Network Watcher", () => {
  const USER = "the route's source is User, Network Watcher says a system route";
  const appliance = (...addresses: string[]) => route("VirtualAppliance", "User", addresses);
  test.each<
    [
      rule: string,
      winner: ReturnType<typeof route> | null,
      nextHopType: string,
      address: string | null,
      table: string | null,
      differences: readonly string[],
    ]
  >([
    ["the same type", route("Internet", "Default"), "Internet", null, null, []],
    ["PrivateEndpoint is InterfaceEndpoint", route("InterfaceEndpoint", "Default"), "PrivateEndpoint", null, null, []],
    ["VirtualNetwork is VnetLocal", route("VnetLocal", "Default"), "VirtualNetwork", null, null, []],
    ["VirtualNetworkPeering is VNetPeering", route("VNetPeering", "Default"), "VirtualNetworkPeering", null, null, []],
    [
      "a peering is not the network",
      route("VnetLocal", "Default"),
      "VirtualNetworkPeering",
      null,
      null,
      ["the route goes to VnetLocal, Network Watcher says VirtualNetworkPeering"],
    ],
    ["an unknown type is itself", route("NewType", "Default"), "newtype", null, null, []],
    [
      "a private endpoint is nothing else",
      route("VnetLocal", "Default"),
      "PrivateEndpoint",
      null,
      null,
      ["the route goes to VnetLocal, Network Watcher says PrivateEndpoint"],
    ],
    ["one of several next hops", appliance("10.1.0.4", "10.1.0.5"), "VirtualAppliance", "10.1.0.5", "/rt", []],
    [
      "another next hop",
      appliance("10.1.0.4", "10.1.0.5"),
      "VirtualAppliance",
      "10.1.0.9",
      "/rt",
      ["the route's next hop is 10.1.0.4, 10.1.0.5, Network Watcher says 10.1.0.9"],
    ],
    ["a next hop that Network Watcher does not say", appliance("10.1.0.4"), "VirtualAppliance", null, "/rt", []],
    ["a next hop that the route does not say", route("VnetLocal", "Default"), "VnetLocal", "10.1.0.9", null, []],
    ["a user route where Azure says System Route", appliance("10.1.0.4"), "VirtualAppliance", "10.1.0.4", null, [USER]],
    [
      "a system route where Azure names a table",
      route("Internet", "Default"),
      "Internet",
      null,
      "/rt",
      ["the route's source is Default, Network Watcher says a route of /rt"],
    ],
    ["no route is None", null, "None", null, null, []],
    ["no route has no table", null, "None", null, "/rt", []],
    [
      "no route where Azure has one",
      null,
      "Internet",
      "10.1.0.9",
      null,
      ["the route goes to None, Network Watcher says Internet"],
    ],
    [
      "everything else",
      appliance("10.1.0.4"),
      "Internet",
      "10.1.0.9",
      null,
      [
        "the route goes to VirtualAppliance, Network Watcher says Internet",
        "the route's next hop is 10.1.0.4, Network Watcher says 10.1.0.9",
        USER,
      ],
    ],
  ])("%s", (_, winner, nextHopType, nextHopIpAddress, routeTableId, differences) => {
    const answer = { destination: "10.0.0.1", nextHopType, nextHopIpAddress, routeTableId };
    expect(compareNextHop(winner, answer)).toEqual({ agrees: differences.length === 0, differences });
  });
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

  test.each([
    [
      "a page of several",
      { ...FILE, nextLink: "https://management.azure.com/x" },
      "answer-in-pages",
      "Azure's service tags came in pages, so prefixes are missing",
    ],
    ["an answer without tags", {}, "answer-unreadable", "Azure's answer holds no service tags"],
  ])("%s is refused", async (_, body, code, message) => {
    arm.script("serviceTags", { body });
    const hint = "update from the Download Center: leave --from arm out";
    expect(await rejection(session().serviceTags())).toMatchObject({ exit: "failed", code, message, hint });
  });

  test("the region is one of the cloud's", async () => {
    arm.script("serviceTags", { body: FILE });
    await session().serviceTags();
    await liveSession(arm, { target: null, cloud: "usgov" }).serviceTags();
    await liveSession(arm, { target: null, cloud: "china" }).serviceTags();
    expect(arm.seen.map(({ path }) => path.split("/locations/")[1])).toEqual([
      "westeurope/serviceTags",
      "usgovvirginia/serviceTags",
      "chinanorth2/serviceTags",
    ]);
  });
});
