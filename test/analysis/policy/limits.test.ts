import { expect, it } from "vitest";
import { checkPolicy } from "../../../src/analysis/policy/check.ts";
import { requireFewResults, resultSize } from "../../../src/analysis/policy/limits.ts";
import { formatPrefix, prefixOf } from "../../../src/net/prefix.ts";
import { policyOf, subject } from "./random-policies.ts";

const spread = (count: number, route: (at: number) => string) => Array.from({ length: count }, (_, at) => route(at));

/** A /26 of 10.NETWORK.0.0. */
const block = (network: number, at: number) =>
  formatPrefix(prefixOf({ family: 4, value: BigInt(10 * 2 ** 24 + network * 2 ** 16 + at * 64) }, 26));

/** Routes of 10.NETWORK.0.0/16, each with a next hop of its own. */
const hops = (network: number, count: number) =>
  spread(count, (at) => `User ${block(network, at)} VirtualAppliance 10.9.${at >> 8}.${at & 255}`);

const rules = (count: number, rule: object) => Array.from({ length: count }, () => rule);

it.each<[string, readonly object[], readonly (readonly string[])[], RegExp]>([
  [
    "rules times tables",
    rules(251, { to: "10.0.0.0/8", expect: { verdict: "no-route" } }),
    spread(200, () => "").map(() => []),
    /^the result has more than 50,000 checks of a rule and a table$/,
  ],
  [
    "counter-examples of rules",
    rules(501, { to: "10.1.0.0/16", expect: { verdict: "drop" } }),
    [hops(1, 50)],
    /^the result has more than 25,000 counter-examples$/,
  ],
  [
    "counter-examples of one symmetric rule",
    [{ symmetric: { t0: "10.1.0.0/17", t1: "10.2.0.0/17" } }],
    [hops(2, 200), hops(1, 200)],
    /^the result has more than 25,000 counter-examples$/,
  ],
  [
    "prefixes that each counter-example prints again",
    [{ symmetric: { t0: "10.1.0.0/16", t1: "10.2.0.0/15" } }],
    [[`User ${spread(1000, (at) => block(2, 2 * at)).join(",")} VirtualAppliance 10.9.9.9`], hops(1, 600)],
    /^the result has more than 500,000 prefixes$/,
  ],
])("too many %s are refused", { tags: ["slow"] }, (_, all, tables, message) => {
  const subjects = tables.map((rows, at) => subject(`t${at}`, ...rows));
  expect(() => checkPolicy(policyOf(...all), subjects, null)).toThrow(
    expect.objectContaining({ code: "result-too-large", message: expect.stringMatching(message) }),
  );
});

it("50,000 checks, 25,000 counter-examples and 500,000 prefixes are allowed, and none more", () => {
  const tooMany = expect.objectContaining({
    code: "result-too-large",
    hint: "check fewer rules or fewer tables at once",
  });
  expect(() => requireFewResults(new Array(50_000))).not.toThrow();
  expect(() => requireFewResults(new Array(50_001))).toThrow(tooMany);
  const size = resultSize();
  for (let group = 0; group < 25_000; group++) size.addGroup();
  expect(() => size.addGroup()).toThrow(tooMany);
  size.addPrefixes(500_000);
  expect(() => size.addPrefixes(1)).toThrow(tooMany);
});
