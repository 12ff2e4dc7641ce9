import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import type { GatewayTable } from "../../../src/routes/gateways/gateway-table.ts";
import { explainGateway, winningPrefix } from "../../../src/selection/gateways/explain-gateway.ts";
import { decisionsOf } from "../../../src/selection/gateways/instances.ts";
import {
  decisionNotes,
  GATEWAY_NOTE_IDS,
  type GatewayNote,
  type GatewayNoteId,
  tableNotes,
} from "../../../src/selection/gateways/notes.ts";
import { gatewayTableOf } from "./gateway-tables.ts";

const HUB = { kind: "hub" } as const;
const CIRCUIT = { kind: "circuit" } as const;
const SERVER = { kind: "route-server-learned" } as const;

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
    [
      "a row without next hop and type",
      ["10.0.0.0/8 EBgp 1"],
      "forward",
      "an unnamed next hop by 10.0.0.0/8, EBgp, AS path 1",
    ],
    ["a row that leaves out its AS path", ["10.0.0.0/8 >a path? w5"], "forward", "a by 10.0.0.0/8"],
    [
      "one next hop of two rows",
      ["10.0.0.0/8 >a 1-2 w5 <x", "10.0.0.0/8 >a 1-2 w5 <y"],
      "forward",
      "a by 10.0.0.0/8, AS path 1-2",
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

  test.each<[string, string, readonly string[], Partial<GatewayTable>?]>([
    ["fine", "without notes", ["10.0.0.0/8 >a EBgp w5 @i1", "10.0.0.0/8 >a EBgp w5 @i2"]],
    ["fine", "with a remark only", ["10.0.0.0/8 >a path?"]],
    ["warning", "that loops", ["10.0.0.0/8 >i1 IBgp w5 @i1"]],
    ["warning", "with a problem", ["10.0.0.0/8 >a 1 w0 !*", "10.0.0.0/8 >b 1-2 w0 *"], CIRCUIT],
    ["problem", "without a route", ["11.0.0.0/8 >a"]],
  ])("is %s %s", (level, _, rows, table) => {
    expect(explained(gatewayTableOf(rows, table)).map((answer) => answer.level)).toEqual([level]);
  });

  test("of a name has it, and one without a route has no rows", () => {
    const table = gatewayTableOf(["11.0.0.0/8 >a w1"]);
    expect(explainGateway(table, parseAddress("10.1.2.3"), { hostName: "app.contoso.com" })).toEqual([
      {
        destination: "10.1.2.3",
        hostName: "app.contoso.com",
        verdict: "no-route",
        text: "NO ROUTE: no row of this table covers it",
        level: "problem",
        instances: [],
        nextHops: [],
        rule: {
          id: "gateway-no-route",
          status: "inferred",
          source: "https://www.rfc-editor.org/rfc/rfc4271#section-9.1.2.2",
          text: "The router has no route for an address that no row covers.",
        },
        certainty: "inferred",
        candidates: [],
        notes: [expect.objectContaining({ id: "no-route-of-gateway" })],
      },
    ]);
  });

  test("has the prefix of its winner, if there is one", () => {
    const rows = ["0.0.0.0/0 >a", "10.0.0.0/8 >a"];
    expect(explained(gatewayTableOf(rows)).map(winningPrefix)).toEqual(["10.0.0.0/8"]);
    expect(explained(gatewayTableOf([])).map(winningPrefix)).toEqual([null]);
  });

  test("of a row that does not say its instance counts for each", () => {
    const answers = explained(gatewayTableOf(["10.0.0.0/8 >a", "11.0.0.0/8 >b @i1", "12.0.0.0/8 >b @i2"]));
    expect(answers.map(({ instances, text }) => [instances, text])).toEqual([[["i1", "i2"], "a by 10.0.0.0/8"]]);
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
  says: string | null,
  rows: readonly string[],
  table?: Partial<GatewayTable>,
];

const INTENT =
  "With routing intent, a hub shows only these ranges to its firewall. The routes of its connections and circuits show where the firewall sends the packet: --connection, --circuit.";
const EMPTY_GATEWAY =
  "Azure returns an empty list for the ExpressRoute gateway of a hub. That does not mean that it has no routes. Ask the circuit instead: routes --circuit NAME --path primary.";
const EMPTY_ADVERTISED =
  "Azure often returns an empty list of advertised routes although the peer learns some. Check what the other side learned.";
const NO_PATHS = "This export leaves out AS paths, so routes with the same prefix look alike; az ... -o json has them.";
const UNLEARNED = "The peer does not learn a route to this address from here. It may have one from elsewhere.";
const MARKED_OTHERWISE =
  "The circuit marks a different row as best than weight, local preference and AS path select: 10.0.0.0/8. The circuit decides.";
const DROPPED = "Without a route the packet is dropped.";

/** Notes of a whole table. */
const OF_TABLES: readonly NoteCase[] = [
  ["routing-intent", "a private range to a firewall", INTENT, ["10.0.0.0/8 >/s/fw :Azure_Firewall"], HUB],
  ["routing-intent", "another private range", INTENT, ["172.16.0.0/12 >/s/fw :Azure_Firewall"], HUB],
  [
    "routing-intent",
    "the third private range to an appliance",
    INTENT,
    ["192.168.0.0/16 >/s/nva :network_Appliance"],
    HUB,
  ],
  ["routing-intent", "everything to a firewall", INTENT, ["10.1.0.0/16 >/s/c :X", "0.0.0.0/0 >/s/fw :FIREWALL"], HUB],
  ["routing-intent", "a network to a firewall", null, ["10.1.0.0/16 >/s/fw :Azure_Firewall"], HUB],
  ["routing-intent", "a private range to a gateway", null, ["10.0.0.0/8 >/s/er :ExpressRouteGateway"], HUB],
  ["routing-intent", "a private range to a next hop without a type", null, ["10.0.0.0/8 >/s/fw"], HUB],
  ["routing-intent", "such a row of a gateway", null, ["10.0.0.0/8 >/s/fw :Azure_Firewall"]],
  ["empty-express-route-gateway", "the gateway of a hub", EMPTY_GATEWAY, [], { ...HUB, scope: "ergw-hub1" }],
  ["empty-express-route-gateway", "it by its ID", EMPTY_GATEWAY, [], { ...HUB, scope: "/s/expressRouteGateways/g" }],
  ["empty-express-route-gateway", "it by the singular", EMPTY_GATEWAY, [], { ...HUB, scope: "/s/ExpressRouteGateway" }],
  ["empty-express-route-gateway", "it by its type", EMPTY_GATEWAY, [], { ...HUB, scope: "the expressroute one" }],
  ["empty-express-route-gateway", "a route table of a hub", null, [], { ...HUB, scope: "defaultRouteTable" }],
  ["empty-express-route-gateway", "a table named in the middle so", null, [], { ...HUB, scope: "not-ergw" }],
  ["empty-express-route-gateway", "a hub's table without a scope", null, [], HUB],
  ["empty-express-route-gateway", "a gateway of no hub", null, [], { scope: "ergw-1" }],
  ["empty-express-route-gateway", "it with rows", null, ["10.0.0.0/8 >a"], { ...HUB, scope: "ergw-hub1" }],
  ["empty-advertised", "an empty list", EMPTY_ADVERTISED, [], { kind: "gateway-advertised" }],
  ["empty-advertised", "learned routes", null, [], { kind: "gateway-learned" }],
  ["empty-advertised", "a hub", null, [], { ...HUB, scope: "defaultRouteTable" }],
  [
    "instances-differ",
    "a prefix of one instance",
    "The instances differ: only some of them have 11.0.0.0/8. A packet may reach any instance.",
    ["10.0.0.0/8 >a w1 @i1", "10.0.0.0/8 >a w1 @i2", "11.0.0.0/8 >a w1 @i2"],
  ],
  [
    "instances-differ",
    "three prefixes of one instance are all listed",
    "The instances differ: only some of them have 10.0.0.0/8, 11.0.0.0/8, 12.0.0.0/8. A packet may reach any instance.",
    ["10.0.0.0/8 >a @i1", "11.0.0.0/8 >a @i2", "12.0.0.0/8 >a @i2"],
  ],
  [
    "instances-differ",
    "of more the first three are",
    "The instances differ: only some of them have 10.0.0.0/8, 11.0.0.0/8, 12.0.0.0/8 and 2 more. A packet may reach any instance.",
    ["10.0.0.0/8 >a @i1", "11.0.0.0/8 >a @i2", "12.0.0.0/8 >a @i2", "13.0.0.0/8 >a @i2", "14.0.0.0/8 >a @i1"],
  ],
  [
    "instances-differ",
    "an instance without routes",
    "i2 has no routes, so traffic that arrives there goes elsewhere.",
    ["10.0.0.0/8 >a w1 @i1"],
    { instances: ["i1", "i2"] },
  ],
  [
    "instances-differ",
    "two without",
    "i2, i3 have no routes, so traffic that arrives there goes elsewhere.",
    ["10.0.0.0/8 >a w1 @i1"],
    { instances: ["i1", "i2", "i3"] },
  ],
  ["instances-differ", "the same prefixes", null, ["10.0.0.0/8 >a w1 @i1", "10.0.0.0/8 >b w1 @i2"]],
  ["instances-differ", "two rows of one", null, ["10.0.0.0/8 >a @i1", "10.0.0.0/8 >b @i1", "10.0.0.0/8 >b @i2"]],
  ["instances-differ", "the only instance", null, ["10.0.0.0/8 >a @i1", "11.0.0.0/8 >a @i1"]],
  [
    "instances-differ",
    "a row that does not say its instance",
    null,
    ["10.0.0.0/8 >a @i1", "11.0.0.0/8 >a @i2", "12.0.0.0/8 >a"],
  ],
  [
    "instances-untold",
    "own routes of two instances",
    "This export has the rows of several instances and does not say which row belongs to which; az ... -o json does.",
    ["10.0.0.0/8 Network <i1 w1", "10.0.0.0/8 Network <i2 w1"],
  ],
  ["instances-untold", "rows that say it", null, ["10.0.0.0/8 Network <i1 @i1 w1", "10.0.0.0/8 Network <i2 @i2 w1"]],
  ["instances-untold", "own routes of one instance", null, ["10.0.0.0/8 Network <i1", "11.0.0.0/8 Network <i1"]],
  [
    "instances-untold",
    "a Route Server",
    null,
    ["10.0.0.0/8 Network <i1 w1", "10.0.0.0/8 Network <i2 w1"],
    { kind: "route-server-learned" },
  ],
  ["as-path-missing", "a hub's table as text", NO_PATHS, ["10.0.0.0/8 >/s/x path?"], HUB],
  ["as-path-missing", "one row of it", NO_PATHS, ["11.0.0.0/8 >/s/x", "10.0.0.0/8 >/s/x path?"], HUB],
  ["as-path-missing", "a hub's table as JSON", null, ["10.0.0.0/8 >/s/x"], HUB],
  [
    "best-mark-differs",
    "the longer path is marked",
    MARKED_OTHERWISE,
    ["10.0.0.0/8 >a 1 w0 !*", "10.0.0.0/8 >b 1-2 w0 *"],
    CIRCUIT,
  ],
  [
    "best-mark-differs",
    "of two prefixes one",
    MARKED_OTHERWISE,
    ["11.0.0.0/8 >a 1 *", "10.0.0.0/8 >a 1 !*", "10.0.0.0/8 >b 1-2 *", "10.0.0.0/7 >b 1"],
    CIRCUIT,
  ],
  [
    "best-mark-differs",
    "the shorter path is marked",
    null,
    ["10.0.0.0/8 >a 1 w0 *", "10.0.0.0/8 >b 1-2 w0 !*"],
    CIRCUIT,
  ],
  ["best-mark-differs", "a longer prefix is no rival", null, ["10.0.0.0/8 >a 1 *", "10.0.0.0/16 >b 1 *"], CIRCUIT],
  ["best-mark-differs", "marks of no circuit", null, ["10.0.0.0/8 >a 1 !*", "10.0.0.0/8 >b 1-2 *"]],
  [
    "not-a-peer",
    "a next hop of another",
    "The next hop fw is not the peer nva that announced the route: Azure sends the traffic straight to that address.",
    ["10.0.0.0/8 >fw EBgp 1 w1 <nva"],
    SERVER,
  ],
  [
    "not-a-peer",
    "a resource",
    "The next hop fw is not the peer nva2 that announced the route: Azure sends the traffic straight to that address.",
    ["10.0.0.0/8 >nva <nva", "10.0.0.0/8 >/s/vms/fw <nva2"],
    SERVER,
  ],
  ["not-a-peer", "the peer itself", null, ["10.0.0.0/8 >nva EBgp 1 w1 <nva"], SERVER],
  ["not-a-peer", "the peer in another case", null, ["10.0.0.0/8 >fd00::A <fd00::a"], SERVER],
  ["not-a-peer", "no peer", null, ["10.0.0.0/8 >fw EBgp 1 w1"], SERVER],
  ["not-a-peer", "no next hop", null, ["10.0.0.0/8 EBgp 1 w1 <nva"], SERVER],
  ["not-a-peer", "a gateway", null, ["10.0.0.0/8 >fw EBgp 1 w1 <nva"]],
];

/** Notes of the answer for 10.1.2.3. */
const OF_ANSWERS: readonly NoteCase[] = [
  [
    "no-route-of-gateway",
    "nothing covers it",
    "Documents and field tests disagree on what a gateway does then: follow the route table of its GatewaySubnet, or drop the packet.",
    ["11.0.0.0/8 >a w1"],
  ],
  ["no-route-of-gateway", "an empty table", "An empty table has no answer for any address.", []],
  ["no-route-of-gateway", "a hub", DROPPED, ["11.0.0.0/8 >a"], HUB],
  ["no-route-of-gateway", "advertised routes", UNLEARNED, ["11.0.0.0/8 >a"], { kind: "gateway-advertised" }],
  ["no-route-of-gateway", "those of a Route Server", UNLEARNED, ["11.0.0.0/8 >a"], { kind: "route-server-advertised" }],
  ["no-route-of-gateway", "what a Route Server learned", DROPPED, ["11.0.0.0/8 >a"], SERVER],
  ["no-route-of-gateway", "something covers it", null, ["10.0.0.0/8 >a w1"]],
  ["empty-express-route-gateway", "the gateway of a hub", EMPTY_GATEWAY, [], { ...HUB, scope: "ergw-hub1" }],
  ["empty-advertised", "an empty list", EMPTY_ADVERTISED, [], { kind: "gateway-advertised" }],
  ["empty-advertised", "rows of others", null, ["11.0.0.0/8 >a"], { kind: "gateway-advertised" }],
  ["routing-intent", "the range to the firewall wins", INTENT, ["10.0.0.0/8 >/s/fw :Azure_Firewall"], HUB],
  ["routing-intent", "one of equal rows", INTENT, ["10.0.0.0/8 >/s/c :X", "10.0.0.0/8 >/s/fw :Azure_Firewall"], HUB],
  ["routing-intent", "a longer prefix wins", null, ["10.0.0.0/8 >/s/fw :Azure_Firewall", "10.1.0.0/16 >/s/c :X"], HUB],
  ["as-path-missing", "a winner without one", NO_PATHS, ["10.0.0.0/8 >a path?"]],
  ["as-path-missing", "only a loser without one", null, ["0.0.0.0/0 >a path?", "10.0.0.0/8 >b 1"]],
  ["as-path-missing", "no winner", null, ["11.0.0.0/8 >a path?"]],
  [
    "best-mark-differs",
    "the marked row loses",
    MARKED_OTHERWISE,
    ["10.0.0.0/8 >a 1 !*", "10.0.0.0/8 >b 1-2 *"],
    CIRCUIT,
  ],
  [
    "best-mark-differs",
    "that of another prefix does",
    null,
    ["10.0.0.0/8 >a 1 *", "11.0.0.0/8 >a 1", "11.0.0.0/8 >b 1-2 *"],
    CIRCUIT,
  ],
  [
    "own-instance",
    "only instances of its own",
    "The best next hop is an instance of this gateway itself. Unless that instance has another way out, the packet loops.",
    ["10.0.0.0/8 >i2 IBgp w1 @i1", "10.0.0.0/8 >i2 IBgp w1 @i2"],
  ],
  ["own-instance", "another too", null, ["10.0.0.0/8 >i2 IBgp w1 @i1", "10.0.0.0/8 >x IBgp w1 @i1", "::/0 >x w1 @i2"]],
  ["own-instance", "no next hop", null, ["10.0.0.0/8 Network w1 @i1", "::/0 >x w1 @i2"]],
  ["own-instance", "a Route Server", null, ["10.0.0.0/8 >i1 IBgp w1 @i1"], SERVER],
  [
    "not-a-peer",
    "the winner's next hop is another",
    "The next hop fw is not the peer nva that announced the route: Azure sends the traffic straight to that address.",
    ["10.0.0.0/8 >fw <nva"],
    SERVER,
  ],
  ["not-a-peer", "only a loser's is", null, ["10.0.0.0/8 >nva <nva", "0.0.0.0/0 >fw <nva"], SERVER],
];

const LEVELS: Readonly<Record<GatewayNoteId, GatewayNote["level"]>> = {
  "no-route-of-gateway": "remark",
  "routing-intent": "remark",
  "empty-express-route-gateway": "problem",
  "empty-advertised": "problem",
  "instances-differ": "problem",
  "instances-untold": "remark",
  "as-path-missing": "remark",
  "best-mark-differs": "problem",
  "own-instance": "remark",
  "not-a-peer": "remark",
};

function expectNote(notes: readonly GatewayNote[], [id, , says]: NoteCase) {
  const found = notes.filter((note) => note.id === id);
  expect(found).toEqual(says === null ? [] : [{ id, level: LEVELS[id], text: says }]);
}

const titled = (each: NoteCase) => ({ each, title: `${each[0]}: ${each[1]}: ${each[2] === null ? "no" : "yes"}` });

describe("notes", () => {
  test.each(OF_TABLES.map(titled))("of a table: $title", ({ each }) => {
    const [, , , rows, table] = each;
    expectNote(tableNotes(gatewayTableOf(rows, table)), each);
  });

  test.each(OF_ANSWERS.map(titled))("of an answer: $title", ({ each }) => {
    const [, , , rows, given] = each;
    const table = gatewayTableOf(rows, given);
    const decisions = decisionsOf(table, parseAddress("10.1.2.3")).flatMap((group) => group.decisions);
    expectNote(
      decisions.slice(0, 1).flatMap((decision) => decisionNotes(table, decision)),
      each,
    );
  });

  test.each(GATEWAY_NOTE_IDS)("%s has cases of both kinds", (id) => {
    const cases = [...OF_TABLES, ...OF_ANSWERS].filter(([of]) => of === id);
    expect(new Set(cases.map(([, , says]) => says === null))).toEqual(new Set([true, false]));
  });
});
