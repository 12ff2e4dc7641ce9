import { describe, expect, test } from "vitest";
import type { CoveringRow } from "../../src/selection/covering.ts";
import type { Decision, Verdict } from "../../src/selection/decision.ts";
import { diagnose } from "../../src/selection/diagnosis.ts";
import { explainDecision } from "../../src/selection/explain.ts";
import { loserLabel, winnerLabel } from "../../src/selection/labels.ts";
import type { RuleId } from "../../src/selection/rules.ts";
import { loserText, ruleText } from "../../src/selection/wording.ts";
import { annotatedTable, row } from "./routes-for-tests.ts";

/** Decisions that no table leads to. Code that makes one gets an error that names what is wrong. */
const decision = (verdict: Verdict, rule: RuleId, winners: readonly CoveringRow[] = []): Decision => ({
  ...{ verdict, rule, winners, losers: [], inactive: [] },
});
const route = row("User 10.0.0.0/8 VirtualAppliance 10.0.9.4");
const [prefix] = route.addressPrefix;
if (prefix === undefined) throw new Error("the row has a prefix");
const WINNER: CoveringRow = { route, index: 0, prefix, place: 0 };
const TABLE = annotatedTable("User 10.0.0.0/8 VirtualAppliance 10.0.9.4");

const subjectOf = (of: Decision, winner: "some" | "none") => ({
  decision: of,
  table: TABLE.table,
  winner:
    winner === "none"
      ? null
      : {
          ...{ addressPrefix: "10.0.0.0/8", source: "User", name: null, nextHopType: "VirtualAppliance" },
          ...{ nextHopIpAddress: [], serviceTag: null, serviceEndpoint: null },
        },
  scope: "internet" as const,
  family: 4 as const,
  serviceTag: null,
});

describe("a decision that contradicts itself is an error", () => {
  test.each<[what: string, fails: () => unknown, message: string]>([
    [
      "to drop, without a winner",
      () => explainDecision(decision("drop", "no-route"), TABLE),
      "a decision to drop without a winner",
    ],
    [
      "to drop, diagnosed without a row",
      () => diagnose(subjectOf(decision("drop", "longest-prefix"), "some")),
      "a drop without a winner",
    ],
    [
      "to drop, diagnosed without the names of its winner",
      () => diagnose(subjectOf(decision("drop", "longest-prefix", [WINNER]), "none")),
      "a drop without a winner",
    ],
    [
      "to forward, diagnosed without the names of its winner",
      () => diagnose(subjectOf(decision("forward", "longest-prefix", [WINNER]), "none")),
      "a forwarding decision without a winner",
    ],
    [
      "to forward, diagnosed without a row",
      () => diagnose(subjectOf(decision("forward", "longest-prefix"), "some")),
      "a forwarding decision without a next hop",
    ],
    ...(["loserText", "loserLabel"] as const).map((name): [string, () => unknown, string] => [
      `with a loser, without a winner: ${name}`,
      () => ({ loserText, loserLabel })[name](WINNER, "longest-prefix", decision("no-route", "no-route")),
      "a row lost by longest-prefix to no winner",
    ]),
    ...(["inactive-route", "equal-cost", "no-route"] as const).flatMap((reason): [string, () => unknown, string][] => [
      [
        `with a loser by ${reason}`,
        () => loserText(WINNER, reason, decision("forward", "longest-prefix", [WINNER])),
        `no row loses by ${reason}`,
      ],
      [
        `with a loser by ${reason}, in a few words`,
        () => loserLabel(WINNER, reason, decision("forward", "longest-prefix", [WINNER])),
        `no row loses by ${reason}`,
      ],
    ]),
    ...(["platform-address", "inactive-route", "no-route"] as const).map((rule): [string, () => unknown, string] => [
      `with a winner by ${rule}, in a few words`,
      () => winnerLabel(WINNER, decision("forward", rule, [WINNER])),
      `no row wins by ${rule}`,
    ]),
    ...(["inactive-route", "no-route"] as const).map((rule): [string, () => unknown, string] => [
      `with a winner by ${rule}`,
      () => ruleText(decision("forward", rule, [WINNER])),
      `no row wins by ${rule}`,
    ]),
    [
      "by a rule that took no row out",
      () => ruleText(decision("forward", "source-precedence", [WINNER])),
      "no row lost by source-precedence",
    ],
    [
      "with a loser to a system route, without one",
      () => loserText(WINNER, "system-over-bgp", decision("forward", "longest-prefix", [WINNER])),
      "no system route comes before BGP",
    ],
  ])("%s", (_, fails, message) => {
    expect(fails).toThrow(new RangeError(message));
  });
});
