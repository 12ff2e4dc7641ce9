import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { readDestination } from "../../../src/analysis/destinations/destination.ts";
import { type DestinationSet, parseDestination } from "../../../src/analysis/destinations/destination-set.ts";
import { DestinationTally } from "../../../src/analysis/destinations/destination-tally.ts";
import { piecesWithin } from "../../../src/analysis/destinations/pieces.ts";
import { splitByDecision } from "../../../src/analysis/destinations/split.ts";
import { type Address, parseAddress } from "../../../src/net/address.ts";
import { addressCount, rangeOf, unionOf } from "../../../src/net/address-ranges.ts";
import { contains, formatPrefix, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { explain } from "../../../src/selection/explain.ts";
import { PLATFORM_ADDRESSES, select } from "../../../src/selection/select.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import type { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };

/** The own prefixes of a set, each repeated `count` times. */
const prefixesOfSet = ({ own }: DestinationSet): readonly Prefix[] =>
  Array.from(own).flatMap(({ prefix, count }) => Array<Prefix>(count).fill(prefix));

function setOfLines(lines: readonly string[], tags: TagCatalogue | null): DestinationSet {
  const tally = new DestinationTally();
  for (const line of lines) tally.add(readDestination(line));
  expect(tally.lines).toBe(lines.length);
  return tally.set("@lines.txt", tags);
}

function split(destination: string, ...rows: readonly string[]) {
  const annotated = annotatedTable(...rows);
  const tags = tagsOf({ Storage: ["20.60.0.0/16", "20.60.1.0/24", "20.61.0.0/24", "2603:1000::/40"] });
  return splitByDecision(parseDestination(destination, tags), annotated, new ForwardingTable(annotated.table.routes));
}

describe("a destination set is split by decision", () => {
  it("counts the tag's own prefixes in each group", () => {
    const { ownPrefixes, outcomes } = split(
      "tag:Storage",
      "Default 20.60.0.0/16 VirtualNetworkServiceEndpoint",
      "User 0.0.0.0/0 None 10.0.1.4 #to-nva",
      "User 20.60.1.128/25 VirtualAppliance 10.0.1.5 #half",
    );
    expect(ownPrefixes).toBe(4);
    const found = outcomes.map(({ verdict, winner, ownPrefixes, prefixes }) => [
      `${verdict} ${winner?.name}`,
      ownPrefixes,
      prefixes.length,
    ]);
    expect(found).toEqual([
      ["forward null", { whole: 0, partly: 2 }, 9],
      ["drop to-nva", { whole: 1, partly: 0 }, 1],
      ["forward half", { whole: 0, partly: 2 }, 1],
      ["no-route undefined", { whole: 1, partly: 0 }, 1],
    ]);
    expect(outcomes[0]?.outline).toEqual({ prefixes: ["20.60.0.0/16"], except: ["20.60.1.128/25"] });
  });

  it("several prefixes of one row form one group", () => {
    const { outcomes } = split("10.0.0.0/8", "Default 10.2.0.0/16,10.1.0.0/16 VNetPeering");
    expect(
      outcomes.map(({ winner, addresses }) => [winner?.addressPrefix, winner?.addressPrefixes, addresses]),
    ).toEqual([
      [undefined, undefined, { v4: String(2 ** 24 - 2 ** 17), v6: "0" }],
      [null, ["10.1.0.0/16", "10.2.0.0/16"], { v4: String(2 ** 17), v6: "0" }],
    ]);
    const [joined] = split("10.0.0.0/15", "Default 10.1.0.0/16,10.0.0.0/16 VNetPeering").outcomes;
    expect([joined?.prefixes, joined?.winningPrefixes]).toEqual([["10.0.0.0/15"], [["10.0.0.0/16", "10.1.0.0/16"]]]);
  });

  it("several prefixes of one endpoint row are in numeric order, with the tag of the row", () => {
    const tags = tagsOf({ Storage: ["20.0.0.0/8", "20.0.0.0/16"] });
    const row = "Default 20.0.0.0/16,20.0.0.0/8 VirtualNetworkServiceEndpoint";
    const annotated = annotateTable(annotatedTable("Default 10.0.0.0/16 VnetLocal", row).table, tags);
    const { outcomes } = splitByDecision(
      parseDestination("20.0.0.0/8", tags),
      annotated,
      new ForwardingTable(annotated.table.routes),
    );
    expect(outcomes.map(({ winner }) => [winner?.serviceTag, winner?.addressPrefix, winner?.addressPrefixes])).toEqual([
      ["Storage", null, ["20.0.0.0/8", "20.0.0.0/16"]],
    ]);
  });

  it("a single address has the same winner as its explanation", () => {
    const tags = sampleTags();
    const annotated = annotateTable(sampleRouteTable("udr-and-endpoint"), tags);
    const table = new ForwardingTable(annotated.table.routes);
    const { outcomes } = splitByDecision(parseDestination("191.239.203.0", tags), annotated, table);
    const { winner, certainty, rule, diagnosis } = explain(annotated, parseAddress("191.239.203.0"), tags);
    const { text: _, ...named } = rule;
    expect(outcomes).toEqual([
      {
        verdict: "forward",
        addresses: { v4: "1", v6: "0" },
        prefixes: ["191.239.203.0/32"],
        outline: null,
        example: "191.239.203.0",
        winner: { ...winner, addressPrefixes: ["191.239.203.0/28"] },
        rule: named,
        certainty,
        ownPrefixes: { whole: 1, partly: 0 },
        winningPrefixes: [["191.239.203.0/28"]],
        winningRows: 1,
        diagnosis: { ...diagnosis },
        next: null,
        notes: ["appliance-unreachable", "bypasses-appliance", "endpoint-effects"],
      },
    ]);
  });

  it("a set of private and public addresses has the notes of both", () => {
    const notesOf = (to: string) => split(to, "Default 0.0.0.0/0 Internet").outcomes.map(({ notes }) => notes);
    expect(notesOf("0.0.0.0/0")).toEqual([["private-to-internet", "outbound-access"], []]);
    expect(notesOf("10.0.0.0/8")).toEqual([["private-to-internet"]]);
    expect(notesOf("8.0.0.0/8")).toEqual([["outbound-access"]]);
    expect(notesOf("127.0.0.0/8")).toEqual([[]]);
  });

  it.each([
    ["internet", "Default 0.0.0.0/0 Internet", ["forwarded fine", "no-ipv6 fine"]],
    ["tag:Storage", "Default 0.0.0.0/0 Internet", ["forwarded fine", "no-ipv6 fine"]],
    ["internet", "Default 0.0.0.0/0,2001:db8::/32 Internet", ["forwarded fine", "no-route problem"]],
    ["::/0", "Default 0.0.0.0/0 Internet", ["no-ipv6 warning"]],
  ])("the IPv6 part of a tag or keyword is no fault of a subnet without IPv6: %s of %s", (to, row, expected) => {
    const { outcomes } = split(to, row);
    expect(outcomes.map(({ diagnosis: { id, level } }) => `${id} ${level}`)).toEqual(expected);
  });

  it("a set of private and public addresses has the diagnosis of both", () => {
    const textOf = (to: string) =>
      split(to, "Default 0.0.0.0/0 Internet").outcomes.map(({ diagnosis: { level, text } }) => `${level}: ${text}`);
    expect(textOf("0.0.0.0/0")).toEqual([
      "warning: Internet, but NOT DELIVERED for private addresses",
      "fine: answered by the Azure host, not by a route",
    ]);
    expect(textOf("10.0.0.0/8")).toEqual([
      "problem: NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it",
    ]);
    expect(textOf("8.0.0.0/8")).toEqual(["fine: Internet"]);
  });

  it("says what to check for the private addresses, and why IPv6 is not sent", () => {
    const [whole] = split("0.0.0.0/0", "Default 0.0.0.0/0 Internet").outcomes;
    expect(whole?.next).toBe("check that a peering, gateway route or user route covers it and is active");
    const [, unsent] = split("internet", "Default 0.0.0.0/0 Internet").outcomes;
    const text = "not sent: the subnet has no IPv6";
    expect([unsent?.diagnosis, unsent?.next]).toEqual([{ id: "no-ipv6", level: "fine", brief: text, text }, null]);
  });

  it("a platform address has its own group, and the outline of the others ignores the gap", () => {
    const { outcomes } = split("0.0.0.0/0", "User 0.0.0.0/0 Internet", "Default 10.0.0.0/16 VnetLocal");
    expect(outcomes.map(({ verdict, outline }) => [verdict, outline])).toEqual([
      ["forward", { prefixes: ["0.0.0.0/0"], except: ["10.0.0.0/16"] }],
      ["forward", null],
      ["platform", null],
    ]);
  });
});

describe("the split is exact", () => {
  const anySet = fc.constantFrom("0.0.0.0/0", "::/0", "10.0.0.0/15", "10.0.0.240", "internet", "private", "fd00::/8");

  it("every address of the set is in exactly one group, with the outcome of select", { tags: ["slow"] }, () => {
    fc.assert(
      fc.property(
        anyTable,
        anySet,
        fc.array(fc.bigInt(0n, (1n << 128n) - 1n), { maxLength: 10 }),
        (routes, text, some) => {
          const set = parseDestination(text, null);
          const annotated = annotateTable({ routes, origin }, null);
          const { outcomes, addresses } = splitByDecision(set, annotated, new ForwardingTable(routes));
          const groups = outcomes.map(({ prefixes }) => prefixes.map((prefix) => parsePrefix(prefix)));
          expect(unionOf(groups.flat().map(rangeOf))).toEqual(set.ranges);
          const counted = groups.reduce((sum, prefixes) => sum + addressCount(prefixes.map(rangeOf)), 0n);
          expect(counted).toBe(addressCount(set.ranges));
          expect(BigInt(addresses.v4) + BigInt(addresses.v6)).toBe(counted);
          for (const address of probes(routes, some)) {
            const own = outcomes.filter((_, at) => groups[at]?.some((prefix) => contains(prefix, address)));
            const inSet = prefixesOfSet(set).some((prefix) => contains(prefix, address));
            expect(own).toHaveLength(inSet ? 1 : 0);
            if (own[0] === undefined) continue;
            const { verdict, winner, rule, certainty } = own[0];
            const explained = explain(annotated, address, null);
            expect({ verdict, rule: rule.id, certainty }).toEqual({
              verdict: explained.verdict,
              rule: explained.rule.id,
              certainty: explained.certainty,
            });
            expect(winner?.nextHopType).toBe(explained.winner?.nextHopType);
            if (explained.winner !== null) expect(winner?.addressPrefixes).toContain(explained.winner.addressPrefix);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  const anyLines = fc.array(
    fc.constantFrom(
      "10.0.0.0/15",
      "10.0.0.0/24",
      "10.0.0.240/28",
      "10.0.0.255",
      "10.0.1.0",
      "20.0.0.0/7",
      "168.63.129.16",
      "168.63.129.0/24",
      "fd00::/8",
      "fd00::1",
      "private",
      "tag:Storage",
    ),
    { minLength: 1, maxLength: 6 },
  );
  const tags = tagsOf({ Storage: ["10.0.0.0/25", "10.0.0.128/25", "10.0.0.0/16", "fd00::/64"] });

  it("counts every line of a file, and lists the winning prefixes of each prefix", { tags: ["slow"] }, () => {
    fc.assert(
      fc.property(anyTable, anyLines, (routes, lines) => {
        const set = setOfLines(lines, tags);
        const own = prefixesOfSet(set);
        const ofEach = lines.flatMap((line) => prefixesOfSet(parseDestination(line, tags)));
        expect(own.map(formatPrefix).sort()).toEqual(ofEach.map(formatPrefix).sort());
        const annotated = annotateTable({ routes, origin }, null);
        const { outcomes, ownPrefixes } = splitByDecision(set, annotated, new ForwardingTable(routes));
        expect(ownPrefixes).toBe(own.length);
        expect(unionOf(outcomes.flatMap(({ prefixes }) => prefixes.map((text) => rangeOf(parsePrefix(text)))))).toEqual(
          set.ranges,
        );
        const within = (prefix: Prefix) => [
          { family: prefix.family, value: prefix.first },
          ...probes(routes, []).filter((address) => contains(prefix, address)),
        ];
        const counts = outcomes.map(() => ({ whole: 0, partly: 0 }));
        const groups = outcomes.map(({ prefixes }) => prefixes.map((text) => parsePrefix(text)));
        for (const prefix of own) {
          const met = groups.flatMap((group, at) =>
            within(prefix).some((address) => group.some((own) => contains(own, address))) ? [at] : [],
          );
          for (const at of met) {
            const own = counts[at];
            if (own !== undefined) own[met.length === 1 ? "whole" : "partly"]++;
          }
        }
        expect(outcomes.map((outcome) => outcome.ownPrefixes)).toEqual(counts);
        outcomes.forEach(({ winningPrefixes, prefixes }, at) => {
          expect(winningPrefixes).toHaveLength(prefixes.length);
          groups[at]?.forEach((prefix, place) => {
            const winners = within(prefix).flatMap(
              (address) => explain(annotated, address, null).winner?.addressPrefix ?? [],
            );
            expect(new Set(winningPrefixes[place])).toEqual(new Set(winners));
          });
        });
      }),
      { numRuns: 150 },
    );
  });

  it("the pieces of a set cover exactly the set, each with the decision of select", () => {
    fc.assert(
      fc.property(anyTable, anySet, (routes, text) => {
        const { ranges } = parseDestination(text, null);
        const pieces = [...piecesWithin(new ForwardingTable(routes), ranges)];
        expect(pieces.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n)).toBe(addressCount(ranges));
        expect(unionOf(pieces.map(({ family, first, last }) => ({ family, first, last })))).toEqual(ranges);
        for (const { family, first, last, decision } of pieces) {
          for (const value of [first, last]) expect(decision).toEqual(select(routes, { family, value }));
        }
      }),
      { numRuns: 100 },
    );
  });

  function probes(routes: readonly EffectiveRoute[], some: readonly bigint[]): Address[] {
    const anywhere = some.flatMap((value) => [
      { family: 6, value } as const,
      { family: 4, value: value & 0xffffffffn } as const,
    ]);
    return [...boundaryAddresses(routes), ...PLATFORM_ADDRESSES, ...anywhere];
  }
});

it("the own prefixes of a keyword are its shortest list", () => {
  const set = parseDestination("internet", null);
  const prefixes = prefixesOfSet(set);
  expect(unionOf(prefixes.map(rangeOf))).toEqual(set.ranges);
  expect(prefixes.map(formatPrefix)).toContain("1.0.0.0/8");
});
