import { describe, expect, test } from "vitest";
import { parsePrefix } from "../../../src/net/prefix.ts";
import {
  foldedRoutes,
  hopText,
  ownAddresses,
  reportedGatewayRoutes,
  reportedPeers,
  reportedRouter,
  routeKey,
} from "../../../src/routes/gateways/gateway-report.ts";
import type { BgpPeerTable, GatewayRoute, GatewayTable } from "../../../src/routes/gateways/gateway-table.ts";

const route = (prefix: string, more: Partial<GatewayRoute> & { hops?: readonly string[] } = {}): GatewayRoute => {
  const { hops = ["10.8.0.4"], ...rest } = more;
  return {
    prefix: parsePrefix(prefix),
    nextHops: hops.map((text) => ({ text, address: null })),
    ...{ nextHopType: null, origin: "EBgp", asPath: [65000], weight: 100, localPreference: null },
    ...{ instance: "10.9.0.4", sourcePeer: "10.8.0.4", best: null, fields: {}, ...rest },
  };
};
const origin = { kind: "file", name: "gw.json", format: "json", fetchedAt: null, note: null } as const;
const table = (routes: readonly GatewayRoute[], more: Partial<GatewayTable> = {}): GatewayTable => ({
  ...{ kind: "gateway-learned", routerId: "gw", scope: null, origin, instances: [], routes, ...more },
});

describe("the order of rows", () => {
  test.each<[what: string, preferred: Partial<GatewayRoute>, other: Partial<GatewayRoute>]>([
    ["a higher weight", { weight: 200 }, { weight: 100 }],
    ["a weight before none", { weight: 1 }, { weight: null }],
    ["a higher local preference", { localPreference: 200 }, { localPreference: 100 }],
    ["a local preference before none", { localPreference: 1 }, { localPreference: null }],
    ["a shorter AS path", { asPath: [1] }, { asPath: [1, 2] }],
    ["no AS path before one", { asPath: null }, { asPath: [1] }],
    ["the best", { best: true }, { best: false }],
    ["the best before an unmarked one", { best: true }, { best: null }],
    ["weight before local preference", { weight: 2, localPreference: 1 }, { weight: 1, localPreference: 2 }],
    [
      "local preference before the AS path",
      { localPreference: 2, asPath: [1, 2] },
      { localPreference: 1, asPath: [1] },
    ],
    ["the AS path before the best", { asPath: [1], best: false }, { asPath: [1, 2], best: true }],
  ])("within a prefix: %s", (_, preferred, other) => {
    const rows = [route("10.0.0.0/8", { ...other, hops: ["b"] }), route("10.0.0.0/8", { ...preferred, hops: ["a"] })];
    const hopsOf = (routes: readonly GatewayRoute[]) =>
      reportedGatewayRoutes(table(routes)).map(({ nextHops }) => nextHops[0]?.text);
    expect(hopsOf(rows)).toEqual(["a", "b"]);
    expect(hopsOf(rows.toReversed())).toEqual(["a", "b"]);
  });

  test("prefixes first", () => {
    const rows = [route("10.2.0.0/16", { weight: 900 }), route("10.1.0.0/16")];
    expect(reportedGatewayRoutes(table(rows)).map(({ addressPrefix }) => addressPrefix)).toEqual([
      ...["10.1.0.0/16", "10.2.0.0/16"],
    ]);
  });
});

test("equal rows of several instances are one, counted; an instance is named once", () => {
  const rows = [
    route("10.1.0.0/16"),
    route("10.1.0.0/16"),
    route("10.1.0.0/16", { instance: "10.9.0.5" }),
    route("10.1.0.0/16", { instance: null }),
    route("10.1.0.0/16", { weight: 1 }),
  ];
  expect(foldedRoutes(rows).map(({ instances, count }) => ({ instances, count }))).toEqual([
    { instances: ["10.9.0.4", "10.9.0.5"], count: 4 },
    { instances: ["10.9.0.4"], count: 1 },
  ]);
  expect(reportedGatewayRoutes(table(rows))[0]).toEqual({
    ...{ addressPrefix: "10.1.0.0/16", nextHops: [{ text: "10.8.0.4", name: null }], nextHopType: null },
    ...{ origin: "EBgp", asPath: [65000], weight: 100, localPreference: null },
    ...{ instances: ["10.9.0.4", "10.9.0.5"], sourcePeer: "10.8.0.4", best: null, count: 4 },
  });
});

test.each<[what: string, more: Parameters<typeof route>[1], isSame: boolean]>([
  ["another instance", { instance: "x" }, true],
  ["other fields", { fields: { a: 1 } }, true],
  ["another next hop", { hops: ["x"] }, false],
  ["another type", { nextHopType: "x" }, false],
  ["another origin", { origin: "IBgp" }, false],
  ["another path", { asPath: [] }, false],
  ["another weight", { weight: 0 }, false],
  ["another preference", { localPreference: 1 }, false],
  ["another mark", { best: true }, false],
  ["another peer", { sourcePeer: "x" }, false],
])("rows say the same with %s: %s", (_, more, isSame) => {
  expect(routeKey(route("10.0.0.0/8", more)) === routeKey(route("10.0.0.0/8"))).toBe(isSame);
});

test("the peer of a router's own route is the instance, so it does not distinguish rows", () => {
  const own = (sourcePeer: string, spelling = "Network") =>
    routeKey(route("10.0.0.0/8", { origin: spelling, sourcePeer }));
  expect(own("a")).toBe(own("b"));
  expect(own("a", "network")).toBe(own("b", "network"));
});

test.each<[what: string, routes: readonly GatewayRoute[], instances: readonly string[], own: readonly string[]]>([
  ["none", [route("10.0.0.0/8")], [], []],
  ["the peers of its own routes", [route("10.0.0.0/8", { origin: "Network", hops: [], sourcePeer: "a" })], [], ["a"]],
  ["not those with a next hop", [route("10.0.0.0/8", { origin: "Network", sourcePeer: "a" })], [], []],
  ["not those of other routes", [route("10.0.0.0/8", { hops: [], sourcePeer: "a" })], [], []],
  ["nor no peer", [route("10.0.0.0/8", { origin: "Network", hops: [], sourcePeer: null })], [], []],
  ["the addresses of rows", [route("10.0.0.0/8", { fields: { localAddress: "b" } })], ["c"], ["b"]],
  ["the instances, where a row has no address", [route("10.0.0.0/8")], ["c"], ["c"]],
])("a router's own addresses: %s", (_, routes, instances, own) => {
  expect([...ownAddresses({ routes, instances })]).toEqual(own);
});

test.each<[text: string, name: string | null]>([
  ["10.8.0.4", "office"],
  ["10.9.0.4", "own instance"],
  ["10.8.0.5", null],
  ["/subscriptions/s/azureFirewalls/fw1", "fw1"],
])("the next hop %s is called %s", (text, name) => {
  const rows = [
    route("10.1.0.0/16", { hops: [text] }),
    route("10.9.0.0/16", { origin: "Network", hops: [], sourcePeer: "10.9.0.4" }),
  ];
  const [first] = reportedGatewayRoutes(table(rows, { names: new Map([["10.8.0.4", "office"]]) }));
  expect(first?.nextHops).toEqual([{ text, name }]);
});

test.each<[text: string, name: string | null, shown: string]>([
  ["10.8.0.4", null, "10.8.0.4"],
  ["10.8.0.4", "office", "10.8.0.4 (office)"],
  ["/s/fw1", "fw1", "fw1"],
])("%s with the name %s is shown as %s", (text, name, shown) => {
  expect(hopText(text, name)).toBe(shown);
});

test("peers are reported without the fields of their source, and have no instances", () => {
  const peer = {
    ...{ neighbor: "a", asn: 1, state: "Idle", routesReceived: 0, duration: null, instance: null },
    ...{ messagesSent: 1, messagesReceived: 2 },
  };
  const peers: BgpPeerTable = {
    kind: "gateway-peers",
    routerId: "gw",
    scope: "s",
    origin,
    peers: [{ ...peer, fields: { x: 1 } }],
  };
  expect(reportedPeers(peers)).toEqual([peer]);
  expect(reportedRouter(peers)).toEqual({ kind: "gateway-peers", routerId: "gw", scope: "s", instances: [], origin });
  expect(reportedRouter(table([], { instances: ["a"] }))).toEqual({
    ...{ kind: "gateway-learned", routerId: "gw", scope: null, instances: ["a"], origin },
  });
});
