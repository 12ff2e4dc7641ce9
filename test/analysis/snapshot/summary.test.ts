import { describe, expect, it } from "vitest";
import type { NicAnswer, NicResult } from "../../../src/analysis/snapshot/answers.ts";
import { fetchCost } from "../../../src/analysis/snapshot/fetch-cost.ts";
import { fetchPlan } from "../../../src/analysis/snapshot/fetch-plan.ts";
import { differingSubnets, namesOf, networkCount, problemsOf } from "../../../src/analysis/snapshot/summary.ts";
import { tableContent } from "../../../src/analysis/snapshot/table-content.ts";
import { idKey } from "../../../src/topology/resource-id.ts";
import { nicId, subnetId, topologyOf } from "./topology-for-tests.ts";

const nics = (count: number, group?: string) =>
  topologyOf(
    Array.from({ length: count }, (_, index) => ({ name: `n${index}`, power: "running", ...(group && { group }) })),
  ).nics;

describe("what fetching costs", () => {
  for (const [rule, count, concurrency, seconds] of [
    ["nothing", 0, 64, 0],
    ["one table takes as long as Azure computes", 1, 64, 10],
    ["60 at once take as long as one", 60, 64, 10],
    ["1,000 take as long as their turns", 1000, 64, 160],
    ["with many at once the allowance for writes decides", 1000, 1000, 90],
    ["with one at a time the turns decide", 20, 1, 200],
  ] as const) {
    it(`${rule}: ${count} tables, ${concurrency} at once`, () => {
      expect(fetchCost(nics(count), concurrency)).toEqual({ writes: count, reads: 2 * count, seconds });
    });
  }

  it("each subscription has an allowance of its own", () => {
    const many = ["s1", "s2", "s3", "s4"].flatMap((id) => nics(250, `/subscriptions/${id}/resourceGroups/g`));
    expect(fetchCost(many, 1000).seconds).toBe(15);
  });
});

it("what failed is folded by its reason, the most frequent first", () => {
  const result = (name: string, outcome: NicResult["outcome"], code: string): NicResult => ({
    nicId: name,
    subnetId: null,
    outcome,
    body: null,
    fetchedAt: null,
    standInId: null,
    error: { code, message: `${name} ${code}` },
  });
  const results = [
    result("a", "denied", "not-allowed"),
    ...["b", "c", "d", "e", "f"].map((name) => result(name, "failed", "busy")),
    result("g", "stopped", "vm-not-running"),
    result("h", "failed", "timeout"),
  ];
  expect(problemsOf(results, (code) => (code === "busy" ? "wait" : null))).toEqual([
    { outcome: "failed", code: "busy", message: "b busy", hint: "wait", nics: 5, nicIds: ["b", "c", "d"] },
    { outcome: "denied", code: "not-allowed", message: "a not-allowed", hint: null, nics: 1, nicIds: ["a"] },
    { outcome: "failed", code: "timeout", message: "h timeout", hint: null, nics: 1, nicIds: ["h"] },
  ]);
  expect(namesOf(["/x/b", "/x/c"], 5)).toBe("b, c and 3 more");
  expect(namesOf(["/x/b"], 1)).toBe("b");
});

describe("NICs of a subnet with different tables", () => {
  const row = (prefix: string, hop = "10.0.0.4") => ({
    addressPrefix: [prefix],
    nextHopIpAddress: [hop],
    state: "Active",
  });
  const body = (...rows: object[]) => JSON.stringify({ value: rows });
  const found = (bodies: readonly (string | null)[]) => {
    const groups = fetchPlan(topologyOf(bodies.map((_, index) => ({ name: `n${index}`, power: "running" }))));
    const answers = new Map(
      bodies.map((_, index): [string, NicAnswer] => [
        idKey(nicId(`n${index}`)),
        { outcome: "ok", body: bodies[index] == null ? null : `hash of ${bodies[index]}`, fetchedAt: "", error: null },
      ]),
    );
    return differingSubnets(groups, answers, (hash) => tableContent(hash.slice("hash of ".length)));
  };

  it("are told, with a NIC of each", () => {
    const bodies = [body(row("10.0.0.0/16")), body(row("10.0.0.0/16"), row("0.0.0.0/0")), body(row("10.0.0.0/16"))];
    expect(found(bodies)).toEqual([{ subnetId: subnetId("a"), tables: 2, nicIds: [nicId("n0"), nicId("n1")] }]);
  });

  it("are not those with the same routes in another order", () => {
    const [one, two] = [row("10.0.0.0/16"), row("0.0.0.0/0")];
    const turned = { state: "Active", nextHopIpAddress: ["10.0.0.4"], addressPrefix: ["0.0.0.0/0"] };
    expect(found([body(one, two), body(turned, one)])).toEqual([]);
  });

  it("are not those with the same prefixes of a row in another order", () => {
    const both = (...addressPrefix: string[]) => body({ addressPrefix, state: "Active" });
    expect(found([both("10.0.0.0/16", "10.1.0.0/16"), both("10.1.0.0/16", "10.0.0.0/16")])).toEqual([]);
  });

  it("are not one with a table and one without", () => {
    expect(found([body(row("10.0.0.0/16")), null])).toEqual([]);
  });

  it("are counted by what they contain, with the first NIC of each, three at most", () => {
    const one = JSON.stringify({ value: [row("10.1.0.0/16")], more: "first" });
    const same = JSON.stringify({ more: "second", value: [row("10.1.0.0/16")] });
    const others = ["10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16"].map((prefix) => body(row(prefix)));
    expect(found([one, same, ...others])).toEqual([
      { subnetId: subnetId("a"), tables: 4, nicIds: ["n0", "n2", "n3"].map((name) => nicId(name)) },
    ]);
    expect(found([one, same])).toEqual([]);
  });

  it("are those that differ in a next hop", () => {
    expect(found([body(row("0.0.0.0/0")), body(row("0.0.0.0/0", "10.0.0.5"))])).toHaveLength(1);
  });
});

it("networks are counted by the ids of subnets", () => {
  const groups = fetchPlan(topologyOf([{ name: "a" }, { name: "b", subnet: "b" }, { name: "c", subnet: null }]));
  expect(networkCount(groups)).toBe(1);
  const group = (id: string) => ({ subnetId: id, askable: [], silent: [] });
  expect(networkCount(["/x/a/subnets/s", "/X/A/subnets/t", "/x/b/subnets/s", "s"].map(group))).toBe(2);
});
