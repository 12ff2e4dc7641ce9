import { describe, expect, it } from "vitest";
import { callOf, circuitScope, type GatewayRequest } from "../../../src/azure/gateways/request.ts";

const GROUP = "/subscriptions/S/resourceGroups/RG/providers/Microsoft.Network";
const IN_GROUP = { router: "x", resourceGroup: null } as const;
const CHECK = "check the name, -g and --subscription";
const CHECK_PEER = "check the names of the Route Server and of its peer: az network routeserver peering list";
const CHECK_CIRCUIT =
  "check the names of the circuit and the peering (--peering): az network express-route peering list";
const HUB = `${GROUP}/virtualHubs/x`;

type Expected = readonly [
  kind: string,
  scope: string | null,
  path: string,
  body: object | null,
  what: string,
  subject: string,
  action: string,
  notFound: string,
];

const ofHub = (by: "route-table" | "connection", name: string): GatewayRequest => ({
  ...IN_GROUP,
  type: "hub",
  of: { by, name },
});
const hub = (scope: string, resourceId: string, virtualWanResourceType: string): Expected => [
  "hub",
  scope,
  "/effectiveRoutes",
  { resourceId, virtualWanResourceType },
  "the effective routes of x",
  "virtual hub x",
  "Microsoft.Network/virtualHubs/effectiveRoutes/action",
  CHECK,
];
const gateway = (kind: string, scope: string | null, path: string, table: string, action: string): Expected => [
  kind,
  scope,
  path,
  null,
  `the ${table} of x`,
  "gateway x",
  `Microsoft.Network/virtualnetworkgateways/${action}/action`,
  CHECK,
];
const ofServer = (peer: string, advertised: boolean): GatewayRequest => ({
  ...IN_GROUP,
  type: "route-server",
  peer,
  advertised,
});
const ofCircuit = (peering: string, path: "primary" | "secondary", summary: boolean): GatewayRequest => ({
  ...IN_GROUP,
  type: "circuit",
  peering,
  path,
  summary,
});

describe("the call for a table", () => {
  it.each<[rule: string, request: GatewayRequest, expected: Expected]>([
    ["a hub's route table", ofHub("route-table", "rt"), hub("rt", `${HUB}/hubRouteTables/rt`, "RouteTable")],
    [
      "a hub's route table by its id",
      ofHub("route-table", `${HUB}/HUBROUTETABLES/rt`),
      hub("rt", `${HUB}/HUBROUTETABLES/rt`, "RouteTable"),
    ],
    [
      "a hub's connection",
      ofHub("connection", "c1"),
      hub("c1", `${HUB}/hubVirtualNetworkConnections/c1`, "HubVirtualNetworkConnection"),
    ],
    ...(
      [
        ["hubVirtualNetworkConnections/c1", "HubVirtualNetworkConnection"],
        ["expressRouteGateways/g/expressRouteConnections/c1", "ExpressRouteConnection"],
        ["expressRouteGateways/g", "ExpressRouteGateway"],
        ["vpnGateways/g/vpnConnections/c1", "VpnConnection"],
        ["p2sVpnGateways/g/p2sConnectionConfigurations/c1", "P2SConnection"],
        ...[
          "hubRouteTables/rt/x/c1",
          "expressRouteConnections/c/x/c1",
          "expressRouteGateways/g/x/c1",
          "vpnConnections/c/x/c1",
          "p2sConnectionConfigurations/c/x/c1",
        ].map((deeper) => [deeper, "HubVirtualNetworkConnection"] as const),
      ] as const
    ).map(([end, type]): [string, GatewayRequest, Expected] => [
      `a hub's connection by its id: ${end}`,
      ofHub("connection", `${HUB}/${end}`),
      hub(end.slice(end.lastIndexOf("/") + 1), `${HUB}/${end}`, type),
    ]),
    [
      "learned routes",
      { ...IN_GROUP, type: "gateway", table: "learned" },
      gateway("gateway-learned", null, "/getLearnedRoutes", "learned routes", "getlearnedroutes"),
    ],
    [
      "peers",
      { ...IN_GROUP, type: "gateway", table: "peers" },
      gateway("gateway-peers", null, "/getBgpPeerStatus", "BGP peers", "getbgppeerstatus"),
    ],
    [
      "advertised routes",
      { ...IN_GROUP, type: "gateway", table: "advertised", peer: "fd00::4" },
      gateway(
        "gateway-advertised",
        "fd00::4",
        "/getAdvertisedRoutes?peer=fd00%3A%3A4",
        "advertised routes",
        "getadvertisedroutes",
      ),
    ],
    ...([true, false] as const).map((advertised): [string, GatewayRequest, Expected] => {
      const which = advertised ? "advertised" : "learned";
      return [
        `${which} routes of a Route Server`,
        ofServer("nva 1", advertised),
        [
          `route-server-${which}`,
          "nva 1",
          `/bgpConnections/nva%201/${which}Routes`,
          null,
          `the ${which} routes of x`,
          "Route Server x",
          `Microsoft.Network/virtualHubs/bgpConnections/${which}Routes/action`,
          CHECK_PEER,
        ],
      ];
    }),
    [
      "a circuit's table",
      ofCircuit("azurePRIVATEpeering", "secondary", false),
      [
        "circuit",
        "secondary",
        "/peerings/azurePRIVATEpeering/routeTables/secondary",
        null,
        "the route table of x",
        "circuit x",
        "Microsoft.Network/expressRouteCircuits/peerings/routeTables/action or .../routeTables/read",
        CHECK_CIRCUIT,
      ],
    ],
    [
      "a circuit's summary",
      ofCircuit("Other/Peering", "primary", true),
      [
        "circuit-summary",
        "Other/Peering primary",
        "/peerings/Other%2FPeering/routeTablesSummary/primary",
        null,
        "the BGP peers of x",
        "circuit x",
        "Microsoft.Network/expressRouteCircuits/peerings/routeTablesSummary/action or .../routeTablesSummary/read",
        CHECK_CIRCUIT,
      ],
    ],
  ])("%s", (_, request, [kind, scope, path, body, what, subject, action, notFound]) => {
    const read = { what, subject, action, role: "Network Contributor", on: "the resource group", notFound };
    expect(callOf(request, `${GROUP}/virtualHubs/x`)).toEqual({ kind, scope, path, body, read });
  });

  it("a long name is cut for messages", () => {
    const { read } = callOf({ ...IN_GROUP, type: "gateway", table: "learned" }, `${GROUP}/g/${"x".repeat(31)}`);
    expect(read).toMatchObject({
      what: `the learned routes of ${"x".repeat(30)}`,
      subject: `gateway ${"x".repeat(30)}`,
    });
  });

  it.each([
    ["AzurePrivatePeering", "primary"],
    ["AZUREPRIVATEPEERING", "primary"],
    ["MicrosoftPeering", "MicrosoftPeering primary"],
  ])("a circuit's peering %s is '%s'", (peering, scope) => {
    expect(circuitScope({ peering, path: "primary" })).toBe(scope);
  });
});
