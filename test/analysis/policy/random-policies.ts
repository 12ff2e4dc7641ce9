import fc from "fast-check";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import type { Policy } from "../../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../../src/analysis/policy/read-policy.ts";
import type { PolicySubject } from "../../../src/analysis/policy/result.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute } from "../../../src/routes/effective-route.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

/** A table for a policy, of rows as tests write them. */
export function subject(name: string, ...rows: readonly string[]): PolicySubject {
  return subjectOf(rows.map(row), name, null);
}

/** The same of routes, named by tags. */
export function subjectOf(routes: readonly EffectiveRoute[], name = "t", tags: TagCatalogue | null): PolicySubject {
  const origin = { kind: "file", name, format: "arm", fetchedAt: null, note: null } as const;
  return { name, annotated: annotateTable({ routes, origin }, tags), table: new ForwardingTable(routes) };
}

/** The policy of rules as a file has them. */
export function policyOf(...rules: readonly object[]): Policy {
  return readPolicy(JSON.stringify({ rules }), "policy.json");
}

/** Tags among the prefixes of random tables. */
export const TAGS = tagsOf({
  Storage: ["10.0.0.0/24", "20.0.0.0/15", "fd00::/64"],
  "Storage.WestEurope": ["10.0.0.240/28", "168.63.129.16/32"],
  Sql: ["10.0.0.128/25"],
});

/** Texts of a `to` or `except`: around the prefixes of random tables, inside them and outside. */
const anyDestination = fc.constantFrom(
  "0.0.0.0/0",
  "::/0",
  "10.0.0.0/8",
  "10.0.0.0/24",
  "10.0.0.1",
  "20.0.0.0/16",
  "168.63.129.16",
  "168.63.0.0/16",
  "fd00::/8",
  "fd00::1",
  "2001:db8::/33",
  "internet",
  "private",
  "tag:Storage",
  "tag:Sql",
);

const some = <Value>(values: fc.Arbitrary<Value>) => fc.uniqueArray(values, { minLength: 1, maxLength: 3 });

const FACTS = {
  "next-hop": some(
    fc.constantFrom("VnetLocal", "VirtualAppliance", "Internet", "None", "VirtualNetworkServiceEndpoint"),
  ),
  via: some(fc.constantFrom("10.0.9.4", "10.0.9.5")),
  tag: some(fc.constantFrom("Storage", "Storage.WestEurope", "Sql")),
  prefix: some(fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "::/0")),
  route: some(fc.constant("to-nva")),
  verdict: some(fc.constantFrom("forward", "drop", "no-route", "platform")),
  appliance: some(fc.constantFrom("used", "unreachable", "bypassed")),
};

const anyFacts = fc.record(FACTS, { requiredKeys: [] }).filter((facts) => Object.keys(facts).length > 0);

const anyExpectation = fc
  .tuple(fc.option(anyFacts), fc.option(anyFacts))
  .filter(([facts, not]) => facts !== null || not !== null)
  .map(([facts, not]) => ({ ...facts, ...(not === null ? {} : { not }) }));

/** A rule as a policy file has it. */
export interface RuleForm {
  readonly to: readonly string[];
  readonly except?: readonly string[];
  readonly expect: readonly object[];
}

export const anyRule: fc.Arbitrary<RuleForm> = fc.record(
  { to: some(anyDestination), except: some(anyDestination), expect: some(anyExpectation) },
  { requiredKeys: ["to", "expect"] },
);
