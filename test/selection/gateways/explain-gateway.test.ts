import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import type { GatewayTable } from "../../../src/routes/gateways/gateway-table.ts";
import { explainGateway } from "../../../src/selection/gateways/explain-gateway.ts";
import { decisionsOf } from "../../../src/selection/gateways/instances.ts";
import {
  decisionNotes,
  GATEWAY_NOTE_IDS,
  type GatewayNoteId,
  tableNotes,
} from "../../../src/selection/gateways/notes.ts";
import { gatewayTableOf } from "./gateway-tables.ts";

const explained = (table: GatewayTable, to = "10.1.2.3") => explainGateway(table, parseAddress(to));

describe("an explanation", () => {
  test("of instances that agree is one, with the rows of all", () => {
    const table = gatewayTableOf([
      "10.0.0.0/8 >10.9.0.4 EBgp 65000 w5 @i1",
      "10.0.0.0/8 >i2 IBgp 65000 w5 @i1",
      "10.0.0.0/8 >10.9.0.4 EBgp 65000 w5 @i2",
      "10.0.0.0/8 >i1 IBgp 65000 w5 @i2",
    ]);
    const [answer, ...others] = explained(table);
    expect(others).toEqual([]);
    expect(answer).toMatchObject({
      verdict: "forward",
      level: "fine",
      instances: ["i1", "i2"],
      text: "10.9.0.4 by 10.0.0.0/8, EBgp, AS path 65000",
      nextHops: [{ text: "10.9.0.4", name: null }],
      rule: { id: "gateway-origin", status: "observed" },
      certainty: "inferred",
    });
    expect(
      answer?.candidates.map(({ nextHops, outcome, label, instances, count }) => [
        nextHops.map(({ name, text }) => name ?? text).join(),
        outcome,
        label,
        instances.join(),
        count,
      ]),
    ).toEqual([
      ["10.9.0.4", "won", "learned more directly", "i1,i2", 2],
      ["own instance", "lost", "IBgp comes after EBgp", "i1", 1],
      ["own instance", "lost", "IBgp comes after EBgp", "i2", 1],
    ]);
  });

  test("of instances that differ is one each, and doubtful", () => {
    const answers = explained(gatewayTableOf(["10.0.0.0/8 >a EBgp 1 w5 @i1", "0.0.0.0/0 >b EBgp 1 w5 @i2"]));
    expect(answers.map(({ instances, level, text }) => [instances.join(), level, text])).toEqual([
      ["i1", "warning", "a by 10.0.0.0/8, EBgp, AS path 1"],
      ["i2", "warning", "b by 0.0.0.0/0, EBgp, AS path 1"],
    ]);
  });

  test.each<[string, readonly string[], string, string]>([
    [
      "the gateway's own network",
      ["10.0.0.0/8 Network w5"],
      "own-network",
      "a network in Azure: the gateway's own route (10.0.0.0/8)",
    ],
    [
      "its own by a Route Server",
      ["10.0.0.0/8 >10.0.0.68 Network w5"],
      "own-network",
      "a network in Azure: the gateway's own route (10.0.0.0/8)",
    ],
    ["no route", ["11.0.0.0/8 >a EBgp w5"], "no-route", "NO ROUTE: no row of this table covers it"],
    [
      "a hub's resource",
      ["10.0.0.0/8 >/s/azureFirewalls/fw :Azure_Firewall /s/t"],
      "forward",
      "Azure Firewall fw by 10.0.0.0/8",
    ],
    ["a hub's blank next hop", ["10.0.0.0/8 :VPN_S2S_Gateway"], "forward", "VPN S2S Gateway by 10.0.0.0/8"],
    [
      "several next hops",
      ["10.0.0.0/8 >a EBgp 1 w5", "10.0.0.0/8 >b EBgp 1 w5"],
      "forward",
      "a, b by 10.0.0.0/8, EBgp, AS path 1",
    ],
  ])("of %s", (_, rows, verdict, text) => {
    expect(explained(gatewayTableOf(rows))).toMatchObject([{ verdict, text }]);
  });

  test.each<[rows: readonly string[], won: string, lost: string]>([
    [["10.1.0.0/16 >a w1", "10.0.0.0/8 >b w9"], "longest prefix", "/8 is shorter than /16"],
    [["10.0.0.0/8 Network w5", "10.0.0.0/8 >b IBgp w6"], "the gateway's own", "after the gateway's own"],
    [["10.0.0.0/8 >a 1-2 w9", "10.0.0.0/8 >b 1 w8"], "highest weight", "weight 8 < 9"],
    [
      ["10.0.0.0/8 >a 1-2 w0 l150", "10.0.0.0/8 >b 1 w0 l100"],
      "highest local preference",
      "local preference 100 < 150",
    ],
    [["10.0.0.0/8 >a 1-2 w5", "10.0.0.0/8 >b 1-1-1 w5"], "shortest AS path", "AS path of 3, not 2"],
    [["10.0.0.0/8 >a 1 EBgp w5", "10.0.0.0/8 >b 1 IBgp w5"], "learned more directly", "IBgp comes after EBgp"],
    [["10.0.0.0/8 >a 1 w0 *", "10.0.0.0/8 >b 1 w0 !*"], "marked as the best", "not marked as the best"],
  ])("of %j says in a few words why a row won and why one lost", (rows, won, lost) => {
    const [answer] = explained(gatewayTableOf(rows));
    expect(answer?.candidates.map(({ label }) => label)).toEqual([won, lost]);
  });

  test("names next hops that are known by address", () => {
    const names = new Map([["10.9.0.4", "nva1"]]);
    const table = { ...gatewayTableOf(["10.0.0.0/8 >10.9.0.4 EBgp w5"]), names };
    expect(explainGateway(table, parseAddress("10.0.0.1"))).toMatchObject([
      { text: "10.9.0.4 (nva1) by 10.0.0.0/8, EBgp", nextHops: [{ text: "10.9.0.4", name: "nva1" }] },
    ]);
  });
});

type NoteCase = readonly [
  id: GatewayNoteId,
  name: string,
  there: boolean,
  rows: readonly string[],
  table?: Partial<GatewayTable>,
];
const HUB = { kind: "hub" } as const;
const CIRCUIT = { kind: "circuit" } as const;

/** Notes of a whole table. */
const OF_TABLES: readonly NoteCase[] = [
  ["routing-intent", "a private range to a firewall", true, ["10.0.0.0/8 >/s/fw :Azure_Firewall"], HUB],
  ["routing-intent", "a network to a firewall", false, ["10.1.0.0/16 >/s/fw :Azure_Firewall"], HUB],
  ["routing-intent", "a private range to a gateway", false, ["10.0.0.0/8 >/s/er :ExpressRouteGateway"], HUB],
  ["empty-express-route-gateway", "the gateway of a hub", true, [], { ...HUB, scope: "ergw-hub1" }],
  ["empty-express-route-gateway", "a route table of a hub", false, [], { ...HUB, scope: "defaultRouteTable" }],
  ["empty-advertised", "an empty list", true, [], { kind: "gateway-advertised" }],
  ["empty-advertised", "learned routes", false, [], { kind: "gateway-learned" }],
  [
    "instances-differ",
    "a prefix of one instance",
    true,
    ["10.0.0.0/8 >a w1 @i1", "10.0.0.0/8 >a w1 @i2", "11.0.0.0/8 >a w1 @i2"],
  ],
  ["instances-differ", "an instance without routes", true, ["10.0.0.0/8 >a w1 @i1"], { instances: ["i1", "i2"] }],
  ["instances-differ", "the same prefixes", false, ["10.0.0.0/8 >a w1 @i1", "10.0.0.0/8 >b w1 @i2"]],
  ["instances-untold", "own routes of two instances", true, ["10.0.0.0/8 Network <i1 w1", "10.0.0.0/8 Network <i2 w1"]],
  ["instances-untold", "rows that say it", false, ["10.0.0.0/8 Network <i1 @i1 w1", "10.0.0.0/8 Network <i2 @i2 w1"]],
  ["as-path-missing", "a hub's table as text", true, ["10.0.0.0/8 >/s/x path?"], HUB],
  ["as-path-missing", "a hub's table as JSON", false, ["10.0.0.0/8 >/s/x"], HUB],
  [
    "best-mark-differs",
    "the longer path is marked",
    true,
    ["10.0.0.0/8 >a 1 w0 !*", "10.0.0.0/8 >b 1-2 w0 *"],
    CIRCUIT,
  ],
  [
    "best-mark-differs",
    "the shorter path is marked",
    false,
    ["10.0.0.0/8 >a 1 w0 *", "10.0.0.0/8 >b 1-2 w0 !*"],
    CIRCUIT,
  ],
  ["not-a-peer", "a next hop of another", true, ["10.0.0.0/8 >fw EBgp 1 w1 <nva"], { kind: "route-server-learned" }],
  ["not-a-peer", "the peer itself", false, ["10.0.0.0/8 >nva EBgp 1 w1 <nva"], { kind: "route-server-learned" }],
];

/** Notes of the answer for 10.1.2.3. */
const OF_ANSWERS: readonly NoteCase[] = [
  ["no-route-of-gateway", "nothing covers it", true, ["11.0.0.0/8 >a w1"]],
  ["no-route-of-gateway", "an empty table", true, []],
  ["no-route-of-gateway", "a hub", true, ["11.0.0.0/8 >a"], HUB],
  ["no-route-of-gateway", "advertised routes", true, ["11.0.0.0/8 >a"], { kind: "gateway-advertised" }],
  ["no-route-of-gateway", "something covers it", false, ["10.0.0.0/8 >a w1"]],
  ["empty-express-route-gateway", "the gateway of a hub", true, [], { ...HUB, scope: "ergw-hub1" }],
  ["empty-advertised", "an empty list", true, [], { kind: "gateway-advertised" }],
  ["empty-advertised", "rows of others", false, ["11.0.0.0/8 >a"], { kind: "gateway-advertised" }],
  ["routing-intent", "the range to the firewall wins", true, ["10.0.0.0/8 >/s/fw :Azure_Firewall"], HUB],
  ["routing-intent", "a longer prefix wins", false, ["10.0.0.0/8 >/s/fw :Azure_Firewall", "10.1.0.0/16 >/s/c :X"], HUB],
  ["own-instance", "only instances of its own", true, ["10.0.0.0/8 >i2 IBgp w1 @i1", "10.0.0.0/8 >i2 IBgp w1 @i2"]],
  ["own-instance", "another too", false, ["10.0.0.0/8 >i2 IBgp w1 @i1", "10.0.0.0/8 >x IBgp w1 @i1", "::/0 >x w1 @i2"]],
];

const asRow = (each: NoteCase) => [each[0], each[1], each[2], each] as const;

describe("notes", () => {
  test.each(OF_TABLES.map(asRow))("%s of a table: %s: %s", (_id, _name, _there, [id, , there, rows, table]) => {
    const found = tableNotes(gatewayTableOf(rows, table)).map((note) => note.id);
    expect(found.includes(id)).toBe(there);
  });

  test.each(OF_ANSWERS.map(asRow))("%s of an answer: %s: %s", (_id, _name, _there, [id, , there, rows, given]) => {
    const table = gatewayTableOf(rows, given);
    const [group] = decisionsOf(table, parseAddress("10.1.2.3"));
    const [decision] = group?.decisions ?? [];
    expect(
      decision &&
        decisionNotes(table, decision)
          .map((note) => note.id)
          .includes(id),
    ).toBe(there);
  });

  test.each(GATEWAY_NOTE_IDS)("%s has cases of both kinds", (id) => {
    const cases = [...OF_TABLES, ...OF_ANSWERS].filter(([of]) => of === id);
    expect(new Set(cases.map(([, , there]) => there))).toEqual(new Set([true, false]));
  });
});
