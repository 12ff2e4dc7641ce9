import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { diffTables, type TableDiff, type TableMove } from "../../../src/analysis/diff/tables.ts";
import { mismatches } from "../../../src/analysis/expectation/mismatch.ts";
import { type Address, formatAddress, parseAddress } from "../../../src/net/address.ts";
import { addressCount, intersectionOf, rangeOf } from "../../../src/net/address-ranges.ts";
import { contains, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { AnnotatedRouteTable } from "../../../src/routes/annotation.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import type { Decision } from "../../../src/selection/decision.ts";
import { explain } from "../../../src/selection/explain.ts";
import { PLATFORM_ADDRESSES, select } from "../../../src/selection/select.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { annotatedTable, row } from "../../selection/routes-for-tests.ts";
import { sharedCatalogue } from "../../service-tags/shared-tags.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";
import { hasSharedData } from "../../shared-data.ts";
import { moveText, rowChangeText } from "./change-texts.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };
const tableOf = (routes: readonly EffectiveRoute[]) => annotateTable({ routes, origin }, null);

const diff = (before: readonly string[], after: readonly string[]) =>
  diffTables(annotatedTable(...before), annotatedTable(...after), null);

const LOCAL = "Default 10.0.0.0/16 VnetLocal";
const INTERNET = "Default 0.0.0.0/0 Internet";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva";

describe("an address moves if its forwarding changes", () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["nothing changes", [LOCAL, NVA], [NVA, LOCAL], []],
    [
      "a default route to an appliance",
      [LOCAL, INTERNET],
      [LOCAL, INTERNET.replace("Default", "Default!"), NVA],
      [
        "0.0.0.0/0 except 10.0.0.0/16: Internet by Default (some undelivered) -> VirtualAppliance 10.0.1.4 by User to-nva",
      ],
    ],
    [
      "another next hop",
      [NVA],
      [NVA.replace("1.4", "1.5")],
      [
        "0.0.0.0/0 except the platform: VirtualAppliance 10.0.1.4 by User to-nva -> VirtualAppliance 10.0.1.5 by User to-nva",
      ],
    ],
    [
      "another spelling of the next hop",
      ["User ::/0 VirtualAppliance FD00:0::4"],
      ["User ::/0 virtualappliance fd00::4"],
      [],
    ],
    [
      "an additional equal-cost next hop",
      [`${NVA}`, LOCAL],
      [`${NVA}`, LOCAL, NVA.replace("1.4", "1.5")],
      [
        "0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> VirtualAppliance 10.0.1.4 + VirtualAppliance 10.0.1.5 by User to-nva (equal-cost, observed)",
      ],
    ],
    [
      "another case of a next hop that is no address",
      ["User ::/0 VirtualAppliance NVA"],
      ["User ::/0 VirtualAppliance nva"],
      [],
    ],
    [
      "equal-cost next hops, in alphabetical order, one without an address first",
      [INTERNET],
      [NVA.replace("1.4", "1.5"), NVA, "User 0.0.0.0/0 VirtualAppliance", "User 0.0.0.0/0 Internet"],
      [
        "0.0.0.0/0 except the platform: Internet by Default (some undelivered) -> Internet + VirtualAppliance + VirtualAppliance 10.0.1.4 + VirtualAppliance 10.0.1.5 by User to-nva + User (equal-cost, observed) (some undelivered)",
      ],
    ],
    ["another row with the same next hop", [INTERNET], ["User 0.0.0.0/0 Internet #direct"], []],
    [
      "a dropped packet whose row lists another appliance",
      ["User 0.0.0.0/0 None 10.0.1.4"],
      ["User 0.0.0.0/0 None"],
      [],
    ],
    ["dropped by a row, then without a route", ["User 10.0.0.0/8 None"], [], ["10.0.0.0/8: drop by User -> no-route"]],
    [
      "both families",
      [INTERNET, "Default ::/0 Internet"],
      [],
      ["0.0.0.0/0 ::/0 except the platform: Internet by Default (some undelivered) -> no-route"],
    ],
    [
      "the move with most IPv4 addresses first",
      ["User 10.0.0.0/24 Internet", "Default 10.9.0.0/16 VnetLocal"],
      [],
      ["10.9.0.0/16: VnetLocal by Default -> no-route", "10.0.0.0/24: Internet by User (all undelivered) -> no-route"],
    ],
    [
      "of moves with as many IPv4 addresses the one with most IPv6 addresses first",
      ["User 10.0.0.0/24,fd00::/64 Internet", "Default 10.9.0.0/24,fd09::/48 VnetLocal"],
      [],
      [
        "10.9.0.0/24 fd09::/48: VnetLocal by Default -> no-route",
        "10.0.0.0/24 fd00::/64: Internet by User (all undelivered) -> no-route",
      ],
    ],
    [
      "IPv4 before IPv6, and of moves of one size the one with the lowest address first",
      ["Default 10.9.0.0/24 VnetLocal", "User 10.8.0.0/24 Internet", "Default fd00::/8 None"],
      [],
      [
        "10.8.0.0/24: Internet by User (all undelivered) -> no-route",
        "10.9.0.0/24: VnetLocal by Default -> no-route",
        "fd00::/8: drop by Default -> no-route",
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(diff(before, after).moves.map(moveText)).toEqual(expected);
  });

  it("each side lists the winning rows, the rules and the certainty", () => {
    const before = diff(
      [LOCAL, INTERNET],
      [LOCAL, "Default 20.0.0.0/8 VirtualNetworkServiceEndpoint", "User 20.0.0.0/8 Internet #out", NVA],
    );
    expect(before.moves.map(({ after }) => [after.routes, after.rules.map(({ id }) => id), after.certainty])).toEqual([
      [[{ source: "User", name: "to-nva" }], ["longest-prefix"], "documented"],
      [[{ source: "Default", name: null }], ["service-endpoint-tie"], "contested"],
    ]);
  });

  it("in the sample, enabling a service endpoint moves its prefixes", () => {
    const tags = sampleTags();
    const table = (name: "udr" | "udr-and-endpoint") => annotateTable(sampleRouteTable(name), tags);
    const { moves, rows, moved } = diffTables(table("udr"), table("udr-and-endpoint"), tags);
    expect(moved).toEqual({ v4: "80", v6: "0" });
    expect(moves.map(moveText)).toEqual([
      "191.235.255.192/26: drop by User to-nva -> VirtualNetworkServiceEndpoint (Microsoft.Storage Storage.NorthEurope) by Default",
      "191.239.203.0/28: drop by User to-nva -> VirtualNetworkServiceEndpoint (Microsoft.Storage Storage.WestEurope) by Default",
    ]);
    expect(moves[1]?.serviceTags?.shown[0]).toMatchObject({ name: "Storage.WestEurope", holdsGroup: true });
    expect(rows.map(({ change, addressesMoved }) => [change, addressesMoved])).toEqual([
      ["added", true],
      ["added", true],
    ]);
  });

  it("a tag that another file spells in another case is the same", () => {
    const table: RouteTable = { routes: [row("Default 20.0.0.0/24 VirtualNetworkServiceEndpoint")], origin };
    const annotated = (name: string) => annotateTable(table, tagsOf({ [name]: ["20.0.0.0/24"] }));
    expect(annotated("STORAGE").routes[0]?.serviceTag?.name).toBe("STORAGE");
    expect(diffTables(annotated("Storage"), annotated("STORAGE"), null).moves).toEqual([]);
    expect(diffTables(annotated("Storage"), annotated("Sql"), null).moves).toHaveLength(1);
  });

  it("a service endpoint that no tag names has neither a tag nor an endpoint", () => {
    const tags = tagsOf({ Storage: ["20.0.0.0/24"] });
    const table = (...rows: readonly string[]) => annotateTable({ routes: rows.map(row), origin }, tags);
    const endpoint = "Default 30.0.0.0/24 VirtualNetworkServiceEndpoint";
    const [move] = diffTables(table(INTERNET), table(INTERNET, endpoint), tags).moves;
    expect(move?.after).toMatchObject({ verdict: "forward", serviceTag: null, serviceEndpoint: null });
  });

  it("where a decision sends packets is worked out once, however many gaps it fills", () => {
    const reads = (gaps: number) => {
      let count = 0;
      const everything = {
        ...row(INTERNET),
        get nextHopIpAddress() {
          count++;
          return [];
        },
      };
      const own = Array.from({ length: gaps }, (_, at) => row(`User 20.0.${2 * at}.0/24 None`));
      diffTables(tableOf([everything, ...own]), tableOf([row(INTERNET), ...own]), null);
      return count;
    };
    expect(reads(50)).toBe(reads(2));
  });

  it("tags are not compared if only one table has tags", () => {
    const tags = sampleTags();
    const table = sampleRouteTable("udr-and-endpoint");
    expect(diffTables(annotateTable(table, null), annotateTable(table, tags), tags).moves).toEqual([]);
    expect(diffTables(annotateTable(table, tags), annotateTable(table, null), tags).moves).toEqual([]);
  });
});

describe("rows that differ", () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["not by order", [LOCAL, NVA], [NVA, LOCAL], []],
    [
      "not by the order of prefixes",
      ["Default 10.0.0.0/8,11.0.0.0/8 Internet"],
      ["Default 11.0.0.0/8,10.0.0.0/8 Internet"],
      [],
    ],
    ["one of two equal rows removed", [LOCAL, LOCAL], [LOCAL], ["removed Default 10.0.0.0/16 VnetLocal"]],
    ["one of two equal rows added", [LOCAL], [LOCAL, LOCAL], ["added Default 10.0.0.0/16 VnetLocal"]],
    ["not two equal rows in both", [LOCAL, LOCAL], [LOCAL, LOCAL], []],
    [
      "a name",
      [NVA],
      [NVA.replace("to-nva", "to-fw")],
      ["changed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva: name to-fw"],
    ],
    [
      "a state, matched by prefix",
      [LOCAL, INTERNET, NVA],
      [LOCAL, INTERNET.replace("Default", "Default!"), NVA],
      ["changed Default 0.0.0.0/0 Internet: state Invalid"],
    ],
    [
      "a next hop",
      [NVA],
      [NVA.replace("1.4", "1.5")],
      ["changed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva: nextHopIpAddress 10.0.1.5; moves addresses"],
    ],
    [
      "prefixes, matched by name, without moves",
      [NVA, "User 10.1.0.0/24 VirtualAppliance 10.0.1.4 #a"],
      [NVA, "User 10.1.0.0/24,10.2.0.0/24 VirtualAppliance 10.0.1.4 #a"],
      ["changed User 10.1.0.0/24 VirtualAppliance 10.0.1.4 #a: addressPrefix 10.1.0.0/24,10.2.0.0/24"],
    ],
    [
      "prefixes summarised differently",
      ["User 10.0.0.0/23 Internet #a"],
      ["User 10.0.0.0/24,10.0.1.0/24 Internet #a"],
      ["changed User 10.0.0.0/23 Internet #a: addressPrefix 10.0.0.0/24,10.0.1.0/24"],
    ],
    [
      "rows without moves last",
      ["User 10.0.0.0/24 Internet #a", LOCAL],
      [LOCAL, "User 11.0.0.0/24 None #b", "User 10.0.0.0/8 VnetLocal #c", "Default 12.0.0.0/8 Internet"],
      [
        "removed User 10.0.0.0/24 Internet #a; moves addresses",
        "added User 11.0.0.0/24 None #b; moves addresses",
        "added User 10.0.0.0/8 VnetLocal #c; moves addresses",
        "added Default 12.0.0.0/8 Internet; moves addresses",
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(diff(before, after).rows.map(rowChangeText)).toEqual(expected);
  });

  it("list the addresses that a changed row gained and lost", () => {
    const { rows } = diff(
      ["User 10.0.0.0/23,10.9.0.0/24 Internet #a"],
      ["User 10.0.0.0/24,10.0.1.0/24,10.8.0.0/24 Internet #a"],
    );
    expect(rows[0]).toMatchObject({
      addressesAdded: ["10.8.0.0/24"],
      addressesRemoved: ["10.9.0.0/24"],
      addressesMoved: true,
    });
  });
});

describe("the tags of a move", () => {
  const tags = tagsOf({
    AzureCloud: ["20.0.0.0/8"],
    Storage: ["20.60.0.0/16"],
    "Storage.WestEurope": ["20.60.1.0/24"],
    Sql: ["20.60.1.0/25", "20.61.0.0/16"],
    Far: ["40.0.0.0/8"],
  });
  const tagsOfMove = (prefix: string) =>
    diffTables(annotatedTable(NVA), annotatedTable(NVA, `User ${prefix} None`), tags).moves[0]?.serviceTags;

  it("tags that contain the whole move come first, smallest first, AzureCloud last", () => {
    expect(tagsOfMove("20.60.1.0/24")).toEqual({
      total: 4,
      shown: [
        { name: "Storage.WestEurope", addresses: { v4: "256", v6: "0" }, holdsGroup: true, isHeld: true },
        { name: "Storage", addresses: { v4: "256", v6: "0" }, holdsGroup: true, isHeld: false },
        { name: "AzureCloud", addresses: { v4: "256", v6: "0" }, holdsGroup: true, isHeld: false },
        { name: "Sql", addresses: { v4: "128", v6: "0" }, holdsGroup: false, isHeld: false },
      ],
    });
  });

  it("other tags follow, most shared addresses first, at most twenty", () => {
    expect(tagsOfMove("20.0.0.0/7")?.shown.map(({ name, isHeld }) => [name, isHeld])).toEqual([
      ["Sql", true],
      ["Storage", true],
      ["Storage.WestEurope", true],
      ["AzureCloud", true],
    ]);
    const many = tagsOf(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`T${at}`, [`20.0.${at}.0/24`]])));
    const move = diffTables(annotatedTable(), annotatedTable("User 20.0.0.0/8 None"), many).moves[0];
    expect([move?.serviceTags?.total, move?.serviceTags?.shown.length]).toEqual([30, 20]);
  });

  it("are correct for several moves at once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("20.60.1.0/24", "20.60.0.0/17", "20.61.3.0/24", "41.0.0.0/8", "20.0.0.0/9")),
        (prefixes) => {
          const hops = prefixes.map((prefix, at) => `User ${prefix} VirtualAppliance 10.0.9.${at}`);
          for (const { prefixes: own, serviceTags } of diffTables(annotatedTable(), annotatedTable(...hops), tags)
            .moves) {
            const ranges = own.map((prefix) => rangeOf(parsePrefix(prefix)));
            const expected = [...tags.tags()]
              .map((tag) => [tag.name, addressCount(intersectionOf(tag.prefixes.map(rangeOf), ranges))] as const)
              .filter(([, count]) => count > 0n);
            expect(new Map(serviceTags?.shown.map(({ name, addresses }) => [name, BigInt(addresses.v4)]))).toEqual(
              new Map(expected),
            );
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

/** Obvious reference for "does not move", for tables without tags. */
function sameForwarding(a: Decision, b: Decision): boolean {
  if (a.verdict !== b.verdict) return false;
  if (a.verdict !== "forward") return true;
  const hops = ({ winners }: Decision) =>
    winners.flatMap(({ route }) =>
      (route.nextHopIpAddress.length === 0 ? ["-"] : route.nextHopIpAddress).map((ip) => `${route.nextHopType} ${ip}`),
    );
  return hops(a).every((hop) => hops(b).includes(hop)) && hops(b).every((hop) => hops(a).includes(hop));
}

describe("a diff is exact", () => {
  const groupsOf = ({ moves }: TableDiff) => moves.map(({ prefixes }) => prefixes.map((prefix) => parsePrefix(prefix)));
  const anyValues = fc.array(fc.bigInt(0n, (1n << 128n) - 1n), { maxLength: 8 });

  it("an address is in exactly one move if its forwarding differs, else in none", () => {
    fc.assert(
      fc.property(anyTable, anyTable, anyValues, (before, after, some) => {
        const found = diffTables(tableOf(before), tableOf(after), null);
        const groups = groupsOf(found);
        for (const address of probes([...before, ...after], some)) {
          const count = groups.filter((prefixes) => prefixes.some((prefix) => contains(prefix, address))).length;
          const same = sameForwarding(select(before, address), select(after, address));
          expect(count, formatAddress(address)).toBe(same ? 0 : 1);
        }
        expectDisjoint(groups);
      }),
      { numRuns: 120 },
    );
  });

  it("both sides of a move agree with explain, at every boundary and at random addresses", { tags: ["slow"] }, () => {
    fc.assert(
      fc.property(anyTable, anyTable, anyValues, (before, after, some) => {
        const [old, now] = [tableOf(before), tableOf(after)];
        for (const move of diffTables(old, now, null).moves) {
          const own = move.prefixes.map((text) => parsePrefix(text));
          const ends = own.flatMap((prefix) =>
            [prefix.first, rangeOf(prefix).last].map((value) => ({ family: prefix.family, value })),
          );
          const inside = probes([...before, ...after], some).filter((address) =>
            own.some((prefix) => contains(prefix, address)),
          );
          for (const address of [...ends, ...inside]) {
            expectSide(old, move.before, address);
            expectSide(now, move.after, address);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("a table does not differ from itself, and swapping the tables swaps the sides", () => {
    fc.assert(
      fc.property(anyTable, anyTable, (a, b) => {
        const self = diffTables(tableOf(a), tableOf([...a].reverse()), null);
        expect([self.moves, self.rows]).toEqual([[], []]);
        const there = diffTables(tableOf(a), tableOf(b), null);
        const back = diffTables(tableOf(b), tableOf(a), null);
        expect(back.moves.map(({ prefixes }) => prefixes)).toEqual(there.moves.map(({ prefixes }) => prefixes));
        expect(back.moves.map(({ before }) => before)).toEqual(there.moves.map(({ after }) => after));
        expect(back.rows.length).toBe(there.rows.length);
      }),
      { numRuns: 60 },
    );
  });

  it("a row with addressesMoved false overlaps no move", () => {
    fc.assert(
      fc.property(anyTable, anyTable, (before, after) => {
        const found = diffTables(tableOf(before), tableOf(after), null);
        const moved = groupsOf(found).flat().map(rangeOf);
        for (const { addressesMoved, change, before: old, after: now } of found.rows) {
          if (addressesMoved || change === "changed") continue;
          const own = (old ?? now)?.addressPrefixes.map((prefix) => rangeOf(parsePrefix(prefix))) ?? [];
          expect(intersectionOf(own, moved)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  function expectSide(table: AnnotatedRouteTable, { verdict, nextHops }: TableMove["before"], address: Address) {
    const explained = explain(table, address, null);
    expect(explained.verdict).toBe(verdict);
    if (verdict !== "forward") return;
    const types = nextHops.map(({ nextHopType }) => nextHopType);
    const hops = nextHops.map((hop) => hop.nextHopIpAddress ?? hop.nextHopType);
    expect(
      mismatches(explained, [
        { key: "next-hop", negated: false, values: types },
        // A row to None in an equal-cost set has no next hop address, even if it lists one.
        { key: "via", negated: false, values: [...hops, "None"] },
      ]),
    ).toEqual([]);
  }

  function expectDisjoint(groups: readonly (readonly Prefix[])[]) {
    const ranges = groups.map((prefixes) => prefixes.map(rangeOf));
    const separate = ranges.reduce((sum, own) => sum + addressCount(own), 0n);
    expect(addressCount(ranges.flat())).toBe(separate);
  }

  function probes(routes: readonly EffectiveRoute[], some: readonly bigint[]): Address[] {
    const anywhere = some.flatMap((value) => [
      { family: 6, value } as const,
      { family: 4, value: value & 0xffffffffn } as const,
    ]);
    return [...boundaryAddresses(routes), ...PLATFORM_ADDRESSES, ...anywhere];
  }
});

describe.skipIf(!hasSharedData)("with a whole tag file", () => {
  it("a default route to an appliance moves everything but the network, and lists the tags", () => {
    const tags = sharedCatalogue("ServiceTags_Public_20231106.json");
    const table = (name: "no-udr" | "udr") => annotateTable(sampleRouteTable(name), tags);
    const { moves } = diffTables(table("no-udr"), table("udr"), tags);
    expect(moves.map(moveText)).toEqual([
      "0.0.0.0/0 except 10.0.0.0/16: Internet by Default (some undelivered) -> drop by User to-nva",
    ]);
    expect(moves[0]?.serviceTags?.total).toBeGreaterThan(2000);
    expect(moves[0]?.after.routes).toEqual([{ source: "User", name: "to-nva" }]);
  });

  it("a service prefix has the tags of its addresses", () => {
    const tags = sharedCatalogue("ServiceTags_Public_20231106.json");
    const { moves } = diffTables(annotatedTable(NVA), annotatedTable(NVA, "User 191.239.203.0/28 None"), tags);
    expect(moves[0]?.serviceTags?.shown.map(({ name }) => name)).toEqual(
      tags.lookup(parseAddress("191.239.203.0")).map(({ name }) => name),
    );
  });
});

test.each([
  [25_000, 25_000, false],
  [25_000, 25_001, true],
])("tables of %i and %i prefixes together are too large: %s", (one, other, tooLarge) => {
  const prefixes = (count: number) => Array.from({ length: count }, (_, at) => `10.${at >> 8}.${at & 255}.0/24`);
  const rows = (count: number) => [`User ${prefixes(count).join(",")} Internet #r`];
  const message = "the two tables have more than 50,000 prefixes together";
  const compared = () => diff(rows(one), rows(other));
  if (tooLarge) expect(compared).toThrow(expect.objectContaining({ code: "tables-too-large", message }));
  else expect(compared().moves).toEqual([]);
});

describe("private addresses that go to Internet are not delivered", () => {
  test.each<[what: string, before: readonly string[], after: readonly string[], undelivered: readonly string[]]>([
    ["all of them, afterwards", ["User 10.8.0.0/16 None"], ["User 10.8.0.0/16 Internet"], ["none all"]],
    ["all of them, before", ["User 10.8.0.0/16 Internet"], ["User 10.8.0.0/16 None"], ["all none"]],
    ["the private part of a prefix", ["User 8.0.0.0/6 None"], ["User 8.0.0.0/6 Internet"], ["none some"]],
    ["IPv6 unique local addresses", ["User fd00::/16 None"], ["User fd00::/16 Internet"], ["none all"]],
    ["one of two next hops is Internet", [NVA], [NVA, "User 0.0.0.0/0 Internet"], ["none some"]],
    ["public addresses are", ["User 8.8.0.0/16 None"], ["User 8.8.0.0/16 Internet"], ["none none"]],
    ["the network delivers private ones", ["User 10.8.0.0/16 None"], ["User 10.8.0.0/16 VnetLocal"], ["none none"]],
  ])("%s", (_, before, after, undelivered) => {
    const { moves } = diff(before, after);
    expect(moves.map((move) => `${move.before.undelivered} ${move.after.undelivered}`)).toEqual(undelivered);
  });
});
