import { describe, expect, it, test } from "vitest";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { parseDestination } from "../../../src/analysis/destinations/destination-set.ts";
import { splitByDecision } from "../../../src/analysis/destinations/split.ts";
import { AnswerFolds } from "../../../src/analysis/fleet/answers.ts";
import type { Member } from "../../../src/analysis/fleet/members.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { explain } from "../../../src/selection/explain.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";
import { nic, subnetId } from "./fleet.ts";

const member = (name: string): Member => {
  const own = nic(name, name, name);
  return { kind: "subnet", name, id: subnetId(name), subnet: name, nics: [own], answeredBy: own, tableKey: name };
};
const answered = (to: string, ...rows: readonly string[]) => explain(annotatedTable(...rows), parseAddress(to), null);

const INTERNET = "Default 0.0.0.0/0 Internet";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva";
const SAME_NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #default";
const DEAD = "User 0.0.0.0/0 None 10.0.1.4 #to-dead";

/** The folded answers for 8.8.8.8 of subnets with these rows: level, members with their routes, names of routes. */
function folded(...subnets: readonly (readonly [name: string, row: string])[]) {
  const folds = new AnswerFolds(() => null);
  for (const [name, row] of subnets) folds.add([member(name)], [answered("8.8.8.8", row)], () => `text of ${name}`);
  return folds
    .all()[0]
    ?.answers.map(({ level, members, routes }) => [
      level,
      members.map(({ name, route }) => `${name} ${route}`),
      routes,
    ]);
}

describe("the answers of many subnets", () => {
  it("fold if they have the same next hops, whatever the names of their routes", () => {
    expect(folded(["h/b", NVA], ["h/a", SAME_NVA], ["h/c", INTERNET])).toEqual([
      [expect.any(String), ["h/a default", "h/b to-nva"], ["to-nva", "default"]],
      [expect.any(String), ["h/c null"], []],
    ]);
  });

  it("begin with problems, then with the answer of most subnets, then by name", () => {
    const answers = folded(
      ["h/a", INTERNET],
      ["h/b", DEAD],
      ["h/c", NVA],
      ["h/d", NVA],
      ["h/e", "Default 0.0.0.0/0 VNetPeering"],
    );
    expect(answers?.map(([, members]) => (members as string[])[0])).toEqual([
      "h/b to-dead",
      "h/c to-nva",
      "h/a null",
      "h/e null",
    ]);
    expect(answers?.map(([level]) => level)).toEqual(["problem", "fine", "fine", "fine"]);
  });

  it("begin with problems, then warnings", () => {
    const folds = new AnswerFolds(() => null);
    const tables = { "h/a": [INTERNET], "h/b": [NVA, "User 0.0.0.0/0 None #share"], "h/c": [DEAD] };
    for (const [name, rows] of Object.entries(tables)) {
      folds.add([member(name)], [answered("8.8.8.8", ...rows)], () => "");
    }
    expect(folds.all()[0]?.answers.map(({ level, members }) => `${members[0]?.name} ${level}`)).toEqual([
      "h/c problem",
      "h/b warning",
      "h/a fine",
    ]);
  });

  it("name each winning route once, and no other", () => {
    expect(folded(["h/a", NVA], ["h/b", NVA], ["h/c", SAME_NVA])?.map(([, , routes]) => routes)).toEqual([
      ["to-nva", "default"],
    ]);
    const folds = new AnswerFolds(() => null);
    folds.add([member("h/a")], [answered("8.8.8.8", NVA, "User 8.8.8.0/24 Internet #out")], () => "");
    expect(folds.all()[0]?.answers.map(({ routes }) => routes)).toEqual([["out"]]);
  });

  it.each([
    ["168.63.129.16", "platform", [INTERNET]],
    ["8.8.8.8", "no-route", []],
  ] as const)("to %s, %s, have neither a route nor a next hop", (to, verdict, rows) => {
    const folds = new AnswerFolds(() => "never asked");
    folds.add([member("h/a")], [answered(to, ...rows)], () => "in one line");
    const [all] = folds.all();
    expect(all).toMatchObject({ destination: to, hostName: null });
    expect(all?.answers).toMatchObject([
      {
        ...{ verdict, nextHopType: null, nextHopIpAddress: [], addressPrefix: null, owners: [], routes: [] },
        members: [{ name: "h/a", route: null, text: "in one line" }],
      },
    ]);
  });

  it.each([
    ["all members give it one name", { "h/a": "nva", "h/b": "nva" }, [{ address: "10.0.1.4", name: "nva" }]],
    ["not where they give it two", { "h/a": "nva", "h/b": "other" }, []],
    ["not where one knows none", { "h/a": "nva" }, []],
  ])("name what has a next hop's address where %s", (_, names: Readonly<Record<string, string>>, owners) => {
    const bySubnet = new Map(Object.entries(names).map(([name, owner]) => [subnetId(name), owner]));
    const folds = new AnswerFolds((_address, subnet) => bySubnet.get(subnet ?? "") ?? null);
    folds.add([member("h/a"), member("h/b")], [answered("8.8.8.8", NVA)], () => "");
    expect(folds.all()[0]?.answers[0]?.owners).toEqual(owners);
  });
});

describe("the answers of many subnets for a set of addresses", () => {
  const NVA_HALF = "User 0.0.0.0/1 VirtualAppliance 10.0.1.4 #half";
  const split = (to: string, ...rows: readonly string[]) => {
    const annotated = annotatedTable(...rows);
    return splitByDecision(parseDestination(to, null), annotated, new ForwardingTable(annotated.table.routes));
  };
  const foldedSets = (to: string, tables: Readonly<Record<string, readonly string[]>>) => {
    const folds = new AnswerFolds((address) => `owner of ${address}`);
    for (const [name, rows] of Object.entries(tables)) {
      folds.add([member(name)], [split(to, ...rows)], (answer) => `${answer.destination} of ${name}`);
    }
    const [all] = folds.all();
    return { ...all, answers: (all?.answers ?? []).map(({ answer: _, ...each }) => each) };
  };

  it("are whole where a set has one outcome", () => {
    expect(foldedSets("8.0.0.0/8", { "h/a": [NVA], "h/b": [SAME_NVA] })).toEqual({
      destination: "8.0.0.0/8",
      hostName: null,
      answers: [
        {
          brief: "appliance 10.0.1.4",
          level: "fine",
          verdict: "forward",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: ["10.0.1.4"],
          owners: [{ address: "10.0.1.4", name: "owner of 10.0.1.4" }],
          addressPrefix: "0.0.0.0/0",
          certainty: "documented",
          routes: ["to-nva", "default"],
          members: [
            { name: "h/a", subnet: "h/a", nic: "a", nics: 1, text: "8.0.0.0/8 of h/a", route: null },
            { name: "h/b", subnet: "h/b", nic: "b", nics: 1, text: "8.0.0.0/8 of h/b", route: null },
          ],
        },
      ],
    });
  });

  it("have the level of the worst outcome, and no next hop, where a set has several", () => {
    const rows = [NVA, "User 8.1.0.0/16 None #drop", "Default 8.2.0.0/16 VNetPeering"];
    expect(foldedSets("8.0.0.0/8", { "h/a": rows }).answers).toMatchObject([
      {
        ...{ brief: null, level: "problem", verdict: null, nextHopType: null, nextHopIpAddress: [], owners: [] },
        ...{ addressPrefix: null, certainty: null, routes: ["to-nva", "drop"] },
      },
    ]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["the next hop", [NVA], ["User 0.0.0.0/0 VirtualAppliance 10.0.1.5 #to-nva"]],
    ["the prefix that wins", [NVA], [NVA_HALF]],
    ["the prefixes of an outcome", [NVA, "User 8.1.0.0/16 None"], [NVA, "User 8.2.0.0/16 None"]],
    ["the number of outcomes", [NVA], [NVA, "User 8.1.0.0/16 None"]],
    ["what is dropped", [], ["User 0.0.0.0/0 None"]],
  ])("are two where %s differs", (_, one, other) => {
    expect(foldedSets("8.0.0.0/8", { "h/a": one, "h/b": other }).answers).toHaveLength(2);
  });
});

describe("the answers of many subnets for one address are two", () => {
  const ENDPOINT = "Default 8.8.8.0/24 VirtualNetworkServiceEndpoint";
  it.each<[string, readonly string[], readonly string[]]>([
    ["where the prefix that wins differs", [NVA], ["User 0.0.0.0/1 VirtualAppliance 10.0.1.4 #to-nva"]],
    ["where one bypasses an appliance", [ENDPOINT], [ENDPOINT, NVA]],
    ["where one is dropped for another reason", [DEAD], ["User 0.0.0.0/0 None #drop"]],
  ])("%s", (_, one, other) => {
    const folds = new AnswerFolds(() => null);
    folds.add([member("h/a")], [answered("8.8.8.8", ...one)], () => "");
    folds.add([member("h/b")], [answered("8.8.8.8", ...other)], () => "");
    expect(folds.all()[0]?.answers).toHaveLength(2);
  });
});

test("the answer for a host has its name, and each destination its own answers", () => {
  const folds = new AnswerFolds(() => null);
  const host = { ...answered("8.8.8.8", NVA), hostName: "dns.example" };
  folds.add([member("h/a"), member("h/b")], [host, answered("1.1.1.1", NVA)], () => "");
  expect(folds.all().map(({ destination, hostName, answers }) => [destination, hostName, answers.length])).toEqual([
    ["8.8.8.8", "dns.example", 1],
    ["1.1.1.1", null, 1],
  ]);
});
