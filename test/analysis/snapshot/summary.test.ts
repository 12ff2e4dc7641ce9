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
    ["one more than fit at once takes another turn", 65, 64, 20],
    ["the allowance is not reached yet", 200, 1000, 10],
    ["a part of a second counts as one", 205, 1000, 11],
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
});

it("what failed is not folded with what was refused, and has the outcome of both", () => {
  const found = (outcome: NicResult["outcome"], error: NicResult["error"]) =>
    problemsOf(
      ["a", "b"].map((nicId) => ({ nicId, outcome, error })),
      () => null,
    ).map((problem) => `${problem.outcome} ${problem.nics}`);
  const error = { code: "busy", message: "m" };
  expect(found("failed", error)).toEqual(["failed 2"]);
  expect(found("denied", error)).toEqual(["denied 2"]);
  expect(found("failed", null)).toEqual([]);
  for (const outcome of ["ok", "stopped", "unattached", "no-api"] as const) expect(found(outcome, error)).toEqual([]);
  const both = (["failed", "denied"] as const).map((outcome) => ({ nicId: "a", outcome, error }));
  expect(problemsOf(both, () => null).map(({ outcome, nics }) => `${outcome} ${nics}`)).toEqual([
    "failed 1",
    "denied 1",
  ]);
});

it.each<[readonly string[], number, string]>([
  [["/x/b"], 1, "b"],
  [["/x/b", "/x/c"], 2, "b, c"],
  [["/x/b", "/x/c"], 3, "b, c and 1 more"],
  [["/x/b"], 1235, "b and 1,234 more"],
])("of %j, %i altogether, the text is %j", (ids, total, expected) => {
  expect(namesOf(ids, total)).toBe(expected);
});

describe("the content of a table", () => {
  const same = (one: string, other: string) => tableContent(one) === tableContent(other);
  it.each<[string, string, string, boolean]>([
    ["without routes is its text", "{}", "{ }", false],
    ["that is no JSON is its text", "x", "x ", false],
    ["that is no object is its text", "[1]", "[ 1]", false],
    ["whose routes are no list is its text", '{"value":{}}', '{"value": {}}', false],
    ["has rows in any order", '{"value":[1,2]}', '{"value":[2,1]}', true],
    ["has each row as often as it is there", '{"value":[1,2]}', '{"value":[1,1,2]}', false],
    ["has fields in any order", '{"value":[{"a":1,"b":2}]}', '{"value":[{"b":2,"a":1}]}', true],
    ["has lists in any order, at any depth", '{"value":[{"a":[[1,2],3]}]}', '{"value":[{"a":[3,[2,1]]}]}', true],
    ["tells lists from their elements", '{"value":[{"a":[1]}]}', '{"value":[{"a":1}]}', false],
    ["tells lists of lists from lists", '{"value":[[[1],[2]]]}', '{"value":[[[1,2]]]}', false],
    ["tells texts from numbers", '{"value":[1]}', '{"value":["1"]}', false],
    ["tells nothing from the text of nothing", '{"value":[null]}', '{"value":["null"]}', false],
    ["tells the fields' names", '{"value":[{"a":1}]}', '{"value":[{"b":1}]}', false],
    ["tells objects from lists", '{"value":[{}]}', '{"value":[[]]}', false],
    ["tells one row from two", '{"value":["a","b"]}', '{"value":["a,b"]}', false],
    ["tells two rows from a row of two lines", '{"value":[1,2]}', '{"value":[12]}', false],
  ])("%s", (_, one, other, expected) => {
    expect(same(one, other)).toBe(expected);
  });
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

  it("are found beside NICs that were not asked", () => {
    const groups = fetchPlan(topologyOf(["n0", "n1", "n2"].map((name) => ({ name, power: "running" }))));
    const answers = new Map(
      ["n0", "n2"].map((name): [string, NicAnswer] => [
        idKey(nicId(name)),
        { outcome: "ok", body: name, fetchedAt: "", error: null },
      ]),
    );
    expect(differingSubnets(groups, answers, (hash) => hash)).toEqual([
      { subnetId: subnetId("a"), tables: 2, nicIds: [nicId("n0"), nicId("n2")] },
    ]);
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

  it("are not told where the subnet is not known", () => {
    const answers = new Map(
      ["n0", "n1"].map((name): [string, NicAnswer] => [
        idKey(nicId(name)),
        { outcome: "ok", body: name, fetchedAt: "", error: null },
      ]),
    );
    const askable = ["n0", "n1"].map((name) => ({ id: nicId(name) }));
    const group = (subnet: string | null) => [{ subnetId: subnet, askable, silent: [] }];
    expect(differingSubnets(group(null), answers, (hash) => hash)).toEqual([]);
    expect(differingSubnets(group("s"), answers, (hash) => hash)).toHaveLength(1);
  });

  it("are read only where their bodies differ", () => {
    const read: string[] = [];
    const answers = new Map(
      ["n0", "n1"].map((name): [string, NicAnswer] => [
        idKey(nicId(name)),
        { outcome: "ok", body: "same", fetchedAt: "", error: null },
      ]),
    );
    const askable = ["n0", "n1"].map((name) => ({ id: nicId(name) }));
    differingSubnets([{ subnetId: "s", askable, silent: [] }], answers, (hash) => {
      read.push(hash);
      return hash;
    });
    expect(read).toEqual([]);
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
