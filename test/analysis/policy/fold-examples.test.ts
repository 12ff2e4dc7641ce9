import { describe, expect, it } from "vitest";
import { checkPolicy } from "../../../src/analysis/policy/check.ts";
import { foldExamples } from "../../../src/analysis/policy/fold-examples.ts";
import { policyOf, subject } from "./random-policies.ts";

const NONE = Array.from({ length: 21 }, (_, at) => `Default 10.${2 * at}.0.0/16 None`);
const INTERNET = "Default 0.0.0.0/0 Internet";

function folded(rule: object, ...rows: readonly string[]) {
  const [result] = checkPolicy(policyOf(rule), [subject("t", ...rows)], null).results;
  const examples = result?.counterExamples ?? [];
  const folds = foldExamples(examples);
  const sum = (all: readonly { readonly addresses: { readonly v4: string } }[]) =>
    all.reduce((total, { addresses }) => total + BigInt(addresses.v4), 0n);
  expect(sum(folds)).toBe(sum(examples));
  return folds.map(({ folded: count, addresses, mismatches }) => [count, addresses.v4, ...mismatches]);
}

describe("counter-examples that differ only in the winning prefix fold", () => {
  it("21 None rows are one, with exact counts and the number of rows in place of a prefix", () => {
    expect(folded({ to: "10.0.0.0/8", expect: { via: "10.0.1.4" } }, INTERNET, ...NONE)).toEqual([
      [1, String(2 ** 24 - 21 * 2 ** 16), "10.1.0.0: expected via 10.0.1.4, got Internet (0.0.0.0/0)"],
      [21, String(21 * 2 ** 16), "expected via 10.0.1.4, got None (21 rows, drop)"],
    ]);
  });

  it.each([
    ["the next hop", { via: "10.0.1.4" }, "Default 10.2.0.0/16 VNetPeering"],
    ["the name", { via: "10.0.1.4" }, "User 10.2.0.0/16 None #to-nva"],
    ["what was got", { prefix: "10.0.0.0/8" }, "Default 10.2.0.0/16 None"],
  ])("what differs in %s stays apart", (_, expected, other) => {
    const found = folded({ to: ["10.0.0.0/16", "10.2.0.0/16"], expect: expected }, "Default 10.0.0.0/16 None", other);
    expect(found.map(([count]) => count)).toEqual([1, 1]);
  });

  it("addresses without a route stay apart from those of a route", () => {
    const rule = { to: ["10.0.0.0/16", "10.2.0.0/16"], expect: { via: "10.0.1.4" } };
    expect(folded(rule, "Default 10.0.0.0/16 None")).toEqual([
      [1, "65536", "10.0.0.0: expected via 10.0.1.4, got None (10.0.0.0/16, drop)"],
      [1, "65536", "10.2.0.0: expected via 10.0.1.4, got none (no-route)"],
    ]);
  });

  it("those of a symmetric rule stay apart", () => {
    const tables = [
      subject("a", "User 10.2.0.0/24,10.2.1.0/24 VirtualAppliance 10.0.1.4"),
      subject("b", "User 10.1.0.0/24 Internet", "User 10.1.1.0/24 None"),
    ];
    const rule = { symmetric: { a: "10.1.0.0/23", b: "10.2.0.0/23" } };
    const examples = checkPolicy(policyOf(rule), tables, null).results[0]?.counterExamples ?? [];
    const same = examples.map((each) => ({ ...each, mismatches: [] }));
    expect(foldExamples(same)).toEqual(same.map((each) => ({ ...each, folded: 1 })));
    expect(same.length).toBe(2);
  });

  it("prefixes of several rows are the shortest list of all", () => {
    const rows = ["Default 10.0.0.0/16 None", "Default 10.1.0.0/16 None"];
    const [result] = checkPolicy(
      policyOf({ to: "10.0.0.0/15", expect: { verdict: "forward" } }),
      [subject("t", ...rows)],
      null,
    ).results;
    expect(foldExamples(result?.counterExamples ?? []).map(({ prefixes }) => prefixes)).toEqual([["10.0.0.0/15"]]);
  });
});
