import { expect, test } from "vitest";
import { titleIn } from "../../../../src/routes/gateways/read/titles.ts";

/** A command above a table, and what it says of the table: kind, router and scope. */
const COMMANDS: readonly (readonly [command: string, kind: string, name: string | null, scope: string | null])[] = [
  ["az network vnet-gateway list-learned-routes -g rg -n gw1", "gateway-learned", "gw1", null],
  ["az network vnet-gateway list-advertised-routes -n gw1 --peer 10.0.0.4", "gateway-advertised", "gw1", "10.0.0.4"],
  ["az network vnet-gateway list-bgp-peer-status --name gw1", "gateway-peers", "gw1", null],
  ["az network routeserver peering list-learned-routes --routeserver rs1 -n p1", "route-server-learned", "rs1", "p1"],
  ["az network routeserver peering list-advertised-routes --vhub-name h -n p1", "route-server-advertised", "h", "p1"],
  ["az network vhub get-effective-routes -n hub1 --resource-id /s/hubRouteTables/rt1", "hub", "hub1", "rt1"],
  ["az network express-route list-route-tables -n er1 --path primary", "circuit", "er1", "primary"],
  ["az network express-route list-route-tables-summary -n er1 --path secondary", "circuit-summary", "er1", "secondary"],
  ["Get-AzVirtualNetworkGatewayLearnedRoute -VirtualNetworkGatewayName gw1", "gateway-learned", "gw1", null],
  [
    "Get-AzVirtualNetworkGatewayAdvertisedRoute -VirtualNetworkGatewayName gw1 -Peer 10.0.0.4",
    ...(["gateway-advertised", "gw1", "10.0.0.4"] as const),
  ],
  ["Get-AzVirtualNetworkGatewayBGPPeerStatus -VirtualNetworkGatewayName gw1", "gateway-peers", "gw1", null],
  ["Get-AzRouteServerPeerLearnedRoute -RouteServerName rs1 -PeerName p1", "route-server-learned", "rs1", "p1"],
  ["Get-AzRouteServerPeerAdvertisedRoute -RouteServerName rs1 -PeerName p1", "route-server-advertised", "rs1", "p1"],
  ["Get-AzVHubEffectiveRoute -VirtualHubName hub1 -ResourceId '/s/hubRouteTables/rt1'", "hub", "hub1", "rt1"],
  ["Get-AzExpressRouteCircuitRouteTable -ExpressRouteCircuitName er1 -DevicePath Primary", "circuit", "er1", "Primary"],
  [
    "Get-AzExpressRouteCircuitRouteTableSummary -ExpressRouteCircuitName er1 -DevicePath Primary",
    ...(["circuit-summary", "er1", "Primary"] as const),
  ],
  ["get-azvirtualnetworkgatewaylearnedroute -virtualnetworkgatewayname gw1", "gateway-learned", "gw1", null],
  ["az network vnet-gateway list-learned-routes -n $GATEWAY", "gateway-learned", null, null],
  ["az network vnet-gateway list-learned-routes --name $GATEWAY -n gw1", "gateway-learned", "gw1", null],
  ["az network vnet-gateway list-learned-routes --name=gw1", "gateway-learned", "gw1", null],
  ["az network vnet-gateway list-learned-routes -n   gw1|tee x", "gateway-learned", "gw1", null],
  ["az network vnet-gateway list-learned-routes -n 'gw1';ls", "gateway-learned", "gw1", null],
  ["az network vnet-gateway list-learned-routes -n    gw1", "gateway-learned", null, null],
  ["az network vnet-gateway list-learned-routes -g rg-n gw2", "gateway-learned", null, null],
  ["az network vhub get-effective-routes -n hub1 --resource-id $TABLE", "hub", "hub1", null],
];

test.each(COMMANDS)("%s names its table", (command, kind, name, scope) => {
  expect(titleIn([`PS C:\\> ${command}`, ""])).toEqual({ kind, name, scope });
});

test.each<[line: string, name: string | null, scope: string | null]>([
  ["## gw1", "gw1", null],
  ["### `gw-1.prod`", "gw-1.prod", null],
  ["## gw1 ", "gw1", null],
  ["# gw1", null, null],
  ["## Routes of gw1", null, null],
  ["## gw1 and gw2", null, null],
  ["Gateway: gw1", "gw1", null],
  ["=== VPN gateway = 'gw1'", "gw1", null],
  ["Route Server: rs1", "rs1", null],
  ["hub name: hub1", "hub1", null],
  ["AzurePrivatePeering (Primary): er1", "er1", "primary"],
  ["AzurePrivatePeering (secondary) er1", "er1", "secondary"],
  ["the gateway is up", null, null],
  ["the gateway: gw1", null, null],
  ["the AzurePrivatePeering (Primary): er1", null, null],
  ["routes ## gw1", null, null],
  ["####### gw1", null, null],
  ["##gw1", null, null],
  ["virtual network gateway name: gw1", "gw1", null],
  ["Virtual hub: hub1", "hub1", null],
  ["circuit:er1", "er1", null],
])("the title '%s' names %s", (line, name, scope) => {
  expect(titleIn([line, ""])).toEqual({ kind: null, name, scope });
});

const padded = (length: number) => "Gateway: gw1".padEnd(length);
test.each<[what: string, lines: readonly string[], name: string | null]>([
  ["the nearest of two", ["Gateway: a", "Gateway: b", ""], "b"],
  ["the one with a name, further up", ["Gateway: a", "az network vnet-gateway list-learned-routes -n $GW"], "a"],
  [
    "in the next line, behind a backslash",
    ["az network vnet-gateway list-learned-routes \\", "  -g rg \\", "  -n gw1"],
    "gw1",
  ],
  [
    "in the next line, behind a backtick",
    ["Get-AzVirtualNetworkGatewayLearnedRoute `", "-VirtualNetworkGatewayName gw1"],
    "gw1",
  ],
  ["in the next line, behind nothing", ["az network vnet-gateway list-learned-routes", "  -n gw1"], null],
  ["fifteen lines up", ["Gateway: a", ...Array(14).fill("")], "a"],
  ["sixteen lines up", ["Gateway: a", ...Array(15).fill("")], null],
  ["in a line of 2,000 characters", [padded(2000)], "gw1"],
  ["in a longer line", [padded(2001)], null],
])("of several lines above a table, the title is looked for: %s", (_, lines, name) => {
  expect(titleIn(lines).name).toBe(name);
});

test("of two commands without a name, the nearer says what the table is", () => {
  const commands = [
    "az network vnet-gateway list-learned-routes -n $GW",
    "az network vhub get-effective-routes -n $HUB",
  ];
  expect(titleIn(commands).kind).toBe("hub");
  expect(titleIn(commands.toReversed()).kind).toBe("gateway-learned");
});
