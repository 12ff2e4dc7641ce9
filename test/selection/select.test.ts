import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { explain } from "../../src/selection/explain.ts";
import { select } from "../../src/selection/select.ts";
import { referenceSelect } from "./reference.ts";
import { annotatedTable, row } from "./routes-for-tests.ts";
import { RULE_CASES } from "./rules-cases.ts";

describe("each rule decides as it says", () => {
  it.each(RULE_CASES)("$rule: $name", ({ rows, to, verdict, winners, rule, certainty, lost }) => {
    const explanation = explain(annotatedTable(...rows), parseAddress(to), null);
    const decision = select(rows.map(row), parseAddress(to));
    const reasons = [
      ...decision.losers.map((loser) => [loser.row.index, loser.reason]),
      ...decision.inactive.map((inactive) => [inactive.index, "inactive-route"]),
    ];
    expect({
      verdict: decision.verdict,
      winners: decision.winners.map((winner) => winner.index),
      rule: explanation.rule.id,
      certainty: explanation.certainty,
      lost: Object.fromEntries(reasons),
    }).toEqual({ verdict, winners, rule, certainty, lost });
  });
});

it.each([
  ["User 0.0.0.0/0 None 10.0.9.5 #dead", "User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #live", "live"],
  ["User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #live", "User 0.0.0.0/0 None 10.0.9.5 #dead", "live"],
  ["User 0.0.0.0/0 None 10.0.9.5 #dead", "User 0.0.0.0/0 None 10.0.9.6 #gone", "dead"],
])("of equal routes, the first that forwards is shown as the winner: %s and %s", (first, second, name) => {
  expect(explain(annotatedTable(first, second), parseAddress("8.8.8.8"), null).winner?.name).toBe(name);
});

describe("the reference reads the rules the same way", () => {
  it.each(RULE_CASES)("$rule: $name", ({ rows, to, verdict, winners, lost }) => {
    expect(referenceSelect(rows.map(row), parseAddress(to))).toEqual({ verdict, winners, lost });
  });
});

it("a hundred thousand rows and more for one address are each judged, and in words, in one pass", {
  tags: ["slow"],
}, () => {
  const kinds = [
    "User 10.0.0.0/8 VirtualAppliance 10.0.1.4",
    "User! 10.0.0.0/8 VirtualAppliance 10.0.1.5",
    "Default! 10.0.0.0/8 InterfaceEndpoint",
    "Default 10.0.0.0/8 VirtualNetworkServiceEndpoint",
    "VirtualNetworkGateway 10.1.0.0/16 VirtualNetworkGateway",
    "Default 10.0.0.0/8 VnetLocal",
  ];
  const rows = Array.from({ length: 160_000 }, (_, at) => kinds[at % (at < 80_000 ? 4 : 6)] ?? "");
  const table = annotatedTable(...kinds);
  const routes = rows.map((text) => table.routes[kinds.indexOf(text)]).filter((each) => each !== undefined);
  const many = { ...table, routes, table: { ...table.table, routes: routes.map(({ route }) => route) } };
  for (const address of ["10.0.0.1", "10.1.0.1"]) {
    const { candidates } = explain(many, parseAddress(address), null);
    const covering = rows.filter((text) => address === "10.1.0.1" || !text.includes("10.1."));
    expect(candidates.length).toBe(covering.length);
  }
});
