import { expect, test } from "vitest";
import {
  destinationsOf,
  isPolicyError,
  policyError,
  policyNeedsInventory,
  policyNeedsTags,
  policyNeedsTraces,
} from "../../../src/analysis/policy/policy.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { policyOf } from "./random-policies.ts";

const DROP = { verdict: "drop" };

test.each<[object, string, readonly string[]]>([
  [{ to: "internet", except: "10.0.0.1", expect: DROP }, "", ["internet", "10.0.0.1"]],
  [{ to: "tag:Sql", expect: DROP }, "tags", ["tag:Sql"]],
  [{ to: "internet", except: "tag:Sql", expect: DROP }, "tags", ["internet", "tag:Sql"]],
  [{ to: "internet", expect: [DROP, { not: { tag: "Sql" } }] }, "tags", ["internet"]],
  [{ symmetric: true }, "", []],
  [{ symmetric: { a: "10.0.0.0/8", b: ["tag:Sql", "internet"] } }, "tags", ["10.0.0.0/8", "tag:Sql", "internet"]],
  [{ inventory: "peerings-connected" }, "inventory", []],
  [{ reach: { from: "h", to: "internet", except: "10.0.0.1" } }, "traces", ["internet", "10.0.0.1"]],
  [{ reach: { from: "h", to: "tag:Sql" } }, "tags traces", ["tag:Sql"]],
])("a policy of %j needs %j, and names its destinations", (rule, needs, named) => {
  // A rule that needs nothing is beside it, before and after.
  const none = { to: "private", expect: DROP };
  const policy = policyOf(none, rule, none);
  const found = { tags: policyNeedsTags, inventory: policyNeedsInventory, traces: policyNeedsTraces };
  const needed = Object.entries(found).flatMap(([what, isNeeded]) => (isNeeded(policy) ? [what] : []));
  expect(needed.join(" ")).toBe(needs);
  expect(policy.rules[1] && destinationsOf(policy.rules[1]).map(({ destination }) => destination.text)).toEqual(named);
});

test.each([
  ["of a policy", policyError("p.yaml", [{ line: 1, message: "no", hint: "yes" }]), true],
  ["another of the user's", new UserError("result-too-large", "no", "yes"), false],
  ["a bug", new RangeError("no"), false],
])("an error is that of an invalid policy, or not: %s", (_, error, expected) => {
  expect(isPolicyError(error)).toBe(expected);
});
