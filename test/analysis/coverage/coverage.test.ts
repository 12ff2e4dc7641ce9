import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { rowHoles } from "../../../src/analysis/coverage/holes.ts";
import { placesOf } from "../../../src/analysis/coverage/place.ts";
import { type Share, sharesOf } from "../../../src/analysis/coverage/shares.ts";
import { formatAddress, parseAddress } from "../../../src/net/address.ts";
import { contains } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute } from "../../../src/routes/effective-route.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { select } from "../../../src/selection/select.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";

const annotated = (routes: readonly EffectiveRoute[]) => ({ ...annotatedTable(), ...tableOf(routes) });

function tableOf(routes: readonly EffectiveRoute[]) {
  const { table } = annotatedTable();
  return annotateTable({ ...table, routes }, null);
}

/** Stretches of addresses with one answer, cut at every end of a prefix; slow and plain. */
function* stretches(routes: readonly EffectiveRoute[]) {
  const platform = ["168.63.129.16", "169.254.169.254"].flatMap((text) => {
    const { value } = parseAddress(text);
    return [value, value + 1n].map((start) => ({ family: 4 as const, value: start }));
  });
  for (const family of [4, 6] as const) {
    const end = 1n << (family === 4 ? 32n : 128n);
    const cuts = [...boundaryAddresses(routes), ...platform].filter((each) => each.family === family);
    const starts = [...new Set([0n, ...cuts.map(({ value }) => value)])].sort((a, b) => (a < b ? -1 : 1));
    for (const [at, first] of starts.entries()) {
      const next = starts[at + 1] ?? end;
      yield {
        address: { family, value: first },
        size: next - first,
        decision: select(routes, { family, value: first }),
      };
    }
  }
}

const sizes = (shares: readonly Pick<Share, "place" | "v4" | "v6">[]) =>
  Object.fromEntries(shares.map(({ place, v4, v6 }) => [place.key, [v4, v6]]));

function add(counts: Record<string, [bigint, bigint]>, key: string, family: 4 | 6, size: bigint): void {
  const own = counts[key] ?? [0n, 0n];
  own[family === 4 ? 0 : 1] += size;
  counts[key] = own;
}

describe("where all addresses end up", () => {
  it("each address is in the share of its decision's place, and each example too", () => {
    fc.assert(
      fc.property(anyTable, (routes) => {
        const table = annotated(routes);
        const placeOf = placesOf(table);
        const shares = sharesOf(table, new ForwardingTable(routes));
        const expected: Record<string, [bigint, bigint]> = {};
        for (const { address, size, decision } of stretches(routes)) {
          add(expected, placeOf(decision).key, address.family, size);
        }
        expect(sizes(shares)).toEqual(expected);
        for (const { example, place } of shares) expect(placeOf(select(routes, example)).key).toBe(place.key);
      }),
      { numRuns: 100 },
    );
  });

  it("ranges are runs of consecutive addresses, whatever prefixes they consist of", () => {
    const table = annotatedTable(
      "Default 0.0.0.0/0 Internet",
      "User 10.0.0.0/9 VirtualAppliance 10.9.9.9",
      "User 10.128.0.0/9 VirtualAppliance 10.9.9.9",
      "User 12.0.0.0/8 VirtualAppliance 10.9.9.9",
    );
    const shares = sharesOf(table, new ForwardingTable(table.table.routes));
    const appliance = shares.find(({ place }) => place.nextHopIpAddresses.includes("10.9.9.9"));
    expect(appliance).toMatchObject({ ranges: 2, v4: 2n ** 25n });
    expect(appliance && formatAddress(appliance.example)).toBe("10.0.0.0");
  });

  it.each([
    ["IPv4, where the share has any, though its IPv6 ranges are larger", ["0.0.0.0/0", "::/0"], "0.0.0.0"],
    ["the largest range", ["10.0.0.0/24", "20.0.0.0/23", "30.0.0.0/24"], "20.0.0.0"],
    ["the first of ranges of one size", ["10.0.0.0/24", "20.0.0.0/24"], "10.0.0.0"],
    ["IPv6, where there is no other", ["2001:db8::/48", "2001:db9::/32"], "2001:db9::"],
  ])("the example is in %s", (_, prefixes, example) => {
    const table = annotatedTable(`User ${prefixes.join(",")} VirtualAppliance 10.9.9.9`);
    const shares = sharesOf(table, new ForwardingTable(table.table.routes));
    const share = shares.find(({ place }) => place.nextHopIpAddresses.includes("10.9.9.9"));
    expect(share && formatAddress(share.example)).toBe(example);
  });

  it("a service endpoint is a place of its own for each tag; an unreachable appliance for each address", () => {
    const sample = annotateTable(sampleRouteTable("udr-and-endpoint"), sampleTags());
    const shares = sharesOf(sample, new ForwardingTable(sample.table.routes));
    expect(shares.map(({ place }) => [place.verdict, place.service, place.nextHopIpAddresses.join()])).toEqual([
      ["drop", null, "10.10.10.10"],
      ["forward", null, ""],
      ["forward", "Storage.NorthEurope", ""],
      ["forward", "Storage.WestEurope", ""],
      ["platform", null, ""],
      ["no-route", null, ""],
    ]);
  });
});

describe("holes in a route", () => {
  it("each address of a row is one that it wins, or in exactly one hole by its place", () => {
    fc.assert(
      fc.property(anyTable, (routes) => {
        const table = annotated(routes);
        const placeOf = placesOf(table);
        for (const { index, route, wins, v4, v6, holes } of rowHoles(table, new ForwardingTable(routes))) {
          const expected: Record<string, [bigint, bigint]> = {};
          const won: [bigint, bigint] = [0n, 0n];
          const whole: [bigint, bigint] = [0n, 0n];
          for (const { address, size, decision } of stretches(routes)) {
            if (!route.addressPrefix.some((prefix) => contains(prefix, address))) continue;
            const at = address.family === 4 ? 0 : 1;
            whole[at] += size;
            if (decision.verdict === "platform") continue;
            if (decision.winners.some((row) => row.index === index)) won[at] += size;
            else add(expected, placeOf(decision).key, address.family, size);
          }
          expect([wins.v4, wins.v6]).toEqual(won);
          expect([v4, v6]).toEqual(whole);
          expect(sizes(holes)).toEqual(expected);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["a peering under a default route to an appliance", "Default 10.1.0.0/16 VNetPeering", true, true],
    ["the network itself, which is no bypass", "Default 10.1.0.0/16 VnetLocal", true, false],
    [
      "a user route to another appliance, which is none either",
      "User 10.1.0.0/16 VirtualAppliance 10.9.9.8",
      true,
      false,
    ],
    ["a user route to the same appliance", "User 10.1.0.0/16 VirtualAppliance 10.9.9.9", false, false],
  ])("%s", (_, row, elsewhere, bypassesAppliance) => {
    const table = annotatedTable("User 0.0.0.0/0 VirtualAppliance 10.9.9.9 #to-nva", row);
    const [coverage] = rowHoles(table, new ForwardingTable(table.table.routes));
    expect(coverage?.route.name).toBe("to-nva");
    expect(coverage?.holes).toMatchObject([{ elsewhere, bypassesAppliance, v4: 65_536n, ranges: 1 }]);
  });

  it("inactive rows, Azure's default None rows and rows that nothing overrides are left out", () => {
    const table = annotatedTable(
      "Default! 0.0.0.0/0 Internet",
      "User 0.0.0.0/0 VirtualAppliance 10.9.9.9",
      "Default 10.0.0.0/8 None",
      "Default 10.1.0.0/16 VnetLocal",
    );
    const rows = rowHoles(table, new ForwardingTable(table.table.routes));
    expect(rows.map(({ index }) => index)).toEqual([1]);
  });

  const holesOf = (...rows: readonly string[]) => {
    const table = annotatedTable(...rows);
    return rowHoles(table, new ForwardingTable(table.table.routes));
  };

  it("the rows with the most IPv4 addresses come first, then those with the most IPv6 addresses, then in table order", () => {
    const rows = holesOf(
      "User fd00::/16 None",
      "User 10.0.0.0/16 None",
      "User fd00::/8 None",
      "User 10.0.0.0/8,fe00::/16 None",
      "User 11.0.0.0/8 None",
      "User 12.0.0.0/8,fe01::/16 None",
      "Default 10.0.0.0/17,11.0.0.0/17,12.0.0.0/17,fd00::/17 VnetLocal",
    );
    expect(rows.map(({ index }) => index)).toEqual([3, 5, 4, 1, 2, 0]);
  });

  it("forty rows are looked at, those with the most addresses", () => {
    const all = Array.from({ length: 41 }, (_, at) => `User ${at + 20}.0.0.0/${at === 0 ? 9 : 8} None`);
    const inside = all.map((_, at) => `${at + 20}.0.0.0/24`).join();
    const rows = holesOf(...all, `Default ${inside} VnetLocal`);
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  });

  it("a hole says where its addresses go, the largest first, and how many the row keeps", () => {
    const [row] = holesOf(
      "User 10.0.0.0/8,fd00::/8 VirtualAppliance 10.9.9.9 #to-nva",
      "Default 10.1.0.0/16,10.3.0.0/16 VNetPeering",
      "Default 10.2.0.0/15,fd01::/16 VirtualNetworkGateway 10.4.0.4",
      "User 10.6.0.0/16 None",
    );
    const holes = row?.holes.map(({ place, v4, v6, ranges, elsewhere, bypassesAppliance }) => [
      place.nextHopTypes.join(),
      ...[v4, v6, ranges, elsewhere, bypassesAppliance],
    ]);
    expect(holes).toEqual([
      ["VNetPeering", 2n ** 17n, 0n, 2, true, true],
      ["VirtualNetworkGateway", 2n ** 16n, 2n ** 112n, 2, true, true],
      ["None", 2n ** 16n, 0n, 1, true, false],
    ]);
    expect(row?.wins).toEqual({ v4: 2n ** 24n - 2n ** 18n, v6: 2n ** 120n - 2n ** 112n });
  });

  it.each<[string, string, string, boolean, string?]>([
    ["the same next hop in another spelling", "virtualappliance FD00::4", "VirtualAppliance fd00::4", false],
    ["another address", "VirtualAppliance 10.9.9.8", "VirtualAppliance 10.9.9.9", true],
    ["the same two addresses", "VirtualAppliance 10.9.9.8 10.9.9.9", "VirtualAppliance 10.9.9.8 10.9.9.9", false],
    ["two of the same type", "VirtualAppliance 10.9.9.8 10.9.9.9", "VirtualAppliance 10.9.9.9", true],
    ["another type", "Internet", "VnetLocal", true],
    ["a service endpoint", "VirtualNetworkServiceEndpoint", "VirtualNetworkServiceEndpoint", true, "Default"],
  ])("to %s, the addresses of a hole leave elsewhere: %s", (_, inner, outer, elsewhere, source = "User") => {
    const [row] = holesOf(`${source} 10.0.0.0/8 ${outer}`, `${source} 10.1.0.0/16 ${inner}`);
    expect(row?.holes.map((hole) => hole.elsewhere)).toEqual([elsewhere]);
  });

  it("two types of next hop are elsewhere, though one is the row's", () => {
    const inner = ["User 10.1.0.0/16 Internet", "User 10.1.0.0/16 VnetLocal"];
    const [row] = holesOf("User 10.0.0.0/8 Internet", ...inner);
    expect(row?.holes.map(({ place, elsewhere }) => [...place.nextHopTypes, elsewhere])).toEqual([
      ["Internet", "VnetLocal", true],
    ]);
  });

  it("the host's own addresses are neither won nor a hole", () => {
    const [row] = holesOf("User 168.63.129.0/24 None", "User 168.63.129.128/25 Internet");
    expect([row?.v4, row?.wins.v4, row?.holes.map(({ v4 }) => v4)]).toEqual([256n, 127n, [128n]]);
    expect(holesOf("User 168.63.129.0/24 None")).toEqual([]);
  });

  it("a private endpoint or a gateway's route bypasses an appliance, a user route to None does not", () => {
    const bypasses = (row: string) =>
      holesOf("User 10.0.0.0/8 VirtualAppliance 10.9.9.9", row)[0]?.holes[0]?.bypassesAppliance;
    expect(bypasses("Default 10.1.0.4/32 InterfaceEndpoint")).toBe(true);
    expect(bypasses("VirtualNetworkGateway 10.1.0.0/16 VirtualNetworkGateway 10.4.0.4")).toBe(true);
    expect(bypasses("User 10.1.0.0/16 Internet")).toBe(false);
    expect(bypasses("Default 10.1.0.0/16 None")).toBe(false);
    expect(holesOf("User 10.0.0.0/8 Internet", "Default 10.1.0.0/16 VNetPeering")[0]?.holes[0]).toMatchObject({
      elsewhere: true,
      bypassesAppliance: false,
    });
  });
});
