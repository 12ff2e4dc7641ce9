import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import type { GatewayRoute } from "../../../src/routes/gateways/gateway-table.ts";
import { decideGateway } from "../../../src/selection/gateways/decision.ts";
import { GATEWAY_RULES, type GatewayRuleId, gatewayRuleOf } from "../../../src/selection/gateways/rules.ts";
import { gatewayRow } from "./gateway-tables.ts";

/** The rule, what it says, the rows, the places of the winners, the rule by which each other row lost. */
const CASES: readonly (readonly [
  GatewayRuleId,
  string,
  readonly string[],
  readonly number[],
  Readonly<Record<number, GatewayRuleId>>,
])[] = [
  ["gateway-longest-prefix", "only covering rows compete", ["10.0.0.0/8 >a", "11.0.0.0/8 >b"], [0], {}],
  [
    "gateway-longest-prefix",
    "a longer prefix beats weight and AS path",
    ["10.0.0.0/8 >a w9", "10.1.0.0/16 >b 1-2-3 w1"],
    [1],
    { 0: "gateway-longest-prefix" },
  ],
  [
    "gateway-weight",
    "the higher weight beats a shorter AS path",
    ["10.0.0.0/8 >a 1-2 w32769", "10.0.0.0/8 >b 1 w32768"],
    [0],
    { 1: "gateway-weight" },
  ],
  [
    "gateway-local-preference",
    "a higher local preference beats a shorter AS path",
    ["10.0.0.0/8 >a 1 w0 l100", "10.0.0.0/8 >b 1-2 w0 l150"],
    [1],
    { 0: "gateway-local-preference" },
  ],
  [
    "gateway-as-path",
    "the shorter AS path wins, a repeated number counts each time",
    ["10.0.0.0/8 >a 1-1-1 w5", "10.0.0.0/8 >b 1-2 w5"],
    [1],
    { 0: "gateway-as-path" },
  ],
  [
    "gateway-own-network",
    "a route of the gateway's own beats a higher weight",
    ["10.0.0.0/8 Network w5", "10.0.0.0/8 >b IBgp w6"],
    [0],
    { 1: "gateway-own-network" },
  ],
  [
    "gateway-own-network",
    "a route of the router's own has no path",
    ["10.0.0.0/8 Network w5", "10.0.0.0/8 >b 1 EBgp w5"],
    [0],
    { 1: "gateway-own-network" },
  ],
  [
    "gateway-origin",
    "EBgp before IBgp",
    ["10.0.0.0/8 >a 1 IBgp w5", "10.0.0.0/8 >b 1 EBgp w5"],
    [1],
    { 0: "gateway-origin" },
  ],
  [
    "gateway-best-mark",
    "of level rows the marked one",
    ["10.0.0.0/8 >a 1 w0 !*", "10.0.0.0/8 >b 1 w0 *"],
    [1],
    { 0: "gateway-best-mark" },
  ],
  [
    "gateway-weight",
    "a row without an origin is not compared by it",
    ["10.0.0.0/8 >a 1 w5 IBgp", "10.0.0.0/8 >b 1 w4", "10.0.0.0/8 >a 1 w5"],
    [0, 2],
    { 1: "gateway-weight" },
  ],
  ["gateway-equal", "nor one of an unknown origin", ["10.0.0.0/8 >a 1 EBgp w5", "10.0.0.0/8 >b 1 Igp w5"], [0, 1], {}],
  [
    "gateway-equal",
    "a mark counts only where every row says whether it has one",
    ["10.0.0.0/8 >a 1 w5 *", "10.0.0.0/8 >b 1 w5"],
    [0, 1],
    {},
  ],
  ["gateway-equal", "a row with two next hops shares the traffic by itself", ["10.0.0.0/8 >a >b 1 w5"], [0], {}],
  [
    "gateway-as-path",
    "of several, each row lost by the rule that took it out, and the last rule decided",
    ["0.0.0.0/0 >a", "10.0.0.0/8 >a 1-2 w5", "10.0.0.0/8 >b 1 w5", "10.0.0.0/8 >c 1 w4"],
    [2],
    { 1: "gateway-as-path", 3: "gateway-weight", 0: "gateway-longest-prefix" },
  ],
  ["gateway-equal", "level rows share the traffic", ["10.0.0.0/8 >a 1 EBgp w5", "10.0.0.0/8 >b 1 EBgp w5"], [0, 1], {}],
  [
    "gateway-equal",
    "and a worse row still lost by its own rule",
    ["10.0.0.0/8 >a 1 w5", "10.0.0.0/8 >b 1 w5", "10.0.0.0/8 >c 1 w4"],
    [0, 1],
    { 2: "gateway-weight" },
  ],
  [
    "gateway-longest-prefix",
    "two rows to one next hop are not several",
    ["10.0.0.0/8 >a 1 w5 <x", "10.0.0.0/8 >a 1 w5 <y"],
    [0, 1],
    {},
  ],
  [
    "gateway-equal",
    "AS paths count only where every row has one",
    ["10.0.0.0/8 >a path?", "10.0.0.0/8 >b 1-2-3"],
    [0, 1],
    {},
  ],
  ["gateway-no-route", "nothing covers it", ["11.0.0.0/8 >a", "::/0 >b"], [], {}],
];

describe("rules of gateways", () => {
  test.each(CASES)("%s: %s", (rule, _, texts, winners, lost) => {
    const rows = texts.map(gatewayRow);
    const decision = decideGateway(rows, parseAddress("10.1.2.3"));
    expect(decision.rule).toBe(rule);
    expect(decision.winners.map((row) => rows.indexOf(row))).toEqual(winners);
    expect(Object.fromEntries(decision.losers.map(({ route, reason }) => [rows.indexOf(route), reason]))).toEqual(lost);
  });

  test("the last row to lose is the first of the losers", () => {
    const rows = ["0.0.0.0/0 >a", "10.0.0.0/8 >a 1-2 w5", "10.0.0.0/8 >b 1 w5", "10.0.0.0/8 >c 1 w4"].map(gatewayRow);
    const { losers } = decideGateway(rows, parseAddress("10.1.2.3"));
    expect(losers.map(({ reason }) => reason)).toEqual(["gateway-as-path", "gateway-weight", "gateway-longest-prefix"]);
  });

  test("each rule has a case, a source and a sentence", () => {
    expect(new Set(CASES.map(([rule]) => rule))).toEqual(new Set(GATEWAY_RULES.map(({ id }) => id)));
    for (const { id, source, text } of GATEWAY_RULES) {
      expect(gatewayRuleOf(id).source).toBe(source);
      expect(source).toMatch(/^https:\/\//);
      expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });

  const row = fc
    .record({
      length: fc.constantFrom(8, 16, 24),
      weight: fc.constantFrom(1, 2),
      path: fc.array(fc.constantFrom(1, 2), { maxLength: 3 }),
      origin: fc.constantFrom("EBgp", "IBgp", "Network"),
      hop: fc.constantFrom("a", "b", "c"),
    })
    .map(({ length, weight, path, origin, hop }) =>
      gatewayRow(`10.0.0.0/${length} >${hop} ${origin} w${weight}${path.length > 0 ? ` ${path.join("-")}` : ""}`),
    );

  test("no row beats a winner, in whatever order the rows are", () => {
    const key = ({ prefix, weight, asPath, origin }: GatewayRoute) => [
      prefix.length,
      Number(origin === "Network"),
      weight ?? 0,
      -(asPath?.length ?? 0),
      ["IBgp", "EBgp", "Network"].indexOf(origin ?? ""),
    ];
    const compare = (a: readonly number[], b: readonly number[]) =>
      a.map((each, at) => each - (b[at] ?? 0)).find((each) => each !== 0) ?? 0;
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const best = rows.map(key).reduce((a, b) => (compare(a, b) >= 0 ? a : b));
        const expected = rows.filter((each) => compare(key(each), best) === 0);
        const address = parseAddress("10.0.0.1");
        expect(decideGateway(rows, address).winners).toEqual(expected);
        expect(new Set(decideGateway(rows.toReversed(), address).winners)).toEqual(new Set(expected));
      }),
    );
  });
});
