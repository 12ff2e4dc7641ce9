import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import sqlite from "node-sqlite3-wasm";
import { describe, expect, it, test } from "vitest";
import { CSV_PREFIX_COLUMNS } from "../../../src/analysis/export/csv/prefixes.ts";
import { CSV_RANGE_COLUMNS } from "../../../src/analysis/export/csv/ranges.ts";
import { EXPORT_FORMATS, type ExportFormatName } from "../../../src/analysis/export/formats.ts";
import { aboutTable, type ExportModel, exportModel, modelPrefixes } from "../../../src/analysis/export/model.ts";
import { type ExportedAnswer, exportRanges } from "../../../src/analysis/export/ranges.ts";
import { ROUTE_COLUMNS } from "../../../src/analysis/export/sql/script.ts";
import { parseAddEndpoint } from "../../../src/analysis/whatif/parse.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import { type Address, formatAddress } from "../../../src/net/address.ts";
import { addressCount, prefixesOf, rangeOf } from "../../../src/net/address-ranges.ts";
import { formatPrefix, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { AnnotatedRouteTable } from "../../../src/routes/annotation.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { explain } from "../../../src/selection/explain.ts";
import { PLATFORM_ADDRESSES } from "../../../src/selection/select.ts";
import { sampleTags } from "../../../src/service-tags/sample-tags.ts";
import { saveExport } from "../../../src/store/save-export.ts";
import { scratchDirectory } from "../../built-program.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";
import { sharedCatalogue } from "../../service-tags/shared-tags.ts";
import { hasSharedData } from "../../shared-data.ts";
import { duckdbEngine } from "./engines/duckdb.ts";
import { kustoDiagnostics, NTA_NET_ANALYTICS } from "./kusto-parser.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };
const tags = sampleTags();
const tableOf = (routes: readonly EffectiveRoute[]) => annotateTable({ routes, origin }, tags);
const sample = annotateTable(sampleRouteTable("udr-and-endpoint"), tags);

/** The model of one table, as `routes --export` makes it. */
const modelOf = (table: AnnotatedRouteTable, about = aboutTable(table.table.origin)): ExportModel =>
  exportModel([{ nic: "nic", mac: null, table }], about);

/** The files of a format by name, as text. */
async function filesOf(format: ExportFormatName, model: ExportModel): Promise<Readonly<Record<string, string>>> {
  const loaded = await EXPORT_FORMATS.find(({ name }) => name === format)?.load();
  const files = (await loaded?.files(model)) ?? [];
  return Object.fromEntries(files.map(({ name, parts }) => [name, [...parts].map(String).join("")]));
}

const fileOf = async (format: ExportFormatName, model: ExportModel, name: string) =>
  (await filesOf(format, model))[name] ?? "";

const kqlOf = (table: AnnotatedRouteTable) => fileOf("kql", modelOf(table), "routes.kql");

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
    endpointTag: winner?.serviceTag ?? null,
    serviceEndpoint: winner?.serviceEndpoint ?? null,
    certainty,
  };
}

const addressesOf = (routes: readonly EffectiveRoute[]) => [...boundaryAddresses(routes), ...PLATFORM_ADDRESSES];

describe("the ranges of any table", () => {
  it("contain every address once, with the answer of whichroute, and adjacent ranges differ", {
    tags: ["slow"],
  }, () => {
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
        const model = modelOf(tableOf(routes));
        const listed = new Map<number, string[]>();
        for (const { prefix, routeId } of modelPrefixes(model)) {
          listed.set(routeId, [...(listed.get(routeId) ?? []), formatPrefix(prefix)]);
        }
        for (const [routeId, prefixes] of listed) {
          const own = model.tables.flatMap(({ ranges }) => ranges.filter((range) => range.routeId === routeId));
          expect(prefixes).toEqual(prefixesOf(own).map(formatPrefix));
        }
      }),
    );
  });
});

describe("the model of several interfaces", () => {
  const one = () => annotatedTable("Default 10.0.0.0/16 VnetLocal", "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #nva");
  const other = () => annotatedTable("Default 0.0.0.0/0 Internet");
  const nic = (id: string, mac: string | null, table: AnnotatedRouteTable) => ({ nic: id, mac, table });

  it("has equal tables once, in the order of the interfaces' ids, and MAC addresses as flow logs write them", () => {
    const shared = one();
    const given = [nic("/c", "00-0d-3a-f8-80-1a", other()), nic("/B", null, one()), nic("/a", null, shared)];
    const model = exportModel(given, []);
    expect(model.nics).toEqual([
      { nic: "/a", mac: null, tableId: 1 },
      { nic: "/B", mac: null, tableId: 1 },
      { nic: "/c", mac: "000D3AF8801A", tableId: 2 },
    ]);
    expect([model.tables.length, model.onlyTableId]).toEqual([2, null]);
    expect(exportModel([...given].reverse(), [])).toEqual(model);
  });

  it("compiles a table that interfaces share by object once", () => {
    const shared = one();
    const { tables } = exportModel([nic("/a", null, shared), nic("/b", null, shared)], []);
    expect(tables.length).toBe(1);
  });

  it("numbers routes and tables from 1, and the routes of all tables together", () => {
    const { routes, tables } = exportModel([nic("/a", null, one()), nic("/c", null, other())], []);
    const used = tables.flatMap(({ ranges }) => ranges.map(({ routeId }) => routeId));
    expect([...new Set(used)].sort((a, b) => a - b)).toEqual(routes.map((_, at) => at + 1));
    expect(new Set(routes.map((route) => JSON.stringify(route))).size).toBe(routes.length);
  });

  it.each([
    [null, 1],
    ["000D3AF8801A", null],
  ])("of one interface with the MAC address %s: the table of all flows is %s", (mac, expected) => {
    expect(exportModel([nic("/a", mac, one())], []).onlyTableId).toBe(expected);
  });

  it("is refused for more prefixes than there is memory for", { tags: ["slow"] }, () => {
    const [row] = annotatedTable("Default 0.0.0.0/0 Internet").table.routes;
    const large = () => {
      const table = annotatedTable("Default 0.0.0.0/0 Internet");
      const addressPrefix = Array.from({ length: 90_000 }, () => parsePrefix("0.0.0.0/0"));
      return { ...table, table: { ...table.table, routes: row === undefined ? [] : [{ ...row, addressPrefix }] } };
    };
    const many = Array.from({ length: 12 }, (_, at) => nic(String(at), null, large()));
    expect(() => exportModel(many, [])).toThrow(
      expect.objectContaining({
        code: "result-too-large",
        message: "the tables have more than 1,000,000 prefixes to export",
        hint: "export fewer tables at once",
      }),
    );
  });

  it.each([
    [100_000, null],
    [100_001, "the table has more than 100,000 prefixes to export"],
    [1_000_001, "the table has more than 100,000 prefixes to export"],
  ])("of one table with %i prefixes: %s", (count, message) => {
    const table = annotatedTable("Default 0.0.0.0/0 Internet");
    const [row] = table.table.routes;
    const addressPrefix = Array<Prefix>(count).fill(parsePrefix("0.0.0.0/0"));
    const large = { ...table, table: { ...table.table, routes: row === undefined ? [] : [{ ...row, addressPrefix }] } };
    const made = () => exportModel([nic("a", null, large)], []);
    if (message === null) expect(made().tables).toHaveLength(1);
    else {
      const hint = "write the rows instead: routes -o csv has one row per prefix";
      expect(made).toThrow(expect.objectContaining({ code: "result-too-large", message, hint }));
    }
  });

  it.each([
    ["two tables of 500,000", 2, 500_000, "the table has more than 100,000 prefixes to export"],
    ["two tables of 500,001", 2, 500_001, "the tables have more than 1,000,000 prefixes to export"],
    ["ten tables of 100,000", 10, 100_000, null],
  ])("of %s prefixes", { tags: ["slow"] }, (_, tables, count, message) => {
    const interfaces = Array.from({ length: tables }, (_each, at) => {
      const table = annotatedTable("Default 0.0.0.0/0 Internet");
      const addressPrefix = Array<Prefix>(count).fill(parsePrefix("0.0.0.0/0"));
      const routes = table.table.routes.map((row) => ({ ...row, addressPrefix }));
      return nic(String(at), null, { ...table, table: { ...table.table, routes } });
    });
    const made = () => exportModel(interfaces, []).nics.length;
    if (message === null) expect(made()).toBe(tables);
    else expect(made).toThrow(expect.objectContaining({ code: "result-too-large", message }));
  });

  it("is in the order of ids without case, of equal ids with case, of the same ids by MAC address", () => {
    const table = one();
    const given = [
      ...[nic("b", null, table), nic("B", "2", table), nic("a", null, table)],
      ...[nic("B", "1", table), nic("B", null, table)],
    ];
    for (const order of [given, given.toReversed()]) {
      const names = exportModel(order, []).nics.map(({ nic: id, mac }) => `${id} ${mac}`);
      expect(names).toEqual(["a null", "B null", "B 1", "B 2", "b null"]);
    }
  });

  it("has a MAC address in capitals, without what separates its parts", () => {
    const macOf = (mac: string) => exportModel([nic("a", mac, one())], []).nics[0]?.mac;
    expect(["00-0d-3a-f8-80-1a", "00:0D:3A:F8:80:1A", "000d.3af8.801a"].map(macOf)).toEqual(
      Array(3).fill("000D3AF8801A"),
    );
  });

  it("has one row of a table after another with its own number", () => {
    const { tables } = exportModel([nic("a", null, one()), nic("b", null, other()), nic("c", null, one())], ["x"]);
    expect(tables.map(({ tableId }) => tableId)).toEqual([1, 2]);
    expect(exportModel([nic("a", null, one())], ["x", "y"]).about).toEqual(["x", "y"]);
    expect(exportModel([], []).onlyTableId).toBeNull();
  });
});

describe("the line about a table", () => {
  it.each<[Partial<RouteTable["origin"]>, readonly string[]]>([
    [{}, ["Effective routes of: file rows. Written by vnet-explain."]],
    [{ fetchedAt: "2026-11-29" }, ["Effective routes of: file rows, fetched 2026-11-29. Written by vnet-explain."]],
    [{ note: "a\nnote" }, ["Effective routes of: file rows. Written by vnet-explain.", "a note"]],
    [
      { name: "x".repeat(300), note: "y".repeat(600) },
      [`Effective routes of: file ${"x".repeat(192)}.... Written by vnet-explain.`, `${"y".repeat(497)}...`],
    ],
  ])("says where it is from: %j", (more, expected) => {
    expect(aboutTable({ ...origin, ...more })).toEqual(expected);
  });
});

describe("every format", () => {
  const model = () =>
    exportModel(
      [
        { nic: "/b", mac: null, table: sample },
        { nic: "/a", mac: "000D3AF8801A", table: annotatedTable("User fd00::/8 VirtualAppliance fd00::4 #v6") },
      ],
      ["about"],
    );

  it.each(EXPORT_FORMATS.map(({ name }) => name))("%s writes the same bytes for the same tables", async (name) => {
    const [first, second] = [await filesOf(name, model()), await filesOf(name, model())];
    expect(first).toEqual(second);
    expect(Object.values(first).every((text) => text.length > 100 || text.startsWith("mac,"))).toBe(true);
  });
});

describe("parquet", () => {
  const COLUMNS = {
    routes: ["route_id", ...ROUTE_COLUMNS],
    ranges_v4: ["table_id", "first_address", "last_address", "route_id"],
    ranges_v6: ["table_id", "first_address", "last_address", "route_id"],
    prefixes: ["table_id", "prefix", "route_id"],
    nics: ["mac", "nic", "table_id"],
  };
  it("has a file for each table, with its columns", async () => {
    const loaded = await EXPORT_FORMATS.find(({ name }) => name === "parquet")?.load();
    const files = (await loaded?.files(modelOf(sample))) ?? [];
    expect(files.map(({ name }) => name)).toEqual(Object.keys(COLUMNS).map((name) => `${name}.parquet`));
    for (const { name, parts } of files) {
      const text = [...parts].map((part) => Buffer.from(part as Uint8Array).toString("latin1")).join("");
      expect([text.slice(0, 4), text.slice(-4)]).toEqual(["PAR1", "PAR1"]);
      const own = COLUMNS[name.replace(".parquet", "") as keyof typeof COLUMNS];
      // The schema is near the end, and names the columns in their order.
      const schema = text.slice(text.lastIndexOf("root"));
      const places = own.map((column) => schema.indexOf(column));
      expect(places.every((place) => place > 0)).toBe(true);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(text).toContain("vnet-explain");
    }
  });

  const TYPES: Readonly<Record<string, string>> = { table_id: "INTEGER", route_id: "INTEGER" };

  it.skipIf(duckdbEngine.absent !== null).each(["000D3AF8801A", null])(
    "has the values of the model, and types that no engine guesses: %s",
    async (mac) => {
      const routed = annotatedTable("User fd00::/8 VirtualAppliance fd00::4 fd00::5 #v6", "Default 0.0.0.0/1 Internet");
      const model = exportModel(
        [
          { nic: "/a", mac, table: routed },
          { nic: "/b", mac: null, table: annotatedTable("User 128.0.0.0/1 None #drop") },
        ],
        [],
      );
      const loaded = await EXPORT_FORMATS.find(({ name }) => name === "parquet")?.load();
      const scratch = scratchDirectory();
      const engine = await duckdbEngine.open();
      try {
        await saveExport((await loaded?.files(model)) ?? [], `${scratch.path}/`);
        const table = (name: string) => `read_parquet('${scratch.path}/${name}.parquet')`;
        for (const [name, columns] of Object.entries(COLUMNS)) {
          const described = await engine.rows(`DESCRIBE SELECT * FROM ${table(name)}`);
          const address = name === "ranges_v4" ? "BIGINT" : "VARCHAR";
          expect(described.map((row) => [row.column_name, row.column_type])).toEqual(
            columns.map((column) => [column, TYPES[column] ?? (column.endsWith("_address") ? address : "VARCHAR")]),
          );
        }
        const rowsOf = async (name: keyof typeof COLUMNS) =>
          (await engine.rows(`SELECT * FROM ${table(name)}`)).map((row) => COLUMNS[name].map((column) => row[column]));
        expect(await rowsOf("routes")).toEqual(
          model.routes.map((answer, at) => [
            ...[at + 1, answer.verdict, answer.nextHopType, answer.nextHopIpAddress.join(",") || null],
            ...[answer.addressPrefix, answer.source, answer.name, null, null, answer.certainty],
          ]),
        );
        for (const family of [4, 6] as const) {
          const bound = (value: bigint) => (family === 4 ? value : value.toString(16).padStart(32, "0"));
          expect(await rowsOf(`ranges_v${family}`)).toEqual(
            model.tables.flatMap(({ tableId, ranges }) =>
              ranges
                .filter((range) => range.family === family)
                .map(({ first, last, routeId }) => [tableId, bound(first), bound(last), routeId]),
            ),
          );
        }
        expect(await rowsOf("prefixes")).toEqual(
          [...modelPrefixes(model)].map(({ tableId, prefix, routeId }) => [tableId, formatPrefix(prefix), routeId]),
        );
        expect(await rowsOf("nics")).toEqual([
          [mac, "/a", 1],
          [null, "/b", 2],
        ]);
      } finally {
        await engine.close();
        scratch.remove();
      }
    },
  );
});

describe("a script of SQL", () => {
  it.each(["sqlite", "postgres", "duckdb", "clickhouse", "ansi"] as const)(
    "for %s counts flows before it looks them up, and never compares them with every range",
    async (name) => {
      const [script = ""] = Object.values(await filesOf(name, modelOf(sample)));
      const view = script.slice(script.search(/VIEW \S*flow_routes/));
      expect(view).not.toMatch(/BETWEEN (?!UNBOUNDED)/);
      expect(view.search(/GROUP BY/)).toBeGreaterThan(0);
      expect(view.search(/GROUP BY/)).toBeLessThan(view.search(/ranges_v4|route_of_ipv4/));
    },
  );
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

/** Microsoft Sentinel's function, which the parser does not know. */
const WATCHLIST = `let _GetWatchlist = (alias: string) { datatable(${[...CSV_PREFIX_COLUMNS, "mac", "nic"].map((name) => `${name}: string`).join(", ")}) [] };\n`;

describe("the Kusto query", () => {
  it("of the sample is valid for Microsoft's parser", { tags: ["slow"], timeout: 30_000 }, async () => {
    const query = await kqlOf(sample);
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
    expect(prefixRows(query, "RoutesV4")).toContainEqual(
      "191.239.203.0/28 forward VirtualNetworkServiceEndpoint - 191.239.203.0/28 Default - Storage.WestEurope Microsoft.Storage documented"
        .split(" ")
        .map((word) => word.replace("-", "")),
    );
    // The parser reports unknown columns.
    expect(kustoDiagnostics(query)).not.toEqual([]);
    expect(
      kustoDiagnostics(NTA_NET_ANALYTICS + query.replace("ipv4_lookup(RoutesV4", "ipv4_lookup(RoutesV5")),
    ).not.toEqual([]);
  });

  it("counts flows, not records, denied ones separately, without copies of appliances, and before it looks addresses up", async () => {
    const query = await kqlOf(sample);
    expect(query).not.toMatch(/= count\(\)/);
    expect(query).toMatch(/AllowedOutFlows/);
    expect(query).toMatch(/DeniedFlows = sumif\(FlowCount, IsDenied\)/);
    expect(query).toMatch(/IsFlowCapturedAtUdrHop/);
    expect(query).toMatch(
      /case\(Destination !startswith "::ffff:", Destination, .*, substring\(Destination, 7\), ""\)/,
    );
    expect(query.indexOf("substring(Destination, 7)")).toBeLessThan(query.indexOf("| summarize AllowedFlows"));
    expect(query.indexOf("| summarize AllowedFlows")).toBeLessThan(query.indexOf("evaluate ipv4_lookup"));
  });

  it("looks up IPv6 only if the table routes it", { timeout: 30_000 }, async () => {
    const query = (...rows: readonly string[]) => kqlOf(annotatedTable(...rows));
    const without = await query("Default 0.0.0.0/0 Internet");
    const dual = await query("Default 0.0.0.0/0 Internet", "User fd00::/8 VirtualAppliance fd00::4 #v6");
    expect([without.includes("ipv6_lookup"), dual.includes("ipv6_lookup")]).toEqual([false, true]);
    for (const text of [without, dual]) expect(kustoDiagnostics(NTA_NET_ANALYTICS + text)).toEqual([]);
    expect(prefixRows(dual, "RoutesV6").filter(([, verdict]) => verdict === "forward")).toEqual([
      ["fd00::/8", "forward", "VirtualAppliance", "fd00::4", "fd00::/8", "User", "v6", "", "", "documented"],
    ]);
  });

  it("of any table, with any route names, is valid and has the answers of whichroute", {
    tags: ["slow"],
    timeout: 60_000,
  }, async () => {
    const names = fc.array(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('"]; //', "\\", '\\"', "a\nb", "`|'", "\u2028")),
    );
    await fc.assert(
      fc.asyncProperty(anyTable, names, async (rows, called) => {
        const routes = rows.map((route, at) => ({ ...route, name: called[at % called.length] ?? null }));
        const annotated = tableOf(routes);
        const about = aboutTable({ ...origin, name: called.join("\n"), note: `a note\n${called.join("\r")}` });
        const query = await fileOf("kql", modelOf(annotated, about), "routes.kql");
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

  it("keeps quotes and backslashes in the names of routes", async () => {
    const query = await kqlOf(annotatedTable("Default 0.0.0.0/0 Internet", 'User 10.0.0.0/8 None #a"b\\c'));
    expect(datatableRows(query, "Routes").map((row) => row[6])).toEqual(["", 'a"b\\c', ""]);
  });

  it("of several interfaces finds the table by MAC address", { timeout: 30_000 }, async () => {
    const interfaces = [
      { nic: "/a", mac: "000D3AF8801A", table: sample },
      { nic: "/b", mac: null, table: annotatedTable("User fd00::/8 VirtualAppliance fd00::4 #v6") },
    ];
    const query = await fileOf("kql", exportModel(interfaces, []), "routes.kql");
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
    expect(datatableRows(query, "Nics")).toEqual([["000D3AF8801A", 1]]);
    expect(query).toMatch(/1 of 2 network interfaces have no known MAC address/);
    expect(query).toMatch(/ipv4_lookup\(RoutesV4, Destination, RoutePrefix, TableId, true\)/);
    // ipv6_lookup cannot match the table too. The second table alone routes IPv6.
    expect(query.match(/ipv6_lookup\(\(RoutesV6 \| where TableId == \d/g)).toEqual([
      "ipv6_lookup((RoutesV6 | where TableId == 2",
    ]);
  });

  describe("of several tables", () => {
    const v4 = annotatedTable("Default 0.0.0.0/0 Internet");
    const every = annotatedTable("Default 0.0.0.0/0 Internet", "User ::/0 Internet");
    const routed = annotatedTable("User fd00::/8 VirtualAppliance fd00::4");
    const other = annotatedTable("User fd00::/16 VirtualAppliance fd00::4");
    const queryOf = (...tables: readonly AnnotatedRouteTable[]) =>
      fileOf(
        "kql",
        exportModel(
          tables.map((table, at) => ({ nic: `/${at}`, mac: `${at}`, table })),
          [],
        ),
        "routes.kql",
      );
    /** The parts of the union that look IPv6 up. */
    const v6Of = (query: string) => query.match(/(?<=\()IPv6Flows.*(?=\))/g) ?? [];
    const one =
      "IPv6Flows | where TableId == 1 | evaluate ipv6_lookup((RoutesV6 | where TableId == 1 | project-away TableId), Destination, RoutePrefix, true)";

    it("where no table has two routes for IPv6: each address gets the one of its table", {
      timeout: 30_000,
    }, async () => {
      const query = await queryOf(v4, every);
      expect(v6Of(query)).toEqual(["IPv6Flows | lookup kind=leftouter (RoutesV6) on TableId"]);
      expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
      expect(datatableRows(query, "RoutesV6")).toEqual([
        [1, "::/0", 3],
        [2, "::/0", 4],
      ]);
    });

    it.each([
      ["one table has", [routed, v4], "1", [one]],
      ["two tables have", [routed, v4, other], "1, 3", [one, one.replaceAll("== 1", "== 3")]],
    ])("where %s: these look it up by prefix, and the others do not", async (_, tables, ids, expected) => {
      const rest = `where isnull(TableId) or TableId !in (${ids})`;
      const query = await queryOf(...tables);
      expect(v6Of(query)).toEqual([
        `IPv6Flows | ${rest} | lookup kind=leftouter (RoutesV6 | ${rest}) on TableId`,
        ...expected,
      ]);
    });

    it("where all have the same route for IPv6: flows of other interfaces get none", async () => {
      const query = await queryOf(v4, annotatedTable("Default 0.0.0.0/0 None"));
      expect(v6Of(query)).toEqual([
        'IPv6Flows | extend RoutePrefix = "::/0", RouteVerdict = iff(isnull(TableId), "", "no-route")'.concat(
          ["NextHopType", "NextHopIp", "Winner", "Source", "Name", "EndpointTag", "Endpoint"]
            .map((name) => `, Route${name} = iff(isnull(TableId), "", "")`)
            .join(""),
          ', RouteCertainty = iff(isnull(TableId), "", "inferred")',
        ),
      ]);
      expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
      expect(datatableRows(query, "Routes").map(([, verdict, type]) => [verdict, type])).toEqual([
        ["forward", "Internet"],
        ["platform", ""],
        ["drop", "None"],
      ]);
    });

    it.each<[string, readonly AnnotatedRouteTable[], (string | null)[], boolean, boolean, boolean]>([
      ["one interface", [v4], [null], true, false, false],
      ["one interface with its MAC address", [v4], ["1"], false, true, false],
      ["two with their MAC addresses", [v4, every], ["1", "2"], false, true, false],
      ["three, one without", [v4, every, v4], ["1", null, "3"], false, true, true],
    ])("of %s says what flows it is for", async (_, tables, macs, keep, others, unknown) => {
      const interfaces = tables.map((table, at) => ({ nic: `/${at}`, mac: macs[at] ?? null, table }));
      const query = await fileOf("kql", exportModel(interfaces, []), "routes.kql");
      const said = [
        '\n// These are the routes of one network interface: keep its flows only, e.g. | where SrcNic endswith "/nic-name"\n',
        "\n// RouteVerdict is empty for flows of other network interfaces.\n",
        "\n// 1 of 3 network interfaces have no known MAC address: their flows get no answer.\n",
      ];
      expect(said.map((text) => query.includes(text))).toEqual([keep, others, unknown]);
      expect([query.includes("let Nics ="), query.includes("by MacAddress, Destination\n| lookup")]).toEqual(
        keep ? [false, false] : [true, true],
      );
    });
  });

  describe("that would be longer than 60,000 bytes", () => {
    const long = () => {
      const rows = Array.from(
        { length: 3_000 },
        (_, at) => `User 10.${at >> 8}.${at & 255}.0/25 VirtualAppliance 10.0.0.${at % 2}`,
      );
      return annotatedTable(...rows, "Default 0.0.0.0/0 Internet", "User fd00::/8 VirtualAppliance fd00::4 #v6");
    };

    it("reads its prefixes from a file beside it, or from a watchlist", {
      tags: ["slow"],
      timeout: 30_000,
    }, async () => {
      const files = await filesOf("kql", modelOf(long()));
      expect(Object.keys(files)).toEqual(["routes.kql", "prefixes.csv"]);
      const query = files["routes.kql"] ?? "";
      expect(query.length).toBeLessThan(9_000);
      expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
      expect(files["prefixes.csv"]).toBe(await fileOf("csv-prefixes", modelOf(long()), "prefixes.csv"));
      const listed = query.replace(/^let (\w+) = externaldata[^;]*;\n\/\/ let/gm, "let");
      expect(listed).toMatch(/^let Prefixes = _GetWatchlist/m);
      expect(kustoDiagnostics(WATCHLIST + NTA_NET_ANALYTICS + listed)).toEqual([]);
    });

    it("reads the interfaces from a file too, if there are several", { timeout: 30_000 }, async () => {
      const interfaces = ["a", "b"].map((nic) => ({ nic, mac: `00000000000${nic}`, table: long() }));
      const files = await filesOf("kql", exportModel(interfaces, []));
      expect(Object.keys(files)).toEqual(["routes.kql", "prefixes.csv", "nics.csv"]);
      const query = files["routes.kql"] ?? "";
      expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
      const listed = query.replace(/^let (\w+) = externaldata[^;]*;\n\/\/ let/gm, "let");
      expect(listed).toMatch(/^let NicsFile = _GetWatchlist/m);
      expect(kustoDiagnostics(WATCHLIST + NTA_NET_ANALYTICS + listed)).toEqual([]);
    });

    /** The query up to the flows: its comments and the tables that it reads. */
    const head = (query: string) => query.slice(0, query.indexOf("let OutboundFlows"));

    it("says what to upload, and reads it", async () => {
      const files = await filesOf("kql", modelOf(long(), ["about"]));
      expect(head(files["routes.kql"] ?? "")).toMatchInlineSnapshot(`
        "// about
        // Every address is in exactly one prefix of its family, so each flow gets exactly one answer.
        // Short enough for an analytics rule (10,000 characters) and a log alert (64 KB).
        // The prefixes are too many for the text of a query. Upload prefixes.csv, and put the address with its SAS here.
        // A Sentinel watchlist works too; its lines are ready behind the comment signs.
        let Prefixes = externaldata(tableId: int, family: int, prefix: string, routeId: int, verdict: string, nextHopType: string, nextHopIpAddress: string, addressPrefix: string, source: string, name: string, endpointTag: string, serviceEndpoint: string, certainty: string)
        [h@"https://ACCOUNT.blob.core.windows.net/CONTAINER/prefixes.csv?SAS"] with (format="csv", ignoreFirstRecord=true);
        // let Prefixes = _GetWatchlist("VnetExplainPrefixes") | project tableId = toint(tableId), family = toint(family), prefix = tostring(prefix), routeId = toint(routeId), verdict = tostring(verdict), nextHopType = tostring(nextHopType), nextHopIpAddress = tostring(nextHopIpAddress), addressPrefix = tostring(addressPrefix), source = tostring(source), name = tostring(name), endpointTag = tostring(endpointTag), serviceEndpoint = tostring(serviceEndpoint), certainty = tostring(certainty);
        let RoutesV4 = Prefixes | where family == 4
        | project RoutePrefix = prefix, RouteVerdict = verdict, RouteNextHopType = nextHopType, RouteNextHopIp = nextHopIpAddress, RouteWinner = addressPrefix, RouteSource = source, RouteName = name, RouteEndpointTag = endpointTag, RouteEndpoint = serviceEndpoint, RouteCertainty = certainty;
        let RoutesV6 = Prefixes | where family == 6
        | project RoutePrefix = prefix, RouteVerdict = verdict, RouteNextHopType = nextHopType, RouteNextHopIp = nextHopIpAddress, RouteWinner = addressPrefix, RouteSource = source, RouteName = name, RouteEndpointTag = endpointTag, RouteEndpoint = serviceEndpoint, RouteCertainty = certainty;
        "
      `);
    });

    it("says what to upload for several interfaces, and reads it", async () => {
      const interfaces = [
        { nic: "/a", mac: "00000000000a", table: long() },
        { nic: "/b", mac: null, table: long() },
      ];
      const files = await filesOf("kql", exportModel(interfaces, ["about"]));
      expect(head(files["routes.kql"] ?? "")).toMatchInlineSnapshot(`
        "// about
        // Every address is in exactly one prefix of its family, so each flow gets exactly one answer.
        // RouteVerdict is empty for flows of other network interfaces.
        // 1 of 2 network interfaces have no known MAC address: their flows get no answer.
        // Short enough for an analytics rule (10,000 characters) and a log alert (64 KB).
        // The prefixes are too many for the text of a query. Upload prefixes.csv and nics.csv, and put the address with its SAS here.
        // A Sentinel watchlist works too; its lines are ready behind the comment signs.
        let Prefixes = externaldata(tableId: int, family: int, prefix: string, routeId: int, verdict: string, nextHopType: string, nextHopIpAddress: string, addressPrefix: string, source: string, name: string, endpointTag: string, serviceEndpoint: string, certainty: string)
        [h@"https://ACCOUNT.blob.core.windows.net/CONTAINER/prefixes.csv?SAS"] with (format="csv", ignoreFirstRecord=true);
        // let Prefixes = _GetWatchlist("VnetExplainPrefixes") | project tableId = toint(tableId), family = toint(family), prefix = tostring(prefix), routeId = toint(routeId), verdict = tostring(verdict), nextHopType = tostring(nextHopType), nextHopIpAddress = tostring(nextHopIpAddress), addressPrefix = tostring(addressPrefix), source = tostring(source), name = tostring(name), endpointTag = tostring(endpointTag), serviceEndpoint = tostring(serviceEndpoint), certainty = tostring(certainty);
        let RoutesV4 = Prefixes | where family == 4
        | project TableId = tableId, RoutePrefix = prefix, RouteVerdict = verdict, RouteNextHopType = nextHopType, RouteNextHopIp = nextHopIpAddress, RouteWinner = addressPrefix, RouteSource = source, RouteName = name, RouteEndpointTag = endpointTag, RouteEndpoint = serviceEndpoint, RouteCertainty = certainty;
        let RoutesV6 = Prefixes | where family == 6
        | project TableId = tableId, RoutePrefix = prefix, RouteVerdict = verdict, RouteNextHopType = nextHopType, RouteNextHopIp = nextHopIpAddress, RouteWinner = addressPrefix, RouteSource = source, RouteName = name, RouteEndpointTag = endpointTag, RouteEndpoint = serviceEndpoint, RouteCertainty = certainty;
        let NicsFile = externaldata(mac: string, nic: string, tableId: int)
        [h@"https://ACCOUNT.blob.core.windows.net/CONTAINER/nics.csv?SAS"] with (format="csv", ignoreFirstRecord=true);
        // let NicsFile = _GetWatchlist("VnetExplainNics") | project mac = tostring(mac), nic = tostring(nic), tableId = toint(tableId);
        let Nics = NicsFile | where isnotempty(mac) | project MacAddress = mac, TableId = tableId;
        "
      `);
    });

    it("has the one interface in it, if its MAC address is known", async () => {
      const files = await filesOf("kql", exportModel([{ nic: "/a", mac: "00000000000a", table: long() }], []));
      expect(Object.keys(files)).toEqual(["routes.kql", "prefixes.csv"]);
      const query = files["routes.kql"] ?? "";
      expect(head(query)).not.toContain("nics.csv");
      expect(datatableRows(query, "Nics")).toEqual([["00000000000A", 1]]);
    });

    it.each([
      [40, /Short enough for an analytics rule/],
      [300, /Too long for an analytics rule/],
    ])("%s prefixes: a comment in the query says where it fits", async (rows, said) => {
      const table = annotatedTable(
        ...Array.from({ length: rows }, (_, at) => `User 10.${at >> 8}.${at & 255}.0/25 VirtualAppliance 10.0.0.4`),
      );
      const query = await kqlOf(table);
      expect(query).toMatch(said);
      expect(query.length < 10_000).toBe(/Short enough/.test(query));
    });
  });

  it("is short enough for an analytics rule if it leaves 1,000 of its characters to the user", async () => {
    const queryOf = (long: number) =>
      kqlOf(
        annotatedTable(
          "Default 0.0.0.0/0 Internet",
          `User 10.0.0.0/8 None #${"n".repeat(3_500)}`,
          `User 11.0.0.0/8 None #${"n".repeat(long)}`,
        ),
      );
    const lengthOf = (query: string) => query.length - query.indexOf("let Routes =");
    const shortest = lengthOf(await queryOf(1)) - 1;
    for (const length of [8_999, 9_000, 9_001, 10_000, 10_999]) {
      const query = await queryOf(length - shortest);
      expect([lengthOf(query), /Short enough/.test(query)]).toEqual([length, length < 9_000]);
    }
  });

  it.skipIf(!hasSharedData)(
    "of the sample with the real tags: 149 endpoint prefixes, no diagnostics",
    { timeout: 30_000 },
    async () => {
      const real = sharedCatalogue("ServiceTags_Public_20231106.json");
      const { table } = applyChanges(
        sampleRouteTable("udr"),
        [parseAddEndpoint("Microsoft.Storage", "westeurope")],
        real,
      );
      const query = await kqlOf(annotateTable(table, real));
      expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
      const winners = prefixRows(query, "RoutesV4").filter(([, , type]) => type === "VirtualNetworkServiceEndpoint");
      expect(new Set(winners.map(([, , , , winner]) => winner)).size).toBe(149);
    },
  );
});

describe("the script for SQLite", () => {
  async function loaded(annotated: AnnotatedRouteTable): Promise<sqlite.Database> {
    const database = new sqlite.Database();
    database.exec(await fileOf("sqlite", modelOf(annotated), "routes.sqlite.sql"));
    return database;
  }

  it("of any table, with any route names, has the answer of whichroute for each address", {
    tags: ["slow"],
  }, async () => {
    const names = fc.constantFrom(null, "to-nva", "it's", "'); DROP TABLE routes; --", "\\", "a\0b\n-- c");
    await fc.assert(
      fc.asyncProperty(anyTable, names, async (rows, called) => {
        const annotated = tableOf(rows.map((route) => ({ ...route, name: called })));
        const database = await loaded(annotated);
        try {
          const addresses = new Map(addressesOf(rows).map((address) => [formatAddress(address), address]));
          for (const text of addresses.keys()) {
            database.run("INSERT INTO flows (mac, direction, state, destination) VALUES ('m', 'O', 'B', ?)", [text]);
          }
          const found = database.all("SELECT * FROM flow_routes");
          expect(found.map(({ address }) => address).sort()).toEqual([...addresses.keys()].sort());
          for (const line of found) {
            const answer = answerOf(annotated, addresses.get(String(line.address)) ?? { family: 4, value: 0n });
            expect(ROUTE_COLUMNS.map((column) => line[column])).toEqual([
              answer.verdict,
              answer.nextHopType,
              answer.nextHopIpAddress.length === 0 ? null : answer.nextHopIpAddress.join(","),
              answer.addressPrefix,
              answer.source,
              answer.name === "a\0b\n-- c" ? "a b -- c" : answer.name,
              answer.endpointTag,
              answer.serviceEndpoint,
              answer.certainty,
            ]);
          }
        } finally {
          database.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it("of many ranges takes several INSERT statements, and every address is in one range", async () => {
    const rows = Array.from(
      { length: 700 },
      (_, at) => `User 10.${at >> 8}.${at & 255}.0/25 VirtualAppliance 10.0.0.${at % 2}`,
    );
    const database = await loaded(annotatedTable(...rows));
    expect(
      database.get("SELECT SUM(last_address - first_address + 1) AS addresses, COUNT(*) AS n FROM ranges_v4"),
    ).toEqual({
      addresses: 2 ** 32,
      n: exportRanges(annotatedTable(...rows)).filter(({ family }) => family === 4).length,
    });
    database.close();
  });

  it("that is loaded after that of another table replaces its routes and keeps the flows", async () => {
    const database = await loaded(
      annotatedTable("User 0.0.0.0/0 VirtualAppliance 10.0.0.4", "Default 10.0.0.0/8 Internet"),
    );
    database.run("INSERT INTO flows (mac, direction, state, destination) VALUES ('m', 'O', 'B', '10.0.0.9')");
    database.exec(await fileOf("sqlite", modelOf(annotatedTable("Default 0.0.0.0/0 Internet")), "routes.sqlite.sql"));
    expect(database.all("SELECT address, next_hop_type, winning_prefix FROM flow_routes")).toEqual([
      { address: "10.0.0.9", next_hop_type: "Internet", winning_prefix: "0.0.0.0/0" },
    ]);
    database.close();
  });

  it("deletes no rows of a table that it did not make", async () => {
    const database = new sqlite.Database();
    database.exec("CREATE TABLE routes (id INTEGER, name TEXT); INSERT INTO routes VALUES (1, 'bus 7');");
    // What a client leaves that goes on after an error, as the program sqlite3 does.
    database.exec("CREATE VIEW flow_routes AS SELECT 1 AS one;");
    const script = await fileOf("sqlite", modelOf(sample), "routes.sqlite.sql");
    expect(() => database.exec(script)).toThrow(/routes/);
    expect(database.all("SELECT * FROM routes")).toEqual([{ id: 1, name: "bus 7" }]);
    database.close();
  });

  it("keeps every next hop of a large equal-cost set", async () => {
    const hops = Array.from({ length: 64 }, (_, at) => `10.100.200.${at + 100}`);
    const database = await loaded(
      annotatedTable(`VirtualNetworkGateway 0.0.0.0/0 VirtualNetworkGateway ${hops.join(" ")}`),
    );
    expect(database.get("SELECT next_hop_ip FROM routes WHERE verdict = 'forward'")).toEqual({
      next_hop_ip: hops.join(","),
    });
    database.close();
  });
});

describe("the CSV", () => {
  const rangesOf = async (table: AnnotatedRouteTable) =>
    parseCsv(await fileOf("csv-ranges", modelOf(table), "ranges.csv"), { columns: true }) as Record<string, string>[];

  test("of ranges: IPv4 ends are numbers, IPv6 ends hexadecimal digits, in columns of their own", async () => {
    const rows = await rangesOf(sample);
    expect(Object.keys(rows[0] ?? {})).toEqual([...CSV_RANGE_COLUMNS]);
    expect(Object.values(rows.find(({ first }) => first === "191.239.203.0") ?? {})).toEqual([
      "4",
      "191.239.203.0",
      "191.239.203.15",
      "3220163328",
      "3220163343",
      "",
      "",
      "191.239.203.0/28",
      "forward",
      "VirtualNetworkServiceEndpoint",
      "",
      "191.239.203.0/28",
      "Default",
      "",
      "Storage.WestEurope",
      "Microsoft.Storage",
      "documented",
      "1",
      "5",
    ]);
    expect(Object.values(rows.at(-1) ?? {}).slice(0, 9)).toEqual([
      "6",
      "::",
      "f".repeat(4).concat(":ffff".repeat(7)),
      "",
      "",
      "0".repeat(32),
      "f".repeat(32),
      "::/0",
      "no-route",
    ]);
  });

  it("of ranges of any table has the first and last address of their prefixes", async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (routes) => {
        for (const row of await rangesOf(tableOf(routes))) {
          const ranges = (row.prefixes ?? "").split(",").map((text) => rangeOf(parsePrefix(text)));
          const ends = [ranges[0]?.first ?? 0n, ranges.at(-1)?.last ?? 0n];
          expect([row.firstNumber, row.lastNumber]).toEqual(row.family === "4" ? ends.map(String) : ["", ""]);
          const digits = ends.map((value) => value.toString(16).padStart(32, "0"));
          expect([row.firstDigits, row.lastDigits]).toEqual(row.family === "6" ? digits : ["", ""]);
          expect(row.first).toBe(formatAddress({ family: row.family === "4" ? 4 : 6, value: ends[0] ?? 0n }));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("of prefixes has a line for each, and names the interfaces only if there are several", async () => {
    const model = modelOf(sample);
    const files = await filesOf("csv-prefixes", model);
    expect(Object.keys(files)).toEqual(["prefixes.csv"]);
    const rows = parseCsv(files["prefixes.csv"] ?? "", { columns: true }) as Record<string, string>[];
    expect(Object.keys(rows[0] ?? {})).toEqual([...CSV_PREFIX_COLUMNS]);
    expect(rows.map(({ prefix, routeId }) => [prefix, routeId])).toEqual(
      [...modelPrefixes(model)].map(({ prefix, routeId }) => [formatPrefix(prefix), String(routeId)]),
    );
    const several = exportModel(
      [
        { nic: "/b,c", mac: null, table: sample },
        { nic: "/a", mac: "00-0D-3A-F8-80-1A", table: sample },
      ],
      [],
    );
    expect((await filesOf("csv-ranges", several))["nics.csv"]).toBe(
      'mac,nic,tableId\r\n000D3AF8801A,/a,1\r\n,"/b,c",1\r\n',
    );
  });

  it("names the tag of the winning endpoint row, not another tag of the destination", async () => {
    const tagsOf = async (table: AnnotatedRouteTable) => new Set((await rangesOf(table)).map((row) => row.endpointTag));
    expect(await tagsOf(sample)).toEqual(new Set(["", "Storage.NorthEurope", "Storage.WestEurope"]));
    const withoutEndpoints = annotateTable(sampleRouteTable("udr"), tags);
    expect(await tagsOf(withoutEndpoints)).toEqual(new Set([""]));
    // whichroute names the destination's own tag there.
    expect(tags.mostSpecific({ family: 4, value: parsePrefix("191.239.203.0/32").first })).toBe("Storage.WestEurope");
  });
});
