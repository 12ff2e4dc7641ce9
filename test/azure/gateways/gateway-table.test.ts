import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GatewayRequest } from "../../../src/azure/gateways/request.ts";
import { isPeerTable } from "../../../src/routes/gateways/gateway-table.ts";
import { readGatewayTable } from "../../../src/routes/gateways/read/read-gateway-table.ts";
import { fakePace, liveSession, rejection, SUBSCRIPTION, TOKEN } from "../live.ts";
import { armError, type LoopbackArm, type Operation, type Reply, startLoopbackArm } from "../loopback-arm.ts";

let arm: LoopbackArm;
beforeAll(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
});
afterAll(() => arm.close());
beforeEach(() => {
  for (const each of ["operationResults", "operations", "resources"] as const) arm.script(each, NOT_THERE);
});

const NOT_THERE: Reply = { status: 404, body: armError("ResourceNotFound", "The Resource was not found.") };
const id = (type: string, name: string) =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Network/${type}/${name}`;

const LEARNED = {
  asPath: "65000",
  localAddress: "10.9.0.4",
  network: "10.1.0.0/16",
  nextHop: "10.8.0.4",
  origin: "EBgp",
  sourcePeer: "10.8.0.4",
  weight: 32768,
};
const ADVERTISED = { ...LEARNED, sourcePeer: undefined, origin: "Igp", weight: 0 };
const PEER = { asn: 65000, localAddress: "10.9.0.4", neighbor: "10.8.0.4", state: "Connected", routesReceived: 1 };
const HUB = { addressPrefixes: ["10.1.0.0/16"], nextHops: [""], nextHopType: "VPN_S2S_Gateway", routeOrigin: "" };
const CIRCUIT = { locPrf: "100", network: "10.1.0.0/16", nextHop: "10.8.0.4*", path: "65515 I", weight: 0 };
const SUMMARY = { as: 65515, neighbor: "10.8.0.4", statePfxRcd: "1", upDown: "25:24", v: 4 };

const GROUP = { resourceGroup: "rg-demo" };
const OF_TABLE = { by: "route-table", name: "defaultRouteTable" } as const;

interface Call {
  readonly name: string;
  readonly request: GatewayRequest;
  readonly operation: Operation;
  /** Path behind the resource group, with its query. */
  readonly path: string;
  readonly body: unknown;
  readonly answer: object;
  readonly kind: string;
  readonly action: string;
}

const HUB_CALL: Call = {
  name: "a hub's route table",
  request: { type: "hub", router: "hub1", ...GROUP, of: OF_TABLE },
  operation: "hubRoutes",
  path: "virtualHubs/hub1/effectiveRoutes",
  body: {
    resourceId: `${id("virtualHubs", "hub1")}/hubRouteTables/defaultRouteTable`,
    virtualWanResourceType: "RouteTable",
  },
  answer: { value: [HUB] },
  kind: "hub",
  action: "Microsoft.Network/virtualHubs/effectiveRoutes/action",
};

const connection = (name: string, resourceId: string, virtualWanResourceType: string): Call => ({
  ...HUB_CALL,
  name: `a hub's connection: ${virtualWanResourceType}`,
  request: { type: "hub", router: "hub1", ...GROUP, of: { by: "connection", name } },
  body: { resourceId, virtualWanResourceType },
});

const LEARNED_CALL: Call = {
  name: "learned routes",
  request: { type: "gateway", router: "gw1", ...GROUP, table: "learned" },
  operation: "gatewayRoutes",
  path: "virtualNetworkGateways/gw1/getLearnedRoutes",
  body: null,
  answer: { value: [LEARNED] },
  kind: "gateway-learned",
  action: "Microsoft.Network/virtualnetworkgateways/getlearnedroutes/action",
};

const ER_CONNECTION = `${id("expressRouteGateways", "er1")}/expressRouteConnections/c1`;
const VPN_CONNECTION = `${id("vpnGateways", "vpn1")}/vpnConnections/c1`;
const P2S = `${id("p2sVpnGateways", "p1")}/p2sConnectionConfigurations/c1`;
const CALLS: readonly Call[] = [
  HUB_CALL,
  connection(
    "spoke1",
    `${id("virtualHubs", "hub1")}/hubVirtualNetworkConnections/spoke1`,
    "HubVirtualNetworkConnection",
  ),
  connection(ER_CONNECTION, ER_CONNECTION, "ExpressRouteConnection"),
  connection(VPN_CONNECTION, VPN_CONNECTION, "VpnConnection"),
  connection(P2S, P2S, "P2SConnection"),
  connection(id("expressRouteGateways", "er1"), id("expressRouteGateways", "er1"), "ExpressRouteGateway"),
  LEARNED_CALL,
  {
    ...LEARNED_CALL,
    name: "advertised routes",
    request: { type: "gateway", router: "gw1", ...GROUP, table: "advertised", peer: "10.8.0.4" },
    path: "virtualNetworkGateways/gw1/getAdvertisedRoutes?peer=10.8.0.4",
    answer: { value: [ADVERTISED] },
    kind: "gateway-advertised",
    action: "Microsoft.Network/virtualnetworkgateways/getadvertisedroutes/action",
  },
  {
    ...LEARNED_CALL,
    name: "BGP peers",
    request: { type: "gateway", router: "gw1", ...GROUP, table: "peers" },
    operation: "gatewayPeers",
    path: "virtualNetworkGateways/gw1/getBgpPeerStatus",
    answer: { value: [PEER] },
    kind: "gateway-peers",
    action: "Microsoft.Network/virtualnetworkgateways/getbgppeerstatus/action",
  },
  {
    ...LEARNED_CALL,
    name: "learned routes of a Route Server",
    request: { type: "route-server", router: "rs1", ...GROUP, peer: "nva1", advertised: false },
    operation: "routeServerRoutes",
    path: "virtualHubs/rs1/bgpConnections/nva1/learnedRoutes",
    answer: { RouteServiceRole_IN_0: [LEARNED], RouteServiceRole_IN_1: [] },
    kind: "route-server-learned",
    action: "Microsoft.Network/virtualHubs/bgpConnections/learnedRoutes/action",
  },
  {
    ...LEARNED_CALL,
    name: "advertised routes of a Route Server",
    request: { type: "route-server", router: "rs1", ...GROUP, peer: "nva1", advertised: true },
    operation: "routeServerRoutes",
    path: "virtualHubs/rs1/bgpConnections/nva1/advertisedRoutes",
    answer: { RouteServiceRole_IN_0: [ADVERTISED], RouteServiceRole_IN_1: [] },
    kind: "route-server-advertised",
    action: "Microsoft.Network/virtualHubs/bgpConnections/advertisedRoutes/action",
  },
  {
    ...LEARNED_CALL,
    name: "a circuit's route table",
    request: {
      type: "circuit",
      router: "c1",
      ...GROUP,
      peering: "AzurePrivatePeering",
      path: "secondary",
      summary: false,
    },
    operation: "circuitRoutes",
    path: "expressRouteCircuits/c1/peerings/AzurePrivatePeering/routeTables/secondary",
    answer: { value: [CIRCUIT] },
    kind: "circuit",
    action: "Microsoft.Network/expressRouteCircuits/peerings/routeTables/action or .../routeTables/read",
  },
  {
    ...LEARNED_CALL,
    name: "a circuit's summary",
    request: {
      type: "circuit",
      router: "c1",
      ...GROUP,
      peering: "AzurePrivatePeering",
      path: "primary",
      summary: true,
    },
    operation: "circuitRoutes",
    path: "expressRouteCircuits/c1/peerings/AzurePrivatePeering/routeTablesSummary/primary",
    answer: { value: [SUMMARY] },
    kind: "circuit-summary",
    action: "Microsoft.Network/expressRouteCircuits/peerings/routeTablesSummary/action or .../routeTablesSummary/read",
  },
];

const RESULT =
  "{url}/subscriptions/s/providers/Microsoft.Network/locations/eastus/operationResults/1?api-version=2025-05-01";
const STATE = "{url}/subscriptions/s/providers/Microsoft.Network/locations/eastus/operations/1?api-version=2025-05-01";
const BY_LOCATION: Reply = { status: 202, headers: { location: RESULT }, body: "null" };
const BY_BOTH: Reply = { status: 202, headers: { location: RESULT, "azure-asyncoperation": STATE }, body: "null" };
const BY_STATE: Reply = { status: 202, headers: { "azure-asyncoperation": STATE }, body: "null" };

describe.each(CALLS)("$name", ({ request, operation, path, body, answer, kind, action }) => {
  it("is asked for as Azure wants it, and read", async () => {
    const before = arm.seen.length;
    arm.script(operation, BY_LOCATION);
    arm.script("operationResults", { status: 202, headers: { location: RESULT }, body: "" }, { body: answer });
    const { table, text } = await liveSession(arm).gatewayTable(request);
    const [post] = arm.seen.slice(before);
    const query = [...(post?.query ?? [])].filter(([name]) => name !== "api-version");
    const asked = `${post?.path}${query.length === 0 ? "" : `?${new URLSearchParams(query)}`}`;
    expect(asked).toBe(`/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Network/${path}`);
    expect(post?.method).toBe("POST");
    expect(post?.apiVersion).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(post?.body).toBe(body === null ? "" : JSON.stringify(body));
    expect(table).toMatchObject({ kind, origin: { kind: "azure", fetchedAt: expect.stringContaining("2026") } });
    expect(isPeerTable(table) ? table.peers : table.routes).toHaveLength(1);
    // What is saved is read back as the same table.
    const saved = await readGatewayTable(text);
    expect({ ...saved, origin: null }).toEqual({ ...table, origin: null });
    expect(saved.origin.fetchedAt).toBe(table.origin.fetchedAt);
  });

  it("names the action where the caller may not", async () => {
    arm.script(operation, { status: 403, body: armError("AuthorizationFailed", "does not have authorization") });
    const error = await rejection(liveSession(arm).gatewayTable(request));
    expect(error).toMatchObject({
      code: "not-allowed",
      exit: "notAllowed",
      message: expect.stringContaining(`missing: ${action}`),
    });
  });
});

describe("a long-running answer", () => {
  const succeeded = { status: "Succeeded", properties: { output: { value: [HUB] } } };
  const ask = () => liveSession(arm).gatewayTable(HUB_CALL.request);

  it.each<[string, Reply, readonly Reply[], readonly Reply[]]>([
    ["a direct answer", { body: { value: [HUB] } }, [NOT_THERE], [NOT_THERE]],
    ["the location alone", BY_LOCATION, [{ body: { value: [HUB] } }], [NOT_THERE]],
    [
      "state and location, as recorded",
      BY_BOTH,
      [{ body: { value: [HUB] } }],
      [{ body: { status: "InProgress" } }, { body: succeeded }],
    ],
    [
      "the state alone, whose envelope has the answer",
      BY_STATE,
      [NOT_THERE],
      [{ body: { status: "InProgress" } }, { body: succeeded }],
    ],
  ])("%s", async (_, first, results, states) => {
    arm.script("hubRoutes", first);
    arm.script("operationResults", ...results);
    arm.script("operations", ...states);
    const { table } = await ask();
    expect(table).toMatchObject({ kind: "hub", routes: [{ nextHopType: "VPN_S2S_Gateway" }] });
  });

  it.each<[string, Reply, readonly Reply[], string]>([
    ["null at the end is a failure, not an empty table", { body: "null" }, [NOT_THERE], "answer-without-routes"],
    [
      "so is null of the envelope",
      { body: "null" },
      [{ body: { status: "Succeeded", properties: { output: null } } }],
      "answer-without-routes",
    ],
    ["a list of something else", { body: { value: [{ name: "x" }] } }, [NOT_THERE], "answer-unreadable"],
    [
      "a row that lost its next hop type",
      { body: { value: [{ ...HUB, nextHopType: undefined, state: 1 }] } },
      [NOT_THERE],
      "answer-unreadable",
    ],
    [
      "an operation that failed",
      { body: "null" },
      [{ body: { status: "Failed", error: { code: "InternalServerError", message: "no" } } }],
      "operation-failed",
    ],
  ])("%s", async (_, result, states, code) => {
    arm.script("hubRoutes", states[0] === NOT_THERE ? BY_LOCATION : BY_BOTH);
    arm.script("operationResults", result);
    arm.script("operations", ...states);
    expect(await rejection(ask())).toMatchObject({ code });
  });

  it("an empty list is an answer", async () => {
    arm.script("hubRoutes", { body: { value: [] } });
    expect((await ask()).table).toMatchObject({ kind: "hub", scope: "defaultRouteTable", routes: [] });
  });
});

describe("the router", () => {
  const ask = (router: string, resourceGroup: string | null = null) =>
    liveSession(arm).gatewayTable({ type: "gateway", router, resourceGroup, table: "learned" });
  const list = (...ids: readonly string[]) =>
    arm.script("resources", { body: { value: ids.map((each) => ({ id: each })) } });
  const other = id("virtualNetworkGateways", "gw1").replace("rg-demo", "rg-other");

  beforeEach(() => arm.script("gatewayRoutes", { body: { value: [LEARNED] } }));

  it("is found by its name in any case", async () => {
    list(id("virtualNetworkGateways", "gw1"), id("virtualNetworkGateways", "gw2"));
    const { table } = await ask("GW1");
    expect(table.routerId).toBe(id("virtualNetworkGateways", "gw1"));
    const listed = arm.seen.findLast(({ operation }) => operation === "resources");
    expect(listed?.query.get("$filter")).toBe("resourceType eq 'Microsoft.Network/virtualNetworkGateways'");
  });

  it("is named by its resource id without a list", async () => {
    const before = arm.seen.length;
    await ask(id("virtualNetworkGateways", "gw1"));
    expect(arm.seen.slice(before).map(({ operation }) => operation)).toEqual(["gatewayRoutes"]);
  });

  const OF_GATEWAY = "/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Network/virtualNetworkGateways/NAME";
  const NEITHER = "--gateway is neither a name nor the resource id of a gateway";
  const GIVE = `give the name, or ${OF_GATEWAY}`;
  const gateway = (name: string) => id("virtualNetworkGateways", name);

  it.each<
    [
      rule: string,
      router: string,
      group: string | null,
      ids: readonly string[],
      code: string,
      message: string,
      hint: string,
    ]
  >([
    [
      "a near name is suggested",
      "gw-1",
      null,
      [gateway("gw1")],
      "router-not-found",
      "no gateway named gw-1",
      "did you mean: gw1",
    ],
    [
      "all near names are suggested",
      "gate1",
      null,
      [gateway("gate2"), gateway("gate3")],
      "router-not-found",
      "no gateway named gate1",
      "did you mean: gate2, gate3",
    ],
    [
      "others are listed, ten of them and each name once",
      "edge",
      null,
      ["g", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q"].map((name) => gateway(`${name}xxxx`)),
      "router-not-found",
      "no gateway named edge",
      "there are: gxxxx, hxxxx, ixxxx, jxxxx, kxxxx, lxxxx, mxxxx, nxxxx, oxxxx, pxxxx",
    ],
    [
      "two of a name need a group",
      "gw1",
      null,
      [gateway("gw1"), other],
      "router-ambiguous",
      "2 gateways are named gw1\n  in the groups rg-demo, rg-other",
      "name the group: -g rg-demo; or give the resource id",
    ],
    [
      "there is none",
      "gw1",
      null,
      [],
      "router-not-found",
      "no gateway named gw1",
      "check --subscription and --cloud; the sign-in sees none",
    ],
    [
      "another type of id",
      id("virtualHubs", "hub1"),
      null,
      [],
      "resource-id",
      "--gateway is the id of another kind of resource: Microsoft.Network/virtualHubs",
      "give the id of a gateway: .../providers/Microsoft.Network/virtualNetworkGateways/NAME",
    ],
    ["no name", "a/b", null, [], "resource-id", NEITHER, GIVE],
    ["a name with a dot at its end", "a.", null, [], "resource-id", NEITHER, GIVE],
    ["a name with a dot at its start", ".a", null, [], "resource-id", NEITHER, GIVE],
    ["a long name", "a".repeat(81), null, [], "resource-id", NEITHER, GIVE],
    ["an id with more behind it", `${gateway("gw1")}/x`, null, [], "resource-id", NEITHER, GIVE],
    ["an id with more before it", `x${gateway("gw1")}`, null, [], "resource-id", NEITHER, GIVE],
    [
      "a group that is not a name",
      "gw1",
      "..",
      [],
      "resource-id",
      "-g .. is not a valid resource group name",
      "give the name of the group: az group list -o table",
    ],
    ["an id that leads elsewhere", gateway("gw1").replace("rg-demo", ".."), null, [], "resource-id", NEITHER, GIVE],
  ])("%s", async (_, router, group, ids, code, message, hint) => {
    list(...ids);
    expect(await rejection(ask(router, group))).toMatchObject({ code, message, hint });
  });

  it.each([
    ["virtual hub", "hub", "virtualHubs"],
    ["Route Server", "route-server", "virtualHubs"],
    ["circuit", "circuit", "expressRouteCircuits"],
  ] as const)("a %s is looked for by what people call it", async (name, type, resourceType) => {
    list();
    const pace = fakePace();
    const error = await rejection(
      liveSession(arm, { pace }).gatewayTable({
        ...{ type, router: "x", resourceGroup: null },
        ...{ of: OF_TABLE, peer: "p", advertised: false, peering: "p", path: "primary", summary: false },
      } as GatewayRequest),
    );
    expect(error).toMatchObject({ message: `no ${name} named x` });
    expect(pace.progressed).toEqual([`looking for the ${name}`]);
    const listed = arm.seen.findLast(({ operation }) => operation === "resources");
    expect(listed?.query.get("$filter")).toBe(`resourceType eq 'Microsoft.Network/${resourceType}'`);
  });

  it("in a group, where no subscription is named, is looked for in all that the sign-in sees", async () => {
    list(gateway("gw1"), other);
    arm.script("subscriptions", { body: { value: [{ subscriptionId: SUBSCRIPTION, displayName: "Prod" }] } });
    const session = liveSession(arm, { subscription: null });
    const found = (resourceGroup: string) =>
      session.gatewayTable({ type: "gateway", router: " gw1 ", resourceGroup, table: "learned" });
    expect((await found("RG-Other")).table.routerId).toBe(other);
    expect(await rejection(found("rg-x"))).toMatchObject({
      code: "router-not-found",
      message: "no gateway named gw1",
      hint: "one is in the group rg-demo: add -g rg-demo",
    });
  });

  it("may be named by an id in any case with a slash at its end", async () => {
    const given = gateway("gw1").toUpperCase().replace("/SUBSCRIPTIONS/", "/subscriptions/");
    const { table } = await ask(`${given}/`);
    expect(table.routerId).toBe(given);
  });

  it("that is in the list, and yet not found, keeps Azure's reason", async () => {
    arm.script("gatewayRoutes", NOT_THERE);
    list(gateway("gw2"), gateway("GW1"));
    expect(await rejection(ask("gw1", "rg-demo"))).toMatchObject({
      code: "not-found",
      message: "Azure cannot find gateway gw1",
    });
  });

  it("without a resource group is searched for in the list too", async () => {
    arm.script("gatewayRoutes", { status: 404, body: armError("ResourceGroupNotFound", "no") });
    list(other);
    expect(await rejection(ask("gw1", "rg-demo"))).toMatchObject({
      code: "router-not-found",
      hint: "one is in the group rg-other: add -g rg-other",
    });
  });

  it("is read with the chosen API version, and the saved file ends with a line feed", async () => {
    const session = liveSession(arm, { apiVersion: "2020-11-01" });
    const { text } = await session.gatewayTable({ type: "gateway", router: "gw1", ...GROUP, table: "learned" });
    expect(arm.seen.at(-1)?.apiVersion).toBe("2020-11-01");
    expect(text.endsWith("}\n")).toBe(true);
    expect(text).toContain('\n  "value": [\n');
  });

  it.each(["null", "5", "[]"])("an answer of %s holds no list", async (body) => {
    arm.script("gatewayRoutes", { body });
    expect(await rejection(ask(gateway("gw1")))).toMatchObject({
      code: "answer-without-routes",
      message: "Azure's answer for the learned routes of gw1 holds no list",
      hint: "run again later; the gateway may be updating, or the hub's router may not be provisioned",
    });
  });

  it("that Azure cannot find in its group is looked for in the list", async () => {
    arm.script("gatewayRoutes", NOT_THERE);
    list(id("virtualNetworkGateways", "gw1"));
    expect(await rejection(ask("gw2", "rg-demo"))).toMatchObject({
      code: "router-not-found",
      message: "no gateway named gw2",
      hint: "did you mean: gw1",
    });
    arm.script("resources", { status: 403, body: armError("AuthorizationFailed", "no") });
    expect(await rejection(ask("gw2", "rg-demo"))).toMatchObject({ code: "not-found" });
  });
});
