import { describe, expect, it } from "vitest";
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
