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

describe("the reference reads the rules the same way", () => {
  it.each(RULE_CASES)("$rule: $name", ({ rows, to, verdict, winners, lost }) => {
    expect(referenceSelect(rows.map(row), parseAddress(to))).toEqual({ verdict, winners, lost });
  });
});
