import { expect, test } from "vitest";
import { checkPolicy } from "../../../../src/analysis/policy/check.ts";
import { TableChecks } from "../../../../src/analysis/policy/expect/check-expect.ts";
import type { ExpectRule } from "../../../../src/analysis/policy/policy.ts";
import { policyOf, subject } from "../random-policies.ts";

const POLICY = policyOf(
  { to: "10.0.0.0/8", expect: { "next-hop": "VirtualAppliance" } },
  { to: "internet", except: "8.8.0.0/16", expect: { not: { verdict: "drop" } } },
);
const RULES = POLICY.rules as readonly ExpectRule[];
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.9.9.9";
const TABLES = [
  subject("a", NVA, "Default 10.1.0.0/16 VnetLocal", "Default 10.2.0.0/16 VNetPeering"),
  subject("b", NVA, "Default 10.1.0.0/16 VnetLocal"),
  subject("c", "Default 0.0.0.0/0 None"),
  subject("d"),
];

test("one table after the other has the results of all at once", () => {
  const checks = new TableChecks(null);
  const found = TABLES.map((table) => checks.of(RULES, table));
  const whole = checkPolicy(POLICY, TABLES, null).results;
  for (const [at, { id }] of RULES.entries()) {
    expect(found.map((results) => results[at])).toEqual(whole.filter(({ rule }) => rule.id === id));
  }
  expect(whole.map(({ status }) => status).join(" ")).toBe(
    "violated violated violated violated holds holds violated holds",
  );
});

test("tables with the same counter-examples share their texts", () => {
  const checks = new TableChecks(null);
  const [a, b] = TABLES.map((table) => checks.of(RULES, table)[0]?.counterExamples ?? []);
  const prefixesOf = (all: typeof a, text: string) => all?.find(({ prefixes }) => prefixes[0] === text)?.prefixes;
  expect(prefixesOf(a, "10.1.0.0/16")).toEqual(["10.1.0.0/16"]);
  expect(prefixesOf(a, "10.1.0.0/16")).toBe(prefixesOf(b, "10.1.0.0/16"));
});
