import { expect, test } from "vitest";
import { DecisionExplanations } from "../../../../src/analysis/policy/expect/explanations.ts";
import { AddressesOfRules } from "../../../../src/analysis/policy/expect/rule-addresses.ts";
import type { ExpectRule } from "../../../../src/analysis/policy/policy.ts";
import { parseAddress } from "../../../../src/net/address.ts";
import { prefixesOf } from "../../../../src/net/address-ranges.ts";
import { formatPrefix } from "../../../../src/net/prefix.ts";
import { explain } from "../../../../src/selection/explain.ts";
import { tagsOf } from "../../../service-tags/tags-for-tests.ts";
import { policyOf, subject } from "../random-policies.ts";

const TAGS = tagsOf({ Storage: ["10.0.0.0/24", "10.0.2.0/24"], Sql: ["10.0.2.0/23"], Far: ["20.0.0.0/8"] });

test("explanations are those of explain, and share what a decision says", () => {
  const { annotated, table } = subject("t", "Default 10.0.0.0/16 VnetLocal", "Default 0.0.0.0/0 Internet");
  const explanations = new DecisionExplanations(TAGS);
  const [one, other, same] = ["10.0.0.1", "8.8.8.8", "10.0.2.1"].map((text) => {
    const address = parseAddress(text);
    const found = explanations.of(table.select(address), address, annotated);
    expect(found).toEqual(explain(annotated, address, TAGS));
    return found;
  });
  expect(same?.candidates).toBe(one?.candidates);
  expect(other?.candidates).not.toBe(one?.candidates);
});

test("the addresses of a rule are worked out once for tables with IPv6 rows, and once for others", () => {
  const [rule, second] = policyOf(
    { to: ["10.0.0.0/8", "tag:Storage"], expect: { verdict: "drop" } },
    { to: "11.0.0.0/8", expect: { verdict: "drop" } },
  ).rules as [ExpectRule, ExpectRule];
  const addresses = new AddressesOfRules(TAGS);
  const v4 = addresses.of(rule, subject("a", "Default 10.0.0.0/16 VnetLocal"));
  const both = addresses.of(rule, subject("b", "Default ::/0 Internet"));
  expect(addresses.of(rule, subject("c"))).toBe(v4);
  expect(addresses.of(rule, subject("d", "Default fd00::/8 VnetLocal"))).toBe(both);
  expect(both).not.toBe(v4);
  expect(addresses.of(second, subject("e"))).not.toBe(v4);
});

test("the addresses of a rule are divided by the tags that it expects, into parts that are not empty", () => {
  const [rule] = policyOf({ to: "10.0.0.0/22", expect: [{ tag: ["Storage", "Far"] }, { not: { tag: "Sql" } }] })
    .rules as [ExpectRule];
  const { parts } = new AddressesOfRules(TAGS).of(rule, subject("t"));
  expect(parts.map((part) => prefixesOf(part).map(formatPrefix).join(" "))).toEqual([
    "10.0.2.0/24",
    "10.0.0.0/24",
    "10.0.3.0/24",
    "10.0.1.0/24",
  ]);
});
