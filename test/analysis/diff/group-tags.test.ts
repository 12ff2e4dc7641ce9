import { describe, expect, test } from "vitest";
import { tagsOfGroups } from "../../../src/analysis/diff/group-tags.ts";
import { rangeOf } from "../../../src/net/address-ranges.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

describe("the tags of a group of addresses", () => {
  const shownOf = (prefixes: string, tags: Parameters<typeof tagsOf>[0]) => {
    const ranges = prefixes.split(",").map((prefix) => rangeOf(parsePrefix(prefix)));
    const [group] = tagsOfGroups([ranges], tagsOf(tags));
    return group?.shown.map(({ name, addresses, holdsGroup, isHeld }) =>
      [name, addresses.v4, addresses.v6, holdsGroup ? "holds" : "", isHeld ? "held" : ""].join(" ").trim(),
    );
  };
  test.each<[string, string, Parameters<typeof tagsOf>[0], readonly string[]]>([
    [
      "that hold all come first, the smallest before larger ones, equal ones by name",
      "10.0.0.0/24",
      { Part: ["10.0.0.0/25"], Large: ["10.0.0.0/16"], B: ["10.0.0.0/24"], A: ["10.0.0.0/24"] },
      ["A 256 0 holds held", "B 256 0 holds held", "Large 256 0 holds", "Part 128 0  held"],
    ],
    [
      "that hold a part come by their IPv4 addresses, then their IPv6 addresses, then their names",
      "10.0.0.0/24,fd00::/120",
      {
        D: ["10.0.0.0/28", "fd00::/124"],
        C: ["10.0.0.16/28", "fd00::/123"],
        B: ["fd00::/121"],
        A: ["10.0.0.0/25"],
        AA: ["10.0.0.32/28", "fd00::/124"],
      },
      ["A 128 0  held", "C 16 32  held", "AA 16 16  held", "D 16 16  held", "B 0 128  held"],
    ],
    [
      "of all of Azure come last in each part",
      "10.0.0.0/24",
      {
        AzureCloud: ["10.0.0.0/24"],
        "AzureCloud.westeurope": ["10.0.0.0/25"],
        Z: ["10.0.0.0/8"],
        Y: ["10.0.0.0/30"],
      },
      ["Z 256 0 holds", "AzureCloud 256 0 holds held", "Y 4 0  held", "AzureCloud.westeurope 128 0  held"],
    ],
    ["that only border on it are left out", "10.0.1.0/24", { A: ["10.0.0.0/24", "10.0.2.0/24"], B: ["fd00::/8"] }, []],
    [
      "that have it in several prefixes hold it too",
      "10.0.0.0/24",
      { A: ["10.0.0.0/25", "10.0.0.128/25", "10.0.0.0/26"] },
      ["A 256 0 holds held"],
    ],
    ["that have more than it on both sides", "10.0.0.64/26", { A: ["10.0.0.0/24"] }, ["A 64 0 holds"]],
  ])("%s", (_, prefixes, tags, expected) => {
    expect(shownOf(prefixes, tags)).toEqual(expected);
  });

  test("are counted for each group alone, in whatever order the groups come", () => {
    const groups = [["fd00::/120"], ["11.0.0.0/24"], ["10.0.0.0/24", "12.0.0.0/24"], ["10.0.1.0/25"]];
    const tags = tagsOf({ A: ["10.0.0.0/23", "12.0.0.0/25", "fd00::/121"], B: ["11.0.0.0/8"], C: ["fd00::/16"] });
    const ranges = groups.map((prefixes) => prefixes.map((prefix) => rangeOf(parsePrefix(prefix))));
    const found = tagsOfGroups(ranges, tags).map(({ shown }) =>
      shown.map(({ name, addresses: { v4, v6 } }) => `${name} ${v4} ${v6}`),
    );
    expect(found).toEqual([["C 0 256", "A 0 128"], ["B 256 0"], ["A 384 0"], ["A 128 0"]]);
  });

  test("are counted for each group alone, and twenty are shown", () => {
    const names = Array.from({ length: 21 }, (_, at) => [`T${at}`, ["10.0.0.0/24"]] as const);
    const groups = [["10.0.0.0/25"], ["10.0.0.128/25", "10.0.1.0/24"], ["11.0.0.0/24"]].map((prefixes) =>
      prefixes.map((prefix) => rangeOf(parsePrefix(prefix))),
    );
    const found = tagsOfGroups(groups, tagsOf({ ...Object.fromEntries(names), Two: ["10.0.1.0/24", "11.0.0.0/24"] }));
    expect(found.map(({ total, shown }) => [total, shown.length])).toEqual([
      [21, 20],
      [22, 20],
      [1, 1],
    ]);
    expect(found[2]?.shown).toEqual([
      { name: "Two", addresses: { v4: "256", v6: "0" }, holdsGroup: true, isHeld: false },
    ]);
    expect(tagsOfGroups([], tagsOf({ A: ["10.0.0.0/24"] }))).toEqual([]);
  });
});
