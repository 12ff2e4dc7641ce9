import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { checkPolicy } from "../../../src/analysis/policy/check.ts";
import type { PolicyResult, PolicySubject } from "../../../src/analysis/policy/result.ts";
import { type Address, formatAddress } from "../../../src/net/address.ts";
import { contains, lastOf, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import { select } from "../../../src/selection/select.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { policyOf, subject, subjectOf } from "./random-policies.ts";
import { resultTexts } from "./result-texts.ts";

const SPOKE1 = "Default 10.1.0.0/16 VnetLocal";
const SPOKE2 = "Default 10.2.0.0/16 VnetLocal";
const TO_FIREWALL = "User 10.0.0.0/8 VirtualAppliance 10.0.1.4";
const TO_OTHER = "User 10.0.0.0/8 VirtualAppliance 10.0.1.5";

const check = (symmetric: unknown, ...tables: readonly PolicySubject[]): readonly PolicyResult[] =>
  checkPolicy(policyOf({ symmetric }), tables, null).results;

/** The results in lines. */
const told = (symmetric: unknown, ...tables: readonly PolicySubject[]) =>
  check(symmetric, ...tables).flatMap((result) => resultTexts(result, tables, null));

describe("between two tables packets and their replies take the same next hop", () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["by the same firewall", [SPOKE1, TO_FIREWALL], [SPOKE2, TO_FIREWALL], ["holds: 131072"]],
    [
      "also where a user route made the network's own row Invalid",
      [SPOKE1.replace("lt", "lt!"), "User 10.1.0.0/16 VirtualAppliance 10.0.1.4", TO_FIREWALL],
      [SPOKE2, TO_FIREWALL],
      ["holds: 131072"],
    ],
    [
      "directly, by peering or connected group",
      [SPOKE1, "Default 10.2.0.0/16 VNetPeering"],
      [SPOKE2, "Default 10.1.0.0/16 ConnectedGroup"],
      ["holds: 131072"],
    ],
    [
      "one way by the firewall, back directly",
      [SPOKE1, TO_FIREWALL],
      [SPOKE2, "Default 10.1.0.0/16 VNetPeering"],
      [
        "violated: all 131072",
        "10.2.0.0/16 / 10.1.0.0/16: VirtualAppliance 10.0.1.4 from a to b, directly on the return path",
      ],
    ],
    [
      "two firewalls",
      [SPOKE1, TO_FIREWALL],
      [SPOKE2, TO_OTHER],
      [
        "violated: all 131072",
        "10.2.0.0/16 / 10.1.0.0/16: VirtualAppliance 10.0.1.4 from a to b, VirtualAppliance 10.0.1.5 on the return path",
      ],
    ],
    [
      "only the part that is asymmetric",
      [SPOKE1, TO_FIREWALL],
      [SPOKE2, TO_FIREWALL, "User 10.1.7.0/24 VnetPeering"],
      [
        "violated: 65792 of 131072",
        "10.2.0.0/16 / 10.1.7.0/24: VirtualAppliance 10.0.1.4 from a to b, directly on the return path",
      ],
    ],
    [
      "dropped one way",
      [SPOKE1, TO_FIREWALL],
      [SPOKE2, "User 10.0.0.0/8 None 10.0.1.4"],
      [
        "violated: all 131072",
        "10.2.0.0/16 / 10.1.0.0/16: VirtualAppliance 10.0.1.4 from a to b, no next hop on the return path",
      ],
    ],
    ["dropped both ways", [SPOKE1], [SPOKE2, "User 10.0.0.0/8 None"], ["holds: 131072"]],
    [
      "by a next hop without an address, back dropped",
      [SPOKE1, "VirtualNetworkGateway 10.2.0.0/16 VirtualNetworkGateway"],
      [SPOKE2],
      [
        "violated: all 131072",
        "10.2.0.0/16 / 10.1.0.0/16: VirtualNetworkGateway from a to b, no next hop on the return path",
      ],
    ],
    [
      "to the platform, back directly",
      ["Default 168.63.129.16/32 VnetLocal"],
      [SPOKE2, "Default 168.63.129.16/32 VNetPeering"],
      [
        "violated: all 65537",
        "10.2.0.0/16 / 168.63.129.16/32: no next hop from a to b, the platform on the return path",
      ],
    ],
    [
      "to the platform in both directions",
      ["Default 168.63.129.16/32 VnetLocal"],
      ["Default 169.254.169.254/32 VnetLocal"],
      ["holds: 2"],
    ],
    [
      "of each family by its own firewall",
      [SPOKE1, TO_FIREWALL, "Default fd00:1::/32 VnetLocal", "User fd00::/16 VirtualAppliance fd00::4"],
      [SPOKE2, TO_FIREWALL, "Default fd00:2::/32 VnetLocal", "User fd00::/16 VirtualAppliance fd00::4"],
      ["holds: 131072 + 2^97 v6"],
    ],
    [
      "shared among two firewalls",
      [SPOKE1, TO_FIREWALL, TO_OTHER],
      [SPOKE2, TO_OTHER, TO_FIREWALL],
      [
        "violated: all 131072",
        "10.2.0.0/16 / 10.1.0.0/16: VirtualAppliance 10.0.1.4 and VirtualAppliance 10.0.1.5 in both directions, but each direction chooses among them independently",
      ],
    ],
  ])("%s", (_, one, other, expected) => {
    expect(told(true, subject("a", ...one), subject("b", ...other))).toEqual(expected);
  });

  it("both directions are explained, each by its own table", () => {
    const [result] = check(true, subject("a", SPOKE1, TO_FIREWALL), subject("b", SPOKE2, TO_OTHER));
    const [found] = result?.counterExamples ?? [];
    expect([found?.table, found?.explanation.destination, found?.explanation.winner?.nextHopIpAddress]).toEqual([
      "a",
      "10.2.0.0",
      ["10.0.1.4"],
    ]);
    expect([found?.back?.table, found?.back?.explanation.destination, found?.back?.example]).toEqual([
      "b",
      "10.1.0.0",
      "10.1.0.0",
    ]);
    expect(result).toMatchObject({ addresses: { v4: "131072" }, violating: { v4: "131072" } });
  });

  it("addresses behind a next hop count once, however many next hops they are asymmetric with", () => {
    const [result] = check(
      true,
      subject("a", SPOKE1, TO_FIREWALL, "User 10.2.7.0/24 VirtualAppliance 10.0.1.5"),
      subject("b", SPOKE2, "Default 10.1.0.0/16 VNetPeering"),
    );
    expect(result?.counterExamples.map(({ addresses, back }) => [addresses.v4, back?.addresses.v4])).toEqual([
      ["65280", "65536"],
      ["256", "65536"],
    ]);
    expect(result?.violating).toEqual({ v4: "131072", v6: "0" });
  });

  it("every pair of tables is compared", () => {
    const tables = ["1", "2", "3"].map((n) => subject(n, `Default 10.${n}.0.0/16 VnetLocal`));
    expect(check(true, ...tables).map(({ tables: pair }) => pair.join(" "))).toEqual(["1 2", "1 3", "2 3"]);
  });

  const SIDES = { spoke1: "10.1.0.0/24", spoke2: "10.2.0.0/24" };
  test.each<[string, unknown, readonly PolicySubject[], readonly string[]]>([
    [
      "named by the end of a path, without the extension",
      SIDES,
      [subject("x/spoke1.json"), subject("y\\spoke2.csv")],
      ["holds: 512"],
    ],
    ["named without .md or .yaml", SIDES, [subject("x/spoke1.md"), subject("spoke2.yaml")], ["holds: 512"]],
    ["named without .yml or .htm", SIDES, [subject("spoke1.yml"), subject("x/spoke2.htm")], ["holds: 512"]],
    ["named without .jsonl or .html", SIDES, [subject("spoke1.jsonl"), subject("x/spoke2.html")], ["holds: 512"]],
    [
      "of one table, which has none of the names",
      SIDES,
      [subject("x/other.json")],
      ["not-judged: no table named 'spoke1' is given: there is other"],
    ],
    [
      "of tables with the same short name, which have their whole names",
      SIDES,
      [subject("x/hub.json"), subject("y/hub.md"), subject("z/spoke1.tsv")],
      ["not-judged: no table named 'spoke2' is given: there are x/hub.json, y/hub.md, spoke1"],
    ],
    [
      "of more tables than a reason names",
      SIDES,
      [subject("spoke1"), ...Array.from({ length: 12 }, (_, at) => subject(`t${at}`))],
      ["not-judged: no table named 'spoke2' is given: there are spoke1, t0, t1, t2, t3, t4, t5, t6, t7, t8 and 3 more"],
    ],
    ["named without .txt, in any case", SIDES, [subject("SPOKE1.TXT"), subject("x/y:spoke2.Json")], ["holds: 512"]],
    [
      "not named by a part before another extension",
      SIDES,
      [subject("spoke1.json.bak"), subject("spoke2")],
      ["not-judged: no table named 'spoke1' is given: there are spoke1.json.bak, spoke2"],
    ],
    [
      "named whole before those named by the end of a path",
      SIDES,
      [subject("spoke1"), subject("x/spoke1.json"), subject("spoke2")],
      ["holds: 512"],
    ],
    ["named as NICs", SIDES, [subject("nic:Spoke1"), subject("nic:spoke2")], ["holds: 512"]],
    [
      "named as they were given",
      { "x/spoke1.json": "10.1.0.0/24", spoke2: "10.2.0.0/24" },
      [subject("x/spoke1.json"), subject("spoke2.json")],
      ["holds: 512"],
    ],
    [
      "not among those that were given",
      SIDES,
      [subject("spoke1"), subject("other")],
      ["not-judged: no table named 'spoke2' is given: there are spoke1, other"],
    ],
    [
      "of a name that two have",
      SIDES,
      [subject("x/spoke1.json"), subject("y/spoke1.json"), subject("spoke2")],
      ["not-judged: several tables are named spoke1: x/spoke1.json, y/spoke1.json"],
    ],
    [
      "twice the same",
      { spoke1: "10.1.0.0/24", "spoke1.json": "10.2.0.0/24" },
      [subject("spoke1.json"), subject("b")],
      ["not-judged: spoke1.json names the same table as another side"],
    ],
    [
      "with addresses that overlap",
      { a: "10.0.0.0/8", b: "10.1.0.0/16" },
      [subject("a"), subject("b")],
      ["not-judged: the addresses of a and b overlap"],
    ],
    [
      "a single one",
      true,
      [subject("a", SPOKE1)],
      ["not-judged: a symmetric rule needs two tables, and one was given"],
    ],
    [
      "without a network of its own",
      true,
      [subject("a", SPOKE1), subject("b")],
      ["not-judged: b has no virtual network route, so its addresses are unknown"],
    ],
    [
      "of one network",
      true,
      [subject("a", SPOKE1), subject("b", SPOKE1)],
      ["not-judged: the addresses of a and b overlap; name the tables and the subnets behind them"],
    ],
  ])("tables %s", (_, sides, tables, expected) => {
    expect(told(sides, ...tables)).toEqual(expected);
  });

  it("a rule that cannot be judged names the tables that it was given, or the pair", () => {
    const given = (...names: readonly string[]) => names.map((name) => subject(name, SPOKE1));
    const tablesOf = (symmetric: unknown, ...names: readonly string[]) =>
      check(symmetric, ...given(...names)).map(({ status, tables }) => [status, ...tables]);
    expect(tablesOf(true, "a")).toEqual([["not-judged", "a"]]);
    expect(tablesOf(SIDES, "a", "b", "c")).toEqual([["not-judged", "a", "b", "c"]]);
    expect(tablesOf(true, "a", "b")).toEqual([["not-judged", "a", "b"]]);
  });

  it("a rule that cannot be judged does not pass", () => {
    const policy = policyOf({ symmetric: true });
    expect(checkPolicy(policy, [subject("a")], null)).toMatchObject({
      passed: false,
      count: { notJudged: { error: 1 } },
    });
  });
});

/* The reference: one packet and its answer at a time. */

const DIRECT = new Set(["vnetlocal", "vnetpeering", "vnetglobalpeering", "connectedgroup"]);

function hopsOf({ annotated }: PolicySubject, destination: Address): readonly string[] {
  const { verdict, winners } = select(annotated.table.routes, destination);
  if (verdict !== "forward") return [verdict === "platform" ? verdict : "none"];
  const hops = winners.flatMap(({ route: { nextHopType, nextHopIpAddress } }) => {
    const type = nextHopType.toLowerCase();
    if (DIRECT.has(type)) return ["directly"];
    return nextHopIpAddress.length === 0 ? [type] : nextHopIpAddress.map((address) => `${type} ${address}`);
  });
  return [...new Set(hops)].sort();
}

const inside = (address: Address, { prefix }: { readonly prefix: Prefix }) => contains(prefix, address);
const side = (text: string) => ({ text, prefix: parsePrefix(text) });
const anySides = fc.constantFrom(
  [side("10.0.0.0/24"), side("10.0.1.0/24")] as const,
  [side("10.0.0.0/9"), side("20.0.0.0/8")] as const,
  [side("fd00::/64"), side("2001:db8::/32")] as const,
  [side("168.63.128.0/23"), side("10.0.0.240/28")] as const,
);

describe("the check of symmetry is exact", () => {
  it("a pair of addresses is in a counter-example where the reference finds two different next hops, or several", () => {
    fc.assert(
      fc.property(anyTable, anyTable, anySides, (one, other, [mine, yours]) => {
        const [a, b] = [subjectOf(one, "a", null), subjectOf(other, "b", null)];
        const [result] = check({ a: mine.text, b: yours.text }, a, b);
        const boundaries = [...boundaryAddresses(one), ...boundaryAddresses(other)];
        const ends = ({ prefix }: typeof mine): Address[] => [
          { family: prefix.family, value: prefix.first },
          { family: prefix.family, value: lastOf(prefix) },
        ];
        const from = [...boundaries.filter((address) => inside(address, mine)), ...ends(mine)];
        const to = [...boundaries.filter((address) => inside(address, yours)), ...ends(yours)];
        const holds = (prefixes: readonly string[] | undefined, address: Address) =>
          prefixes?.some((prefix) => contains(parsePrefix(prefix), address)) === true;
        for (const source of from.slice(0, 20)) {
          for (const destination of to.slice(0, 20)) {
            const there = hopsOf(a, destination);
            const symmetric = there.length === 1 && there.join() === hopsOf(b, source).join();
            const found = result?.counterExamples.filter(
              ({ prefixes, back }) => holds(prefixes, destination) && holds(back?.prefixes, source),
            );
            const pair = `${formatAddress(source)} ${formatAddress(destination)}`;
            expect([pair, found?.length]).toEqual([pair, symmetric ? 0 : 1]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
