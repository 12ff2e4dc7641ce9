import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AzureOptions } from "../../../src/azure/azure-options.ts";
import { AzureConnection } from "../../../src/azure/connection.ts";
import { isAzureError } from "../../../src/azure/failure/azure-error.ts";
import { fetchInventory } from "../../../src/azure/inventory/fetch-inventory.ts";
import type { InventoryScope } from "../../../src/azure/inventory/scope.ts";
import { readTopology } from "../../../src/topology/read/read-topology.ts";
import type { Topology } from "../../../src/topology/topology.ts";
import { SyntheticAzure, type SyntheticOptions } from "../fleet/synthetic-azure.ts";
import { type FleetResource, SECRET, syntheticFleet, syntheticScaleSet } from "../fleet/synthetic-fleet.ts";
import { type FakePace, fakePace, rejection, SUBSCRIPTION, TOKEN } from "../live.ts";
import { armError, type LoopbackArm, type Reply, startLoopbackArm } from "../loopback-arm.ts";

const OTHER = "00000000-0000-0000-0000-000000000002";
const THIRD = "00000000-0000-0000-0000-000000000003";
const ALL: InventoryScope = {
  subscriptions: [],
  managementGroup: null,
  resourceGroup: null,
  network: null,
  subnet: null,
};
const FLEET = syntheticFleet({ subscription: SUBSCRIPTION, networks: 3, subnets: 2, nics: 40 });
const HUB_SUBNET = FLEET.find(({ name }) => name === "vnet-hub")?.id.concat("/subnets/nva") ?? "";
const RESOURCES = [
  ...FLEET,
  ...syntheticScaleSet(SUBSCRIPTION, "pool", HUB_SUBNET, 3),
  ...syntheticFleet({ subscription: OTHER, networks: 1, subnets: 1, nics: 5 }),
];
const MAIN = { id: SUBSCRIPTION, name: "main" };
const SECOND = { id: OTHER, name: "second" };
const REFUSED: Reply = { status: 403, body: armError("AuthorizationFailed", "no") };

let arm: LoopbackArm;
let pace: FakePace;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
  pace = fakePace();
});
afterEach(() => arm.close());

const settings = (): AzureOptions => ({
  cloud: "public",
  armEndpoint: arm.url,
  auth: null,
  subscription: null,
  timeoutMs: 60_000,
  environment: { AZURE_ACCESS_TOKEN: TOKEN, AZURE_CONFIG_DIR: "/dev/null/none" },
  pace,
  identityEndpointAnswers: async () => false,
});

async function inventory(options: Partial<SyntheticOptions> = {}, scope: Partial<InventoryScope> = {}) {
  const azure = new SyntheticAzure({ subscriptions: [MAIN, SECOND], resources: RESOURCES, ...options });
  arm.serve((request) => azure.respond(request));
  const found = await fetchInventory(new AzureConnection(settings()), { ...ALL, ...scope });
  const { topology, skipped } = readTopology(found.resources);
  expect(skipped).toEqual([]);
  return { ...found, topology };
}

const failure = async (...given: Parameters<typeof inventory>) => {
  const error = await rejection(inventory(...given));
  expect(error).toSatisfy(isAzureError);
  return error as { readonly code: string; readonly message: string; readonly hint: string };
};
const asked = (operation: string) => arm.seen.filter((request) => request.operation === operation).length;
const counts = ({ nics, virtualMachines, networks, gateways, connections, hubs, localNetworkGateways }: Topology) => ({
  nics: nics.length,
  virtualMachines: virtualMachines.length,
  networks: networks.length,
  gateways: gateways.length,
  connections: connections.length,
  hubs: hubs.length,
  sites: localNetworkGateways.length,
});
const WHOLE = { nics: 52, virtualMachines: 49, networks: 6, gateways: 2, connections: 2, hubs: 2, sites: 2 };

describe("the inventory by Resource Graph", () => {
  it("holds all resources of every subscription that the sign-in sees, in one query", async () => {
    const { topology, subscriptions, source, gaps, nicIds } = await inventory();
    expect(counts(topology)).toEqual(WHOLE);
    expect(nicIds).toHaveLength(52);
    expect(subscriptions.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["main", "ok"],
      ["second", "ok"],
    ]);
    expect([source, gaps]).toEqual(["resource-graph", []]);
    expect(asked("resourceGraph")).toBe(1);
  });

  it("knows power states, NICs of scale sets, and the place and peers of a Route Server", async () => {
    const { topology } = await inventory();
    const states = topology.virtualMachines.map(({ powerState }) => powerState);
    expect(states.filter((state) => state === "deallocated")).toHaveLength(2);
    expect(states.filter((state) => state === "running")).toHaveLength(47);
    expect(topology.nics.filter(({ scaleSetId }) => scaleSetId !== null)).toHaveLength(3);
    const [server] = topology.hubs;
    expect([server?.kind, server?.subnetId?.endsWith("/RouteServerSubnet"), server?.bgpPeers.length]).toEqual([
      "route-server",
      true,
      1,
    ]);
  });

  it("asks for the NICs of uniform scale sets alone: those of flexible ones are ordinary", async () => {
    const resources = RESOURCES.map((resource): FleetResource => {
      const isSet = resource.type === "Microsoft.Compute/virtualMachineScaleSets";
      return isSet ? { ...resource, properties: { orchestrationMode: "Flexible" } } : resource;
    });
    const { topology } = await inventory({ resources });
    expect(topology.scaleSets.map(({ orchestrationMode }) => orchestrationMode)).toEqual(["Flexible"]);
    expect(asked("scaleSetNics")).toBe(0);
  });

  it("is read page by page, in the order of ids", async () => {
    const { topology } = await inventory({ pageSize: 10 });
    expect(counts(topology)).toEqual(WHOLE);
    expect(asked("resourceGraph")).toBe(Math.ceil(RESOURCES.filter(({ id }) => !isChild(id)).length / 10));
    expect(JSON.parse(arm.seen.find(({ operation }) => operation === "resourceGraph")?.body ?? "")).toMatchObject({
      query: expect.stringMatching(/\| order by id asc$/) as string,
      options: { $top: 1000, resultFormat: "objectArray" },
      subscriptions: [SUBSCRIPTION, OTHER],
    });
  });

  it("waits where the user's quota is used up", async () => {
    const quota = (nth: number): Reply | null => {
      const own = new SyntheticAzure({ subscriptions: [MAIN], resources: FLEET, pageSize: 60 });
      const request = arm.seen.findLast(({ operation }) => operation === "resourceGraph");
      const reply = request === undefined ? null : own.respond(request);
      const headers = {
        "x-ms-user-quota-remaining": nth === 1 ? "0" : "9",
        "x-ms-user-quota-resets-after": "00:00:04",
      };
      return reply && { ...reply, headers };
    };
    await inventory({ subscriptions: [MAIN], resources: FLEET, graph: quota });
    expect(asked("resourceGraph")).toBe(2);
    expect(pace.waits).toEqual([4000]);
  });

  it("asks for smaller pages where an answer would be too large", async () => {
    const tooLarge: Reply = {
      status: 400,
      body: { error: { code: "BadRequest", message: "…", details: [{ code: "ResponsePayloadTooLarge" }] } },
    };
    const top = (body: string) => (JSON.parse(body) as { options: { $top: number } }).options.$top;
    const { topology } = await inventory({ graph: (_, { body }) => (top(body) > 100 ? tooLarge : null) });
    expect(counts(topology)).toEqual(WHOLE);
  });

  it("repeats a query whose answer changed from page to page", async () => {
    const short = (nth: number): Reply | null =>
      nth === 1 ? { body: { totalRecords: 3, count: 1, resultTruncated: "false", data: [RESOURCES[0]] } } : null;
    expect(counts((await inventory({ graph: short })).topology)).toEqual(WHOLE);
  });

  const CHANGED = "run again, because resources may have changed; or narrow the scope, e.g. with --subscription";
  const INSTEAD = "a proxy or --arm-endpoint may have answered instead; --debug shows more";
  const SHAPE = "Resource Graph's answer has an unexpected form";
  const ROW = RESOURCES[0];
  for (const [rule, body, code, message, hint] of [
    [
      "truncated",
      { totalRecords: 2000, count: 1000, resultTruncated: "true", data: [] },
      "answer-incomplete",
      "Resource Graph's answer is truncated",
      CHANGED,
    ],
    [
      "truncated, as a flag",
      { totalRecords: 2000, resultTruncated: true, data: [] },
      "answer-incomplete",
      "Resource Graph's answer is truncated",
      CHANGED,
    ],
    [
      "without all rows",
      { totalRecords: 3, count: 1, data: [ROW] },
      "answer-incomplete",
      "Resource Graph's answer holds 1 of 3 resources",
      CHANGED,
    ],
    [
      "with too many rows",
      { totalRecords: 1, data: [ROW, RESOURCES[1]] },
      "answer-incomplete",
      "Resource Graph's answer holds 2 of 1 resources",
      CHANGED,
    ],
    [
      "with a row twice",
      { totalRecords: 2, data: [ROW, ROW] },
      "answer-incomplete",
      "Resource Graph's answer holds 1 of 2 resources",
      CHANGED,
    ],
    [
      "with a row without an id",
      { totalRecords: 1, data: [{ name: "x" }] },
      "answer-incomplete",
      "Resource Graph's answer holds 0 of 1 resources",
      CHANGED,
    ],
    [
      "whose page is its own successor",
      { totalRecords: 3, $skipToken: "x", data: [] },
      "answer-incomplete",
      "Resource Graph's answer has no end",
      CHANGED,
    ],
    ["without a count", { data: [] }, "answer-unreadable", SHAPE, INSTEAD],
    ["whose count is no number", { totalRecords: "0", data: [] }, "answer-unreadable", SHAPE, INSTEAD],
  ] satisfies readonly (readonly [string, object, string, string, string])[]) {
    it(`an answer ${rule} is a failure, never a smaller inventory`, async () => {
      expect(await failure({ graph: () => ({ body }) })).toMatchObject({ code, message, hint });
    });
  }

  it("an answer without rows is a failure", async () => {
    expect((await failure({ graph: () => ({ body: { totalRecords: 0 } }) })).code).toBe("answer-unreadable");
  });

  it("a query is run three times before its answer counts as incomplete", async () => {
    await failure({ graph: () => ({ body: { totalRecords: 3, data: [ROW] } }) });
    expect(asked("resourceGraph")).toBe(3);
  });

  it("a count that changes from page to page is an answer that changed", async () => {
    const replies = [
      { totalRecords: 3, $skipToken: "1", data: [ROW] },
      { totalRecords: 2, data: [RESOURCES[1]] },
    ];
    const error = await failure({ graph: (nth) => ({ body: replies[(nth - 1) % 2] }) });
    expect(error.message).toBe("Resource Graph's answer holds 2 of 2 resources");
  });

  it("a resource that is too large by itself is an error that says so", async () => {
    const tooLarge: Reply = { status: 400, body: armError("responsePAYLOADtoolarge", "no") };
    expect(await failure({ graph: () => tooLarge })).toMatchObject({
      code: "answer-too-large",
      message: "one resource is larger than Resource Graph can answer",
      hint: "narrow the scope, e.g. with --subscription, to find and leave it out",
    });
    const tops = arm.seen
      .filter(({ operation }) => operation === "resourceGraph")
      .map(({ body }) => (JSON.parse(body) as { options: { $top: number } }).options.$top);
    expect(tops).toEqual([1000, 250, 63, 16, 4, 1]);
  });

  it.each([
    ["0", "00:00:04", [4000]],
    ["0", "00:00:59", [59_000]],
    ["0", "00:01:30", [60_000]],
    ["0", "01:00:00", [60_000]],
    ["0", "soon", [5000]],
    ["0", "x00:00:04", [5000]],
    ["0", "12:3", [5000]],
    ["1", "00:00:04", []],
    ["none", "00:00:04", []],
    ["x0", "00:00:04", []],
    ["0x", "00:00:04", []],
  ])("a quota of %s that is filled after %s is waited for: %j", async (remaining, resets, waits) => {
    const headers = { "x-ms-user-quota-remaining": remaining, "x-ms-user-quota-resets-after": resets };
    const first = (nth: number): Reply | null =>
      nth === 1 ? { headers, body: { totalRecords: 3, data: [ROW] } } : null;
    await inventory({ graph: first });
    expect(pace.waits).toEqual(waits);
  });

  it("it is told how far the reading is", async () => {
    await inventory({ pageSize: 60, subscriptions: [MAIN], resources: FLEET });
    const total = FLEET.filter(({ id }) => !isChild(id)).length;
    expect(pace.progressed).toEqual([
      "reading the inventory",
      `reading the inventory: 60 of ${total} resources`,
      `reading the inventory: ${total} of ${total} resources`,
    ]);
    pace.progressed.length = 0;
    await inventory({ graph: () => REFUSED });
    expect(pace.progressed).toEqual([
      "reading the inventory",
      "reading the inventory: 1 of 2 subscriptions",
      "reading the inventory: 2 of 2 subscriptions",
    ]);
  });
});

function isChild(id: string): boolean {
  return /\/virtualHubs\/[^/]+\/|\/virtualMachineScaleSets\/[^/]+\//.test(id);
}

describe("where Resource Graph does not answer", () => {
  for (const [rule, graph] of [
    ["refused", REFUSED],
    ["not there", { status: 404, body: armError("ResourceNotFound", "no") }],
    ["without this version", { status: 400, body: armError("InvalidApiVersionParameter", "no") }],
    ["not registered", { status: 409, body: armError("MissingSubscriptionRegistration", "no") }],
    ["of a subscription it does not know", { status: 400, body: armError("BadRequest", "no") }],
  ] satisfies readonly (readonly [string, Reply])[]) {
    it(`${rule}: lists give the same inventory`, async () => {
      const byGraph = await inventory();
      const byLists = await inventory({ graph: () => graph, pageSize: 7 });
      expect([byLists.source, byLists.gaps]).toEqual(["lists", []]);
      const sorted = (topology: Topology) =>
        Object.entries(topology).map(([kind, list]: [string, readonly { readonly id: string }[]]) => [
          kind,
          [...list].sort((a, b) => (a.id < b.id ? -1 : 1)),
        ]);
      expect(sorted(byLists.topology)).toEqual(sorted(byGraph.topology));
    });
  }

  it("a refused subscription has an outcome of its own, and the others are read", async () => {
    const subscriptions = [MAIN, { ...SECOND, readable: false, listed: true }];
    const found = await inventory({ subscriptions, graph: () => REFUSED });
    expect(found.subscriptions.map(({ name, outcome, error }) => [name, outcome, error?.code ?? null])).toEqual([
      ["main", "ok", null],
      ["second", "denied", "not-allowed"],
    ]);
    expect(found.topology.networks).toHaveLength(4);
  });

  it("a subscription whose lists fail has an outcome of its own too", async () => {
    const trouble: Reply = { status: 500, body: armError("InternalServerError", "no") };
    const lists = ({ path }: { path: string }): Reply | null =>
      path.includes(OTHER) && path.endsWith("/networkInterfaces") ? trouble : null;
    const found = await inventory({ graph: () => REFUSED, lists });
    expect(found.subscriptions.map(({ outcome, error }) => [outcome, error?.code ?? null])).toEqual([
      ["ok", null],
      ["failed", "azure-trouble"],
    ]);
  });

  it("gateways are listed once for each group that has some; what has no group or another type is left out", async () => {
    const place = (group: string, name: string) =>
      `/subscriptions/${SUBSCRIPTION}${group}/providers/Microsoft.Network/${name}`;
    const gateway = { type: "microsoft.network/VIRTUALNETWORKGATEWAYS" };
    const value = [
      { id: place("/resourceGroups/rg-A", "virtualNetworkGateways/a"), ...gateway },
      { id: place("/resourceGroups/RG-a", "virtualNetworkGateways/b"), ...gateway },
      { id: place("/resourceGroups/rg-b", "publicIPPrefixes/c"), type: "Microsoft.Network/publicIPPrefixes" },
      { id: place("", "virtualNetworkGateways/d"), ...gateway },
      { id: place("/resourceGroups/rg-c", "virtualNetworkGateways/e") },
      gateway,
    ];
    const lists = ({ path }: { path: string }): Reply | null =>
      path.endsWith("/resources") ? { body: { value } } : null;
    const resources = FLEET.filter(({ type }) => type !== "Microsoft.Network/virtualHubs");
    const { gaps } = await inventory({ subscriptions: [MAIN], resources, graph: () => REFUSED, lists });
    const ofGroups = arm.seen.map(({ path }) => path).filter((path) => path.includes("/resourceGroups/"));
    expect(ofGroups).toEqual([place("/resourceGroups/RG-a", "virtualNetworkGateways")]);
    expect(gaps).toEqual([]);
  });

  it.each<[where: string, at: number, graph: () => Reply | null]>([
    ["Resource Graph", 2, () => null],
    ["the lists", 3, () => REFUSED],
    ["the NICs of a subscription without resources", 3, () => ({ body: { totalRecords: 0, data: [] } })],
  ])("a bug of the program on the way to %s is thrown as it is", async (_, at, graph) => {
    let asked = 0;
    class Broken extends AzureConnection {
      override calls(...of: Parameters<AzureConnection["calls"]>) {
        if (++asked === at) throw new TypeError("a bug");
        return super.calls(...of);
      }
    }
    const azure = new SyntheticAzure({ subscriptions: [MAIN], resources: FLEET, graph });
    arm.serve((request) => azure.respond(request));
    expect(await rejection(fetchInventory(new Broken(settings()), ALL))).toEqual(new TypeError("a bug"));
  });

  it("a list that is refused is a gap; without power states VMs are of unknown state", async () => {
    const lists = ({ path, query }: { path: string; query: URLSearchParams }) =>
      path.endsWith("/routeTables") || query.has("statusOnly") ? REFUSED : null;
    const { gaps, topology } = await inventory({ subscriptions: [MAIN], graph: () => REFUSED, lists });
    expect(gaps.map(({ what, error }) => [what, error.code])).toEqual([["the list of routeTables", "not-allowed"]]);
    expect(topology.routeTables).toEqual([]);
    expect(new Set(topology.virtualMachines.map(({ powerState }) => powerState))).toEqual(new Set([null]));
  });

  it("each kind is listed once, with its own version, and those of groups in the groups that have some", async () => {
    await inventory({ subscriptions: [MAIN], resources: FLEET, graph: () => REFUSED });
    const start = `/subscriptions/${SUBSCRIPTION}/`;
    const lists = arm.seen
      .filter(({ path, operation }) => path.startsWith(start) && operation !== "resourceGraph")
      .map(({ path, apiVersion, query }) =>
        [path.slice(start.length), apiVersion, query.get("statusOnly"), query.get("$filter")].filter(Boolean),
      );
    const network = (type: string) => [`providers/Microsoft.Network/${type}`, "2024-05-01"];
    const compute = (type: string) => [`providers/Microsoft.Compute/${type}`, "2022-03-01"];
    const ofGroup = ["virtualNetworkGateways", "connections", "localNetworkGateways", "virtualNetworkAppliances"];
    const filter = ofGroup.map((type) => `resourceType eq 'Microsoft.Network/${type}'`).join(" or ");
    expect(lists[0]).toEqual(network("networkInterfaces"));
    const expected = [
      ...["networkInterfaces", "virtualNetworks", "routeTables", "loadBalancers", "azureFirewalls"].map(network),
      ...["virtualHubs", "expressRouteCircuits", "privateEndpoints", "publicIPAddresses"].map(network),
      ...["virtualMachines", "virtualMachineScaleSets"].map(compute),
      ["resources", "2021-04-01", filter],
      ...ofGroup
        .slice(0, 3)
        .map((type) => [`resourceGroups/rg-fleet/providers/Microsoft.Network/${type}`, "2024-05-01"]),
      [...compute("virtualMachines"), "true"],
      ...["ipConfigurations", "bgpConnections"].map((name) => [
        expect.stringMatching(new RegExp(`/virtualHubs/[^/]+/${name}$`)),
        "2024-05-01",
      ]),
    ];
    expect(lists).toHaveLength(expected.length);
    expect(lists).toEqual(expect.arrayContaining(expected));
  });

  it("appliances are listed with the first version that has them", async () => {
    const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-nva/providers/Microsoft.Network/virtualNetworkAppliances/a`;
    const appliance = { id, name: "a", type: "Microsoft.Network/virtualNetworkAppliances", properties: {} };
    const resources = [...FLEET, appliance as unknown as FleetResource];
    await inventory({ subscriptions: [MAIN], resources, graph: () => REFUSED });
    const listed = arm.seen.find(({ path }) => path.endsWith("/virtualNetworkAppliances"));
    expect([listed?.apiVersion, listed?.path.includes("/resourceGroups/rg-nva/")]).toEqual(["2025-05-01", true]);
  });

  it.each([
    ["MissingSubscriptionRegistration", 409, []],
    ["ResourceNotFound", 404, []],
    ["AuthorizationFailed", 403, ["the list of loadBalancers"]],
  ])("a kind that is refused with %s (HTTP %i) is a gap: %j", async (code, status, gaps) => {
    const lists = ({ path }: { path: string }): Reply | null =>
      path.endsWith("/loadBalancers") ? { status, body: armError(code, "no") } : null;
    const found = await inventory({ subscriptions: [MAIN], graph: () => REFUSED, lists });
    expect(found.gaps.map(({ what }) => what)).toEqual(gaps);
    for (const { resourceId } of found.gaps) expect(resourceId).toBe(`/subscriptions/${SUBSCRIPTION}`);
  });

  it("the list of gateways that is refused is a gap", async () => {
    const lists = ({ path }: { path: string }): Reply | null => (path.endsWith("/resources") ? REFUSED : null);
    const { gaps } = await inventory({ subscriptions: [MAIN], graph: () => REFUSED, lists });
    expect(gaps.map(({ what, resourceId }) => [what, resourceId])).toEqual([
      ["the list of gateways", `/subscriptions/${SUBSCRIPTION}`],
    ]);
  });

  it("a child list that is refused is a gap of its parent", async () => {
    const lists = ({ path }: { path: string }): Reply | null => (path.endsWith("/bgpConnections") ? REFUSED : null);
    const { gaps } = await inventory({ subscriptions: [MAIN], resources: FLEET, lists });
    expect(gaps.map(({ what, resourceId, error }) => [what, resourceId.split("/").at(-2), error.code])).toEqual([
      ["the list of bgpConnections", "virtualHubs", "not-allowed"],
    ]);
  });

  it("networks that are refused are a failure of the subscription", async () => {
    const lists = ({ path }: { path: string }): Reply | null => (path.endsWith("/virtualNetworks") ? REFUSED : null);
    const error = await failure({ subscriptions: [MAIN], graph: () => REFUSED, lists });
    expect(error.message.split("\n")[0]).toBe("not allowed to read the list of virtualNetworks (--auth token)");
  });

  it("a subscription without resources that does not use networks has none", async () => {
    const unregistered: Reply = { status: 409, body: armError("MissingSubscriptionRegistration", "no") };
    const lists = ({ path }: { path: string }): Reply | null =>
      path.endsWith("/networkInterfaces") ? unregistered : null;
    const found = await inventory({ subscriptions: [MAIN], resources: [], lists });
    expect([found.resources, found.subscriptions.map(({ outcome }) => outcome)]).toEqual([[], ["ok"]]);
  });

  it("a subscription that Azure does not find says where it comes from", async () => {
    const graph = () => ({ status: 404, body: armError("SubscriptionNotFound", "no") });
    expect((await failure({ graph })).message).toBe(
      "the subscription from Azure's list of subscriptions was not found",
    );
  });

  it("all that are refused is an error", async () => {
    const subscriptions = [{ ...MAIN, readable: false, listed: true }];
    expect((await failure({ subscriptions })).code).toBe("not-allowed");
  });

  it("another failure is not a reason for lists", async () => {
    const graph = () => ({ status: 500, body: armError("InternalServerError", "no") });
    expect((await failure({ graph })).code).toBe("azure-trouble");
    expect(asked("networkInterfaces")).toBe(0);
  });
});

describe("a scope", () => {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).sort();

  it("of subscriptions, by id or name", async () => {
    const { subscriptions, topology } = await inventory({}, { subscriptions: ["second", OTHER] });
    expect(subscriptions.map(({ id }) => id)).toEqual([OTHER]);
    expect(topology.networks).toHaveLength(2);
  });

  it("a subscription that Resource Graph leaves out in silence is refused, or has nothing", async () => {
    const empty = { id: "00000000-0000-0000-0000-000000000004", name: "empty" };
    const hidden = { ...SECOND, readable: false, listed: true };
    const { subscriptions } = await inventory(
      { subscriptions: [MAIN, hidden, empty] },
      { subscriptions: ["main", "second", THIRD, "empty"] },
    );
    expect(subscriptions.map(({ id, outcome, error }) => [id, outcome, error?.code ?? null])).toEqual([
      [SUBSCRIPTION, "ok", null],
      [OTHER, "denied", "not-allowed"],
      [THIRD, "denied", "subscription-not-found"],
      [empty.id, "ok", null],
    ]);
    expect(asked("networkInterfaces")).toBe(3);
  });

  it("a subscription that Resource Graph does not have yet is read by lists", async () => {
    const behind = new SyntheticAzure({ subscriptions: [MAIN], resources: FLEET });
    const { topology, source } = await inventory({ graph: (_, request) => behind.respond(request) });
    expect(source).toBe("lists");
    expect(counts(topology)).toEqual({ ...WHOLE, nics: WHOLE.nics - 3 });
  });

  it("of a management group, by either way", async () => {
    for (const graph of [() => null, () => REFUSED]) {
      const { subscriptions, topology } = await inventory({ graph }, { managementGroup: "corp" });
      expect(subscriptions.map(({ name }) => name)).toEqual(["main", "second"]);
      expect(counts(topology)).toEqual(WHOLE);
    }
  });

  it("of a management group whose descendants are of many kinds, has its subscriptions alone", async () => {
    const subscription = { type: "/SUBSCRIPTIONS" };
    const value = [
      { name: "corp-it", type: "Microsoft.Management/managementGroups" },
      { name: "no-type" },
      subscription,
      { ...subscription, name: OTHER },
      { ...subscription, name: SUBSCRIPTION, properties: { displayName: "main" } },
    ];
    const lists = ({ path }: { path: string }): Reply | null =>
      path.endsWith("/descendants") ? { body: { value } } : null;
    const { subscriptions } = await inventory({ graph: () => REFUSED, lists }, { managementGroup: "corp" });
    expect(subscriptions.map(({ id, name }) => [id, name])).toEqual([
      [OTHER, null],
      [SUBSCRIPTION, "main"],
    ]);
  });

  it("of a management group is not looked for by lists where Resource Graph fails otherwise", async () => {
    const graph = () => ({ status: 500, body: armError("InternalServerError", "no") });
    expect((await failure({ graph }, { managementGroup: "corp" })).code).toBe("azure-trouble");
    expect(arm.seen.filter(({ operation }) => operation !== "resourceGraph")).toEqual([]);
  });

  it("of a management group without a visible subscription is an error", async () => {
    const graph = () => ({ body: { totalRecords: 0, data: [] } });
    expect(await failure({ graph }, { managementGroup: "corp" })).toMatchObject({
      code: "no-subscription",
      message: "no subscription of the management group corp is visible to you",
    });
  });

  it("for one network keeps the resources that its NICs depend on", async () => {
    const { topology, nicIds } = await inventory({}, { network: "VNET-spoke1", subscriptions: [SUBSCRIPTION] });
    expect(nicIds.map((id) => id.split("/").at(-1)).every((name) => name?.startsWith("nic-vm-1-"))).toBe(true);
    expect(nicIds).toHaveLength(14);
    expect(names(topology.networks)).toEqual(["vnet-hub", "vnet-spoke1"]);
    expect(names(topology.nics).filter((name) => !name.startsWith("nic-vm-1-"))).toEqual([
      "nic-vm-nva1",
      "nic-vm-nva2",
      "pool-nic",
      "pool-nic",
      "pool-nic",
    ]);
    expect(names(topology.virtualMachines).length).toBe(16);
    const { loadBalancers, routeTables, gateways, connections, localNetworkGateways, hubs, publicAddresses } = topology;
    const kept = [loadBalancers, routeTables, gateways, connections, localNetworkGateways, hubs, publicAddresses];
    expect(kept.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(hubs[0]?.subnetId).not.toBeNull();
  });

  it("of a subnet, by its name or its id", async () => {
    const id = `${FLEET.find(({ name }) => name === "vnet-spoke0")?.id}/subnets/SNET1`;
    const one = await inventory({}, { subnet: id });
    expect(one.nicIds).toHaveLength(7);
    const named = await inventory({}, { subnet: "snet1", network: "vnet-spoke0", subscriptions: ["main"] });
    expect(named.nicIds).toEqual(one.nicIds);
  });

  it("of a resource group", async () => {
    const elsewhere = RESOURCES.map(
      (resource): FleetResource =>
        resource.id.startsWith(`/subscriptions/${SUBSCRIPTION}`) && resource.name === "nic-vm-0-0-1"
          ? { ...resource, id: resource.id.replace("rg-fleet", "rg-app") }
          : resource,
    );
    const { nicIds, topology } = await inventory({ resources: elsewhere }, { resourceGroup: "RG-APP" });
    expect(nicIds.map((id) => id.split("/").at(-1))).toEqual(["nic-vm-0-0-1"]);
    expect(names(topology.networks)).toEqual(["vnet-hub", "vnet-spoke0"]);
  });

  for (const [rule, scope, code, hint] of [
    ["a network that is not there", { network: "vnet-spoke" }, "network-not-found", /did you mean: vnet-spoke0/],
    ["a subnet that is not there", { subnet: "snet11" }, "subnet-not-found", /did you mean: snet1/],
    ["a subscription that is not there", { subscriptions: ["mein"] }, "subscription-name", /did you mean: main/],
  ] satisfies readonly (readonly [string, Partial<InventoryScope>, string, RegExp])[]) {
    it(`${rule} is an error with near names`, async () => {
      const error = await failure({}, scope);
      expect(error.code).toBe(code);
      expect(error.hint).toMatch(hint);
    });
  }

  it("that the sign-in does not see is an error", async () => {
    expect((await failure({ subscriptions: [] })).code).toBe("no-subscription");
  });
});

describe("secrets", () => {
  it("are in Azure's answers and not in the inventory, by either way", async () => {
    expect(JSON.stringify(RESOURCES)).toContain(SECRET);
    for (const graph of [() => null, () => REFUSED]) {
      expect(JSON.stringify((await inventory({ graph })).resources)).not.toContain(SECRET);
    }
  });

  it("are not asked for", async () => {
    await inventory();
    const query = arm.seen.find(({ operation }) => operation === "resourceGraph")?.body;
    expect(query).not.toMatch(/osProfile|vpnClient|sharedKey|customData|userData/i);
  });
});

it("10,000 NICs and their VMs take one query of Resource Graph for each thousand", { tags: ["slow"] }, async () => {
  const resources = syntheticFleet({ subscription: SUBSCRIPTION, networks: 20, subnets: 16, nics: 10_000 });
  const { topology } = await inventory({ subscriptions: [MAIN], resources });
  expect(topology.nics).toHaveLength(10_002);
  expect(asked("resourceGraph")).toBe(21);
  expect(new Set(topology.nics.map(({ ipConfigurations: [first] }) => String(first?.address?.value))).size).toBe(
    10_002,
  );
});
