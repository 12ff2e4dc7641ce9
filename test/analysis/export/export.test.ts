import fc from "fast-check";
import sqlite from "node-sqlite3-wasm";
import { describe, expect, it, test } from "vitest";
import { CSV_RANGE_COLUMNS, csvRangeRows } from "../../../src/analysis/export/csv-ranges.ts";
import { kqlExport } from "../../../src/analysis/export/kql.ts";
import { type ExportedAnswer, exportPrefixes, exportRanges } from "../../../src/analysis/export/ranges.ts";
import { sqlExport, sqlV6Address } from "../../../src/analysis/export/sql.ts";
import { parseAddEndpoint } from "../../../src/analysis/whatif/parse.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import { type Address, formatAddress } from "../../../src/net/address.ts";
import { addressCount, prefixesOf, rangeOf } from "../../../src/net/address-ranges.ts";
import { formatPrefix, parsePrefix } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { AnnotatedRouteTable } from "../../../src/routes/annotation.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { explain } from "../../../src/selection/explain.ts";
import { PLATFORM_ADDRESSES } from "../../../src/selection/select.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";
import { sharedCatalogue } from "../../service-tags/shared-tags.ts";
import { hasSharedData } from "../../shared-data.ts";
import { kustoDiagnostics, NTA_NET_ANALYTICS } from "./kusto-parser.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };
const tags = sampleTags();
const tableOf = (routes: readonly EffectiveRoute[]) => annotateTable({ routes, origin }, tags);
const sample = annotateTable(sampleRouteTable("udr-and-endpoint"), tags);

/** The expected answer of the export: the answer of `whichroute`. */
function answerOf(annotated: AnnotatedRouteTable, address: Address): ExportedAnswer {
  const { verdict, winner, certainty } = explain(annotated, address, null);
  return {
    verdict,
    nextHopType: winner?.nextHopType ?? null,
    nextHopIpAddress: winner?.nextHopIpAddress ?? [],
    addressPrefix: winner?.addressPrefix ?? null,
    source: winner?.source ?? null,
    name: winner?.name ?? null,
    serviceTag: winner?.serviceTag ?? null,
    certainty,
  };
}

const addressesOf = (routes: readonly EffectiveRoute[]) => [...boundaryAddresses(routes), ...PLATFORM_ADDRESSES];

describe("the ranges of any table", () => {
  it("contain every address once, with the answer of whichroute, and adjacent ranges differ", () => {
    fc.assert(
      fc.property(anyTable, (routes) => {
        const annotated = tableOf(routes);
        const ranges = exportRanges(annotated);
        const expectedFirst = new Map<number, bigint>([
          [4, 0n],
          [6, 0n],
        ]);
        ranges.forEach(({ family, first, last, answer }, at) => {
          expect(first).toBe(expectedFirst.get(family));
          expectedFirst.set(family, last + 1n);
          for (const value of [first, last]) expect(answer).toEqual(answerOf(annotated, { family, value }));
          const next = ranges[at + 1];
          if (next?.family === family) expect(next.answer).not.toEqual(answer);
        });
        expect([...expectedFirst.values()]).toEqual([1n << 32n, 1n << 128n]);
        for (const address of addressesOf(routes)) {
          const own = ranges.filter(
            ({ family, first, last }) => family === address.family && first <= address.value && address.value <= last,
          );
          expect(own.map(({ answer }) => answer)).toEqual([answerOf(annotated, address)]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("have the shortest list of prefixes for each answer", () => {
    fc.assert(
      fc.property(anyTable, (routes) => {
        const ranges = exportRanges(tableOf(routes));
        const listed = new Map<ExportedAnswer, string[]>();
        for (const { prefix, answer } of exportPrefixes(ranges)) {
          listed.set(answer, [...(listed.get(answer) ?? []), formatPrefix(prefix)]);
        }
        for (const [answer, prefixes] of listed) {
          const own = ranges.filter((range) => range.answer === answer);
          expect(prefixes).toEqual(prefixesOf(own).map(formatPrefix));
        }
      }),
    );
  });
});

/** The rows of a table of the query. Its literals are valid JSON. */
function datatableRows(query: string, name: string): (string | number)[][] {
  const [, body] = new RegExp(`let ${name} = datatable\\([^)]*\\) \\[\\n([^]*?)\\n\\]`).exec(query) ?? [];
  return (body ?? "").split(",\n").map((line) => JSON.parse(`[${line}]`) as (string | number)[]);
}

/** The rows of a prefix table, joined with its routes. */
function prefixRows(query: string, name: string): string[][] {
  const routes = new Map(datatableRows(query, "Routes").map(([id, ...cells]) => [id, cells]));
  return datatableRows(query, name).map(([prefix, id]) => [prefix, ...(routes.get(id ?? "") ?? [])].map(String));
}

describe("the Kusto query", () => {
  it("of the sample is valid for Microsoft's parser", { timeout: 30_000 }, () => {
    const query = kqlExport(exportRanges(sample), sample.table.origin);
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
    expect(prefixRows(query, "RoutesV4")).toContainEqual(
      "191.239.203.0/28 forward VirtualNetworkServiceEndpoint - 191.239.203.0/28 Default - Storage.WestEurope documented"
        .split(" ")
        .map((word) => word.replace("-", "")),
    );
    // The parser reports unknown columns.
    expect(kustoDiagnostics(query)).not.toEqual([]);
    expect(
      kustoDiagnostics(NTA_NET_ANALYTICS + query.replace("ipv4_lookup(RoutesV4", "ipv4_lookup(RoutesV5")),
    ).not.toEqual([]);
  });

  it("looks up IPv6 only if the table routes it", { timeout: 30_000 }, () => {
    const query = (...rows: readonly string[]) => kqlExport(exportRanges(annotatedTable(...rows)), origin);
    const without = query("Default 0.0.0.0/0 Internet");
    const dual = query("Default 0.0.0.0/0 Internet", "User fd00::/8 VirtualAppliance fd00::4 #v6");
    expect([without.includes("ipv6_lookup"), dual.includes("ipv6_lookup")]).toEqual([false, true]);
    for (const text of [without, dual]) expect(kustoDiagnostics(NTA_NET_ANALYTICS + text)).toEqual([]);
    expect(prefixRows(dual, "RoutesV6").filter(([, verdict]) => verdict === "forward")).toEqual([
      ["fd00::/8", "forward", "VirtualAppliance", "fd00::4", "fd00::/8", "User", "v6", "", "documented"],
    ]);
  });

  it("of any table, with any route names, is valid and has the answers of whichroute", { timeout: 60_000 }, () => {
    const names = fc.array(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('"]; //', "\\", '\\"', "a\nb", "`|'", "\u2028")),
    );
    fc.assert(
      fc.property(anyTable, names, (rows, called) => {
        const routes = rows.map((route, at) => ({ ...route, name: called[at % called.length] ?? null }));
        const annotated = tableOf(routes);
        const query = kqlExport(exportRanges(annotated), {
          ...origin,
          name: called.join("\n"),
          note: `a note\n${called.join("\r")}`,
        });
        expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
        let count = 0n;
        for (const [prefix = "", verdict, type, ip, winner, source] of prefixRows(query, "RoutesV4")) {
          const range = rangeOf(parsePrefix(prefix));
          count += addressCount([range]);
          for (const value of [range.first, range.last]) {
            const answer = answerOf(annotated, { family: 4, value });
            expect([verdict, type, ip, winner, source]).toEqual([
              answer.verdict,
              answer.nextHopType ?? "",
              answer.nextHopIpAddress.join(","),
              answer.addressPrefix ?? "",
              answer.source ?? "",
            ]);
          }
        }
        expect(count).toBe(1n << 32n);
      }),
      { numRuns: 15 },
    );
  });

  it.skipIf(!hasSharedData)(
    "of the sample with the real tags: 149 endpoint prefixes, no diagnostics",
    { timeout: 30_000 },
    () => {
      const real = sharedCatalogue("ServiceTags_Public_20231106.json");
      const { table } = applyChanges(
        sampleRouteTable("udr"),
        [parseAddEndpoint("Microsoft.Storage", "westeurope")],
        real,
      );
      const query = kqlExport(exportRanges(annotateTable(table, real)), table.origin);
      expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
      const winners = prefixRows(query, "RoutesV4").filter(([, , type]) => type === "VirtualNetworkServiceEndpoint");
      expect(new Set(winners.map(([, , , , winner]) => winner)).size).toBe(149);
    },
  );
});

describe("the SQL script, run by SQLite", () => {
  const v4Join = `SELECT a.id, r.* FROM asked AS a JOIN effective_routes_v4 AS r
    ON a.address_v4 BETWEEN r.first_address AND r.last_address`;
  const v6Join = `SELECT a.id, r.* FROM asked AS a JOIN effective_routes_v6 AS r
    ON a.address_v6 BETWEEN r.first_address AND r.last_address`;

  function loaded(annotated: AnnotatedRouteTable, run: (database: sqlite.Database) => void): void {
    const database = new sqlite.Database();
    try {
      database.exec(sqlExport(exportRanges(annotated), annotated.table.origin));
      run(database);
    } finally {
      database.close();
    }
  }

  it("of any table, with any route names, has the answer of whichroute for each address", () => {
    const names = fc.constantFrom(null, "to-nva", "it's", "'); DROP TABLE effective_routes_v4; --", "\\", "a\0b\n-- c");
    fc.assert(
      fc.property(anyTable, names, (rows, called) => {
        const annotated = tableOf(rows.map((route) => ({ ...route, name: called })));
        const addresses = addressesOf(rows);
        loaded(annotated, (database) => {
          database.exec("CREATE TABLE asked (id INTEGER, address_v4 BIGINT, address_v6 TEXT)");
          addresses.forEach(({ family, value }, id) => {
            const cells = family === 4 ? [id, value, null] : [id, null, sqlV6Address(value)];
            database.run("INSERT INTO asked VALUES (?, ?, ?)", cells);
          });
          const found = [...database.all(v4Join), ...database.all(v6Join)].sort((a, b) => Number(a.id) - Number(b.id));
          expect(found.map(({ id }) => Number(id))).toEqual(addresses.map((_, id) => id));
          found.forEach((line, id) => {
            const answer = answerOf(annotated, addresses[id] ?? { family: 4, value: 0n });
            expect(line).toMatchObject({
              verdict: answer.verdict,
              next_hop_type: answer.nextHopType,
              next_hop_ip: answer.nextHopIpAddress.length === 0 ? null : answer.nextHopIpAddress.join(","),
              winning_prefix: answer.addressPrefix,
              source: answer.source,
              route_name: answer.name === "a\0b\n-- c" ? "a b -- c" : answer.name,
              service_tag: answer.serviceTag,
              certainty: answer.certainty,
            });
          });
        });
      }),
      { numRuns: 40 },
    );
  });

  it("the example query in its comments counts flows", () => {
    loaded(sample, (database) => {
      database.exec("CREATE TABLE flows (destination BIGINT)");
      for (const text of ["191.239.203.0", "191.239.203.1", "8.8.8.8", "10.0.0.4"]) {
        const { first } = parsePrefix(`${text}/32`);
        database.run("INSERT INTO flows VALUES (?)", [first]);
      }
      const script = sqlExport(exportRanges(sample), origin);
      const [example = ""] = /^-- SELECT[^;]*;/m.exec(script) ?? [];
      const found = database.all(example.replace(/^-- /gm, ""));
      expect(
        found.map((line) => [line.verdict, line.next_hop_type, line.next_hop_ip, line.service_tag, line.flows]),
      ).toEqual([
        ["forward", "VirtualNetworkServiceEndpoint", null, "Storage.WestEurope", 2],
        expect.anything(),
        expect.anything(),
      ]);
    });
  });

  it("a table of many ranges takes several INSERT statements", () => {
    const rows = Array.from(
      { length: 700 },
      (_, at) => `User 10.${at >> 8}.${at & 255}.0/25 VirtualAppliance 10.0.0.${at % 2}`,
    );
    loaded(annotatedTable(...rows), (database) => {
      expect(database.get("SELECT COUNT(*) AS n, MAX(last_address) AS last FROM effective_routes_v4")).toMatchObject({
        n: exportRanges(annotatedTable(...rows)).filter(({ family }) => family === 4).length,
        last: 4_294_967_295,
      });
    });
  });
});

describe("the rows for CSV", () => {
  test("of the sample", () => {
    const rows = [...csvRangeRows(exportRanges(sample))];
    for (const cells of rows) expect(cells.length).toBe(CSV_RANGE_COLUMNS.length);
    expect(rows.find(([, first]) => first === "191.239.203.0")).toEqual([
      4,
      "191.239.203.0",
      "191.239.203.15",
      "3220163328",
      "3220163343",
      ["191.239.203.0/28"],
      "forward",
      "VirtualNetworkServiceEndpoint",
      [],
      "191.239.203.0/28",
      "Default",
      null,
      "Storage.WestEurope",
      "documented",
    ]);
    expect(rows.at(-1)?.slice(0, 7)).toEqual([
      6,
      "::",
      "f".repeat(4).concat(":ffff".repeat(7)),
      "0",
      String((1n << 128n) - 1n),
      ["::/0"],
      "no-route",
    ]);
  });

  it("of any table have the first and last address of their prefixes", () => {
    fc.assert(
      fc.property(anyTable, (routes) => {
        for (const [family, first, , firstNumber, lastNumber, prefixes] of csvRangeRows(
          exportRanges(tableOf(routes)),
        )) {
          if (!Array.isArray(prefixes)) throw new Error("no list of prefixes");
          const ranges = prefixes.map((text: string) => rangeOf(parsePrefix(text)));
          expect([ranges[0]?.first, ranges.at(-1)?.last].map(String)).toEqual([firstNumber, lastNumber]);
          expect(first).toBe(formatAddress({ family: family === 4 ? 4 : 6, value: ranges[0]?.first ?? 0n }));
        }
      }),
      { numRuns: 50 },
    );
  });
});
