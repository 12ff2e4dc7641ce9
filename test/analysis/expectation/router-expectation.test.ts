import { expect, test } from "vitest";
import { isExpectationError, parseRouterExpectation } from "../../../src/analysis/expectation/expectation.ts";
import { routerMismatches } from "../../../src/analysis/expectation/mismatch.ts";
import { parseAddress } from "../../../src/net/address.ts";
import type { GatewayTable } from "../../../src/routes/gateways/gateway-table.ts";
import { explainGateway } from "../../../src/selection/gateways/explain-gateway.ts";
import { gatewayTableOf } from "../../selection/gateways/gateway-tables.ts";

test.each<[string, string, boolean, readonly string[]]>([
  ["next-hop=Azure Firewall", "next-hop", false, ["Azure Firewall"]],
  ["next-hop!=virtual network", "next-hop", true, ["virtual network"]],
  ["via=er-gw", "via", false, ["er-gw"]],
  ["via=gw1,1st-gw", "via", false, ["gw1", "1st-gw"]],
  ["via=10.0.0.4,FD00:0::4", "via", false, ["10.0.0.4", "fd00::4"]],
  ["prefix=FD00:0::/32", "prefix", false, ["fd00::/32"]],
  ["verdict=Own network", "verdict", false, ["own-network"]],
  ["verdict!=noroute,forward", "verdict", true, ["no-route", "forward"]],
])("an expectation about a router is read: %s", (text, key, negated, values) => {
  expect(parseRouterExpectation(text)).toEqual({ key, negated, values });
});

test.each([
  ["verdict=drop", "unknown verdict 'drop'; one of: forward, own-network, no-route"],
  ["verdict=own-networks", "unknown verdict 'own-networks'; did you mean: own-network"],
  ["via=10.0.1", "via: '10.0.1' is not a whole IPv4 address; write all four parts, like 10.0.0.4"],
  [
    "tag=Storage",
    "--expect tag works only with the routes of a network interface; the tables of routers have: next-hop, via, prefix, verdict",
  ],
  ["rout=x", "unknown --expect key 'rout'; one of: next-hop, via, prefix, verdict"],
  ["prefixx=x", "unknown --expect key 'prefixx'; did you mean: prefix"],
])("an expectation about a router is refused: %s", (text, told) => {
  try {
    parseRouterExpectation(text);
    expect.fail("it was read");
  } catch (error) {
    if (!isExpectationError(error)) throw error;
    expect(`${error.message}; ${error.hint}`).toBe(told);
  }
});

/** What is not met by the answers of all instances to 10.1.2.3. */
function unmet(table: GatewayTable, ...expectations: readonly string[]): readonly string[] {
  const answers = explainGateway(table, parseAddress("10.1.2.3"));
  const parsed = expectations.map(parseRouterExpectation);
  return answers.flatMap((answer) => routerMismatches(answer, parsed, table.instances)).map(({ text }) => text);
}

const FIREWALL = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/azureFirewalls/fw";
const HUB = { kind: "hub" } as const;
const BY_NAME = {
  ...gatewayTableOf(["10.0.0.0/8 >10.0.0.4 :Virtual_Network_Connection"], HUB),
  names: new Map([["10.0.0.4", "nva01"]]),
};
const BY_ID = gatewayTableOf([`10.0.0.0/8 >${FIREWALL} :Azure_Firewall`], HUB);
const TWO = gatewayTableOf(["10.0.0.0/8 >10.0.0.4 >10.0.0.5 EBgp 1"]);

test.each<[string, GatewayTable, string, readonly string[]]>([
  ["its type of next hop", BY_NAME, "next-hop=virtual network connection", []],
  [
    "another type",
    BY_NAME,
    "next-hop=VPN_S2S_Gateway",
    ["next-hop VPN_S2S_Gateway, got Virtual Network Connection (10.0.0.0/8)"],
  ],
  ["the address of its next hop", BY_NAME, "via=10.0.0.4", []],
  ["another address", BY_NAME, "via=10.0.0.5", ["via 10.0.0.5, got 10.0.0.4 (10.0.0.0/8)"]],
  ["the name of its next hop", BY_NAME, "via=NVA01", []],
  ["one of several names", BY_NAME, "via=nva02,nva01", []],
  ["another name", BY_NAME, "via=nva02", ["via nva02, got 10.0.0.4 (10.0.0.0/8)"]],
  ["not that name", BY_NAME, "via!=nva01", ["via not nva01, got nva01 (10.0.0.0/8)"]],
  ["the name of a resource", BY_ID, "via=FW", []],
  ["the name of another resource", BY_ID, "via=fw2", ["via fw2, got fw (10.0.0.0/8)"]],
  ["an address in another spelling", gatewayTableOf(["10.0.0.0/8 >FD00:0::4 EBgp 1"]), "via=fd00::4", []],
  ["every next hop", TWO, "via=10.0.0.4,10.0.0.5", []],
  ["only one of two next hops", TWO, "via=10.0.0.4", ["via 10.0.0.4, got 10.0.0.4, 10.0.0.5 (10.0.0.0/8)"]],
  ["its prefix", TWO, "prefix=10.0.0.0/8", []],
  ["another prefix", TWO, "prefix=0.0.0.0/0", ["prefix 0.0.0.0/0, got 10.0.0.0/8"]],
  [
    "the longest prefix alone",
    gatewayTableOf(["10.0.0.0/8 >a EBgp 1", "10.1.0.0/16 >b EBgp 1"]),
    "prefix=10.1.0.0/16",
    [],
  ],
  ["its verdict", TWO, "verdict=forward", []],
  ["another verdict", TWO, "verdict=no-route", ["verdict no-route, got forward (10.0.0.0/8)"]],
  ["no route", gatewayTableOf([]), "verdict=no-route", []],
  ["a next hop without a route", gatewayTableOf([]), "via=10.0.0.4", ["via 10.0.0.4, got none (no-route)"]],
  ["the type of a next hop without an address", gatewayTableOf(["10.0.0.0/8 :Remote_Hub"], HUB), "via=Remote Hub", []],
  [
    "the verdict of a next hop that nothing names",
    gatewayTableOf(["10.0.0.0/8 Network w32768"]),
    "via=10.0.0.4",
    ["via 10.0.0.4, got own-network (10.0.0.0/8, own-network)"],
  ],
])("the answer of a router is judged by %s", (_, table, expectation, expected) => {
  expect(unmet(table, expectation)).toEqual(expected.map((text) => `10.1.2.3: expected ${text}`));
});

test("an answer that only some instances give names them", () => {
  const table = gatewayTableOf(["10.0.0.0/8 >a EBgp 1 @i1", "10.0.0.0/8 >b EBgp 1 @i2", "10.0.0.0/8 >b EBgp 1 @i3"]);
  expect(unmet(table, "via=a", "verdict=no-route")).toEqual([
    "10.1.2.3 at i1: expected verdict no-route, got forward (10.0.0.0/8)",
    "10.1.2.3 at i2, i3: expected via a, got b (10.0.0.0/8)",
    "10.1.2.3 at i2, i3: expected verdict no-route, got forward (10.0.0.0/8)",
  ]);
});
