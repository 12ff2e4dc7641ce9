import sqlite from "node-sqlite3-wasm";
import { describe, expect, test } from "vitest";
import { EXPORT_FORMATS, type ExportFormatName } from "../../../src/analysis/export/formats.ts";
import { type ExportModel, exportModel } from "../../../src/analysis/export/model.ts";
import { ROUTE_COLUMNS } from "../../../src/analysis/export/sql/script.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";

const table = annotatedTable(
  "Default fd00::/16 VnetLocal",
  "User 0.0.0.0/1 VirtualAppliance 10.0.1.4 #a'b\\c",
  "Default 128.0.0.0/1 Internet",
);
const one = exportModel([{ nic: "it's", mac: null, table }], ["About one.", "About two."]);
const named = exportModel([{ nic: "it's", mac: "00-0D-3A-F8-80-1A", table }], ["About one."]);

async function scriptOf(format: ExportFormatName, model: ExportModel): Promise<string> {
  const [file] = (await (await EXPORT_FORMATS.find(({ name }) => name === format)?.load())?.files(model)) ?? [];
  return [...(file?.parts ?? [])].join("");
}

const DIALECTS = ["sqlite", "postgres", "duckdb", "clickhouse", "ansi"] as const;
type Dialect = (typeof DIALECTS)[number];

/** The rows of the INSERT statements of a table. */
function rowsOf(script: string, name: string): readonly string[] {
  const statements = script.split(`INSERT INTO ${name} VALUES\n`).slice(1);
  return statements.flatMap((text) => text.slice(0, text.indexOf(";\n")).split(",\n"));
}

describe("the rows of a script", () => {
  test.each<[Dialect, string, string, string]>([
    ["sqlite", "", "'a''b\\c'", "'fd000000000000000000000000000000', 'fd00ffffffffffffffffffffffffffff'"],
    [
      "postgres",
      "vnet_explain.",
      "E'a''b\\\\c'",
      "'fd000000000000000000000000000000', 'fd00ffffffffffffffffffffffffffff'",
    ],
    ["duckdb", "vnet_explain.", "'a''b\\c'", "'fd000000000000000000000000000000', 'fd00ffffffffffffffffffffffffffff'"],
    ["clickhouse", "vnet_explain.", "'a\\'b\\\\c'", "'fd00::', 'fd00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'"],
    ["ansi", "", "'a''b/c'", "'fd000000000000000000000000000000', 'fd00ffffffffffffffffffffffffffff'"],
  ])("for %s have each value as a literal, or NULL", async (dialect, prefix, text, ends) => {
    const script = await scriptOf(dialect, one);
    expect(rowsOf(script, `${prefix}routes`)).toEqual([
      `(1, 'forward', 'VirtualAppliance', '10.0.1.4', '0.0.0.0/1', 'User', ${text}, NULL, NULL, 'documented')`,
      "(2, 'forward', 'Internet', NULL, '128.0.0.0/1', 'Default', NULL, NULL, NULL, 'documented')",
      "(3, 'platform', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'documented')",
      "(4, 'no-route', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'inferred')",
      "(5, 'forward', 'VnetLocal', NULL, 'fd00::/16', 'Default', NULL, NULL, NULL, 'documented')",
    ]);
    expect(rowsOf(script, `${prefix}ranges_v4`)).toEqual([
      "(1, 0, 2147483647, 1)",
      "(1, 2147483648, 2822734095, 2)",
      "(1, 2822734096, 2822734096, 3)",
      "(1, 2822734097, 2852039165, 2)",
      "(1, 2852039166, 2852039166, 3)",
      "(1, 2852039167, 4294967295, 2)",
    ]);
    expect(rowsOf(script, `${prefix}ranges_v6`)[1]).toBe(`(1, ${ends}, 5)`);
    expect(rowsOf(script, `${prefix}ranges_v6`)).toHaveLength(3);
    const quoted = dialect === "clickhouse" ? "'it\\'s'" : "'it''s'";
    expect(rowsOf(script, `${prefix}nics`)).toEqual([`(NULL, ${quoted}, 1)`]);
    expect(rowsOf(await scriptOf(dialect, named), `${prefix}nics`)).toEqual([`('000D3AF8801A', ${quoted}, 1)`]);
  });

  test("are at most 500 in a statement", async () => {
    const rowsIn = async (count: number) => {
      const nics = Array.from({ length: count }, (_, at) => ({ nic: `n${at}`, mac: null, table }));
      const statements = (await scriptOf("sqlite", exportModel(nics, []))).split("INSERT INTO nics VALUES\n").slice(1);
      return statements.map((text) => text.slice(0, text.indexOf(";\n")).split("\n").length);
    };
    expect(await rowsIn(499)).toEqual([499]);
    expect(await rowsIn(500)).toEqual([500]);
    expect(await rowsIn(1001)).toEqual([500, 500, 1]);
  });
});

describe("the statements of a script", () => {
  const TABLES = "routes ranges_v4 ranges_v6 nics flows".split(" ");
  const INSERTS = "routes ranges_v4 ranges_v6 nics".split(" ");
  /** The first words of each statement, without line ends. */
  const startsOf = (script: string) =>
    (script.match(/^(?:CREATE|BEGIN|COMMIT|TRUNCATE|INSERT|DROP|DELETE|START|SYSTEM)[^(;\n]*/gm) ?? []).map((text) =>
      text.replace(/ (VALUES|AS|RETURNS .*|WHERE .*)?$/, ""),
    );
  const all = (start: string, names: readonly string[]) => names.map((name) => `${start}${name}`);

  test.each<[Dialect, readonly string[]]>([
    [
      "sqlite",
      [
        ...["BEGIN", ...all("CREATE TABLE IF NOT EXISTS ", TABLES), ...all("DELETE FROM ", INSERTS)],
        ...["DROP VIEW IF EXISTS flow_routes", ...all("INSERT INTO ", INSERTS), "CREATE VIEW flow_routes", "COMMIT"],
      ],
    ],
    [
      "postgres",
      [
        ...["BEGIN", "CREATE SCHEMA IF NOT EXISTS vnet_explain"],
        ...all("CREATE TABLE IF NOT EXISTS vnet_explain.", TABLES),
        `TRUNCATE ${all("vnet_explain.", INSERTS).join(", ")}`,
        ...all("INSERT INTO vnet_explain.", INSERTS),
        ...all("CREATE OR REPLACE FUNCTION vnet_explain.", ["plain", "ipv6_of", "address_of", "digits_of", "route_of"]),
        ...["CREATE OR REPLACE VIEW vnet_explain.flow_routes", "COMMIT"],
      ],
    ],
    [
      "duckdb",
      [
        ...["BEGIN TRANSACTION", "CREATE SCHEMA IF NOT EXISTS vnet_explain"],
        ...all("CREATE OR REPLACE TABLE vnet_explain.", INSERTS),
        ...["CREATE TABLE IF NOT EXISTS vnet_explain.flows", ...all("INSERT INTO vnet_explain.", INSERTS)],
        ...all("CREATE OR REPLACE MACRO vnet_explain.", ["number_of_parts", "without_dots", "expanded"]),
        ...all("CREATE OR REPLACE MACRO vnet_explain.", ["all_digits_of", "is_ipv4", "digits_of", "number_of"]),
        ...["CREATE OR REPLACE MACRO vnet_explain.route_of", "CREATE OR REPLACE VIEW vnet_explain.flow_routes"],
        "COMMIT",
      ],
    ],
    [
      "clickhouse",
      [
        ...["CREATE DATABASE IF NOT EXISTS vnet_explain", ...all("CREATE OR REPLACE TABLE vnet_explain.", INSERTS)],
        ...["CREATE TABLE IF NOT EXISTS vnet_explain.flows", ...all("INSERT INTO vnet_explain.", INSERTS)],
        "CREATE OR REPLACE DICTIONARY vnet_explain.route_of_ipv4",
        ...["SYSTEM RELOAD DICTIONARY vnet_explain.route_of_ipv4", "CREATE OR REPLACE VIEW vnet_explain.flow_routes"],
      ],
    ],
    [
      "ansi",
      [
        ...["START TRANSACTION", ...all("CREATE TABLE ", TABLES), ...all("INSERT INTO ", INSERTS)],
        ...["CREATE VIEW flow_routes", "COMMIT"],
      ],
    ],
  ])("for %s make the tables, fill them, and look up last", async (dialect, expected) => {
    expect(startsOf(await scriptOf(dialect, one))).toEqual(expected);
  });

  test.each(DIALECTS)(
    "for %s give flows of any interface the table of the only one, if its MAC address is not known",
    async (dialect) => {
      expect(await scriptOf(dialect, one)).toContain("COALESCE(n.table_id, 1) AS table_id");
      const known = await scriptOf(dialect, named);
      expect(known).not.toContain("COALESCE(n.table_id");
      expect(known).toContain("n.table_id AS table_id");
    },
  );
});

test.each(DIALECTS)("the script for %s is one file with the name of the dialect", async (dialect) => {
  const loaded = await EXPORT_FORMATS.find(({ name }) => name === dialect)?.load();
  expect((await loaded?.files(one))?.map(({ name }) => name)).toEqual([`routes.${dialect}.sql`]);
});

test.each(["postgres", "duckdb", "clickhouse"] as const)(
  "the script for %s reads and writes tables of its schema alone",
  async (dialect) => {
    const script = await scriptOf(dialect, named);
    expect(script).not.toMatch(/\b(?:FROM|JOIN|INTO|TABLE|EXISTS) (?:routes|ranges_v[46]|nics|flows)\b/);
    expect(script).toMatch(/FROM vnet_explain\.flows\n/);
  },
);

test("the view of ClickHouse names its columns, which would have the names of its parts", async () => {
  const script = await scriptOf("clickhouse", one);
  const columns = /\nSELECT (f\.mac .*?)\nFROM found/s.exec(script)?.[1]?.split(/,\s+/);
  expect(columns).toEqual([
    ...["mac", "address", "flows_begun", "flows_denied", "bytes", "route_id"].map((name) => `f.${name} AS ${name}`),
    ...ROUTE_COLUMNS.map((name) => `r.${name} AS ${name}`),
  ]);
});

describe("the comments of a script", () => {
  const head = (script: string) => script.slice(0, script.indexOf("\n\n")).split("\n");
  const DIRECTION = [
    "-- flows: to be filled with flows, as in the tuples of a VNet flow log: direction I or O, state B, C, E or D.",
    "-- flow_routes: one row per interface and address, counted before it is looked up. The address is the destination of",
    "--   outbound flows, the source of inbound ones: its replies go there. verdict is NULL where the interface is",
  ];
  const STANDARD = [
    "-- flows: to be filled with flows, as in the tuples of a VNet flow log: state B, C, E or D.",
    "-- flow_routes: one row per interface and address, counted before it is looked up. verdict is NULL where the interface is",
  ];
  test.each<[Dialect, string, readonly string[]]>([
    ["sqlite", "32 hexadecimal digits", DIRECTION],
    ["postgres", "32 hexadecimal digits", DIRECTION],
    ["duckdb", "32 hexadecimal digits", DIRECTION],
    ["clickhouse", "of type IPv6", DIRECTION],
    ["ansi", "32 hexadecimal digits", STANDARD],
  ])("for %s explain its tables", async (dialect, v6, flows) => {
    expect(head(await scriptOf(dialect, one))).toEqual([
      "-- About one.",
      "-- About two.",
      "--",
      "-- routes: what happens to a packet. endpoint_tag is the service tag of a winning service endpoint row,",
      "--   never another tag that holds the destination. verdict is never NULL: no-route says that no route wins.",
      "-- ranges_v4, ranges_v6: first and last address of each range, and its route. Together the ranges of a table hold",
      `--   every address of their family once. IPv4 addresses are numbers, IPv6 addresses ${v6}.`,
      "-- nics: which table each network interface has. Interfaces with the same routes share one.",
      ...flows,
      "--   not in nics, or the address is not valid.",
    ]);
  });

  test.each<[Dialect, string]>([
    ["sqlite", "flow_routes"],
    ["postgres", "vnet_explain.flow_routes"],
    ["duckdb", "vnet_explain.flow_routes"],
    ["clickhouse", "vnet_explain.flow_routes"],
    ["ansi", "flow_routes"],
  ])("for %s end with the query for the user's flows", async (dialect, view) => {
    expect((await scriptOf(dialect, one)).split("\n\n").at(-1)?.split("\n")).toEqual([
      "-- Where flows went. Denied flows are counted apart: they were not routed.",
      "-- SELECT verdict, next_hop_type, next_hop_ip, route_name, endpoint_tag,",
      "--   SUM(flows_begun) AS flows, SUM(flows_denied) AS denied, SUM(bytes) AS bytes",
      `-- FROM ${view}`,
      "-- GROUP BY verdict, next_hop_type, next_hop_ip, route_name, endpoint_tag",
      "-- ORDER BY bytes DESC;",
      "",
    ]);
  });
});

describe("the script of standard SQL", () => {
  /** SQLite reads it, but for the first statement. */
  async function loaded(model: ExportModel): Promise<sqlite.Database> {
    const database = new sqlite.Database();
    database.exec((await scriptOf("ansi", model)).replace("START TRANSACTION", "BEGIN"));
    return database;
  }
  const V6 = (first: string) => first.padEnd(32, "0");

  test("counts the flows of each interface and address, and finds the route of both families", async () => {
    const database = await loaded(named);
    database.exec(`INSERT INTO flows VALUES
      ('000D3AF8801A', 'B', 16909060, NULL, 10, 1), ('000D3AF8801A', 'D', 16909060, NULL, NULL, NULL),
      ('000D3AF8801A', 'E', 16909060, NULL, 5, NULL), ('000D3AF8801A', 'B', 2147483648, NULL, 1, 1),
      ('000D3AF8801A', 'B', NULL, '${V6("fd00")}', 1, 0), ('000D3AF8801A', 'B', NULL, '${V6("fd01")}', 1, 0),
      ('000D3AF8801A', 'B', NULL, '${"00000000000000000000ffff01020304"}', 1, 0),
      ('other', 'B', 16909060, NULL, 1, 0);`);
    const rows = database.all("SELECT * FROM flow_routes ORDER BY mac, address_v4, address_v6");
    expect(
      rows.map((row) =>
        [row.mac, row.address_v4, row.address_v6, row.flows_begun, row.flows_denied, row.bytes, row.verdict]
          .map(String)
          .join(" "),
      ),
    ).toEqual([
      "000D3AF8801A null 00000000000000000000ffff01020304 1 0 1 null",
      `000D3AF8801A null ${V6("fd00")} 1 0 1 forward`,
      `000D3AF8801A null ${V6("fd01")} 1 0 1 no-route`,
      "000D3AF8801A 16909060 null 1 1 16 forward",
      "000D3AF8801A 2147483648 null 1 0 2 forward",
      "other 16909060 null 1 0 1 null",
    ]);
    expect(rows.map(({ winning_prefix, route_name }) => [winning_prefix, route_name])).toEqual([
      [null, null],
      ["fd00::/16", null],
      [null, null],
      ["0.0.0.0/1", "a'b/c"],
      ["128.0.0.0/1", null],
      [null, null],
    ]);
    database.close();
  });

  test("gives flows of any interface the only table, if its MAC address is not known", async () => {
    const database = await loaded(one);
    database.exec("INSERT INTO flows VALUES ('any', 'B', 16909060, NULL, 1, 0), (NULL, 'B', 4294967295, NULL, 1, 0);");
    expect(database.all("SELECT winning_prefix FROM flow_routes ORDER BY address_v4")).toEqual([
      { winning_prefix: "0.0.0.0/1" },
      { winning_prefix: "128.0.0.0/1" },
    ]);
    database.close();
  });
});
