import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ExportFormatName } from "../../../src/analysis/export/formats.ts";
import { EXPORT_FORMATS } from "../../../src/analysis/export/formats.ts";
import type { ExportModel } from "../../../src/analysis/export/model.ts";
import { ROUTE_COLUMNS } from "../../../src/analysis/export/sql/script.ts";
import { compileTags } from "../../../src/service-tags/index/compile-tags.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { parseTagFile } from "../../../src/service-tags/tag-file.ts";
import { saveExport } from "../../../src/store/save-export.ts";
import { scratchDirectory } from "../../built-program.ts";
import { sharedCatalogue } from "../../service-tags/shared-tags.ts";
import { hasSharedData, readShared, sharedPath } from "../../shared-data.ts";
import {
  type Answer,
  answersInOrder,
  armRow,
  type Case,
  caseOf,
  FIRST_TABLE,
  flowLogMac,
  numbersOf,
  SECOND_TABLE,
  SMALL_TAGS,
  whichroute,
} from "./engines/cases.ts";
import { clickhouseEngine } from "./engines/clickhouse.ts";
import { duckdbEngine } from "./engines/duckdb.ts";
import type { Engine, EngineKind, Row } from "./engines/engine.ts";
import { postgresEngine } from "./engines/postgres.ts";
import { sqliteEngine } from "./engines/sqlite.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const ansiOn = ({ name, ...engine }: EngineKind): EngineKind => ({
  ...engine,
  name: `${name}, standard SQL`,
  dialect: "ansi",
  prefix: "",
});

const ENGINES = [
  sqliteEngine,
  duckdbEngine,
  postgresEngine,
  clickhouseEngine,
  ansiOn(duckdbEngine),
  ansiOn(postgresEngine),
];

/** The script of a dialect, which is one file. */
async function scriptOf(model: ExportModel, dialect: ExportFormatName): Promise<string> {
  const files = await (await EXPORT_FORMATS.find(({ name }) => name === dialect)?.load())?.files(model);
  return [...(files?.[0]?.parts ?? [])].join("");
}

/** The query in the comment at the end of a script. */
const queryIn = (script: string) => script.slice(script.indexOf("-- SELECT verdict")).replace(/^-- /gm, "");

const UNKNOWN_MAC = "00155D000000";
const NOT_ADDRESSES = ["bogus", "256.1.1.1", "010.1.0.4", "1.2.3", "1:2:3", ":::"].concat(
  ["::ffff:010.1.0.4", "::ffff:1.2.3", "::ffff:1.2.3.256", "::ffff:1.2.3.4.", "::1.2.3.4:5", "1.2.3.4::", "::f1.2.3.4"],
  ["1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:1.2.3.4", "::1::1.2.3.4", ":1.2.3.4", "1.2.3.4:"],
  ["::1::2", "12345::1", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1:::2", "1:2:3:4:5:6:7:8:9", "::g", "1::2:3:4:5:6:7:8"],
);

/** IPv4 addresses written as IPv6, and IPv6 addresses that end with an IPv4 address. */
const SPELLINGS = [
  ...["::ffff:10.1.0.4", "::FFFF:10.1.0.4", "::ffff:a01:4", "0:0:0:0:0:ffff:10.1.0.4", "0:0:0:0:0:ffff:0a01:0004"],
  ...["::ffff:0.0.0.0", "::ffff:255.255.255.255", "::ffff:8.8.8.8", "::ffff:168.63.129.16"],
  ...["64:ff9b::10.1.0.4", "::10.1.0.4", "::ffff:0:10.1.0.4", "fd01::255.255.255.255", "1:2:3:4:5:6:10.1.0.4"],
  ...["FD00::1", "::fffe:a01:4", "::1:ffff:a01:4", "::", "1::", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::3:4:5:6:7:8"],
];

/** Fills the table of flows: from each interface one flow to each address, of 10 bytes and 1 back. */
async function fill(engine: Engine, kind: EngineKind, macs: readonly string[], addresses: readonly string[]) {
  const standard = kind.dialect === "ansi";
  const rows = macs.flatMap((mac) =>
    addresses.map((address) =>
      standard
        ? `('${mac}', 'B', ${NOT_ADDRESSES.includes(address) ? "NULL, NULL" : numbersOf(address)}, 10, 1)`
        : `('${mac}', 'O', 'B', '10.0.0.5', '${address}', 10, 1)`,
    ),
  );
  for (let at = 0; at < rows.length; at += 5_000) {
    await engine.run(`INSERT INTO ${kind.prefix}flows VALUES ${rows.slice(at, at + 5_000).join(", ")};`);
  }
}

/** A backslash, which MySQL takes for an escape, is written as a slash in standard SQL. */
const asWritten = (answer: Answer | undefined, { dialect }: EngineKind) =>
  dialect === "ansi" && answer !== undefined
    ? { ...answer, route_name: answer.route_name?.replaceAll("\\", "/") ?? null }
    : answer;

const answerIn = (row: Row) => Object.fromEntries(ROUTE_COLUMNS.map((column) => [column, row[column] ?? null]));

/** Loads the script twice, as a daily job does, where the dialect allows it. */
async function loaded(kind: EngineKind, model: ExportModel): Promise<{ engine: Engine; script: string }> {
  const engine = await kind.open();
  const script = await scriptOf(model, kind.dialect);
  await engine.run(script);
  if (kind.dialect !== "ansi") await engine.run(script);
  return { engine, script };
}

/** Compares the answer of an engine for every address and interface with that of `whichroute --ip -`. */
async function compare(kind: EngineKind, { model, interfaces, addresses }: Case, tags: readonly string[]) {
  const { engine, script } = await loaded(kind, model);
  try {
    const macs = interfaces.map(flowLogMac);
    await fill(engine, kind, macs, addresses);
    const standard = kind.dialect === "ansi";
    const found = new Map<string, Row>();
    for (const row of await engine.rows(`SELECT * FROM ${kind.prefix}flow_routes`)) {
      const address = standard ? String(row.address_v4 ?? row.address_v6) : String(row.address);
      found.set(`${row.mac} ${address}`, row);
    }
    expect(found.size).toBe(macs.length * addresses.length);
    const bytes = new Map<string, number>();
    for (const { file, mac } of interfaces) {
      const expected = await whichroute(file, addresses, tags);
      const differing: unknown[] = [];
      for (const address of addresses) {
        const wanted = asWritten(expected.get(address), kind);
        const key = standard ? numbersOf(address).replace(/NULL|[', ]/g, "") : address;
        const row = found.get(`${flowLogMac({ mac })} ${key}`);
        const actual = row === undefined ? undefined : answerIn(row);
        if (JSON.stringify(actual) !== JSON.stringify(wanted)) differing.push({ address, actual, wanted });
        const group = JSON.stringify([
          wanted?.verdict,
          wanted?.next_hop_type,
          wanted?.next_hop_ip,
          wanted?.route_name,
          wanted?.endpoint_tag,
        ]);
        bytes.set(group, (bytes.get(group) ?? 0) + 11);
      }
      expect(differing.slice(0, 3), `${differing.length} of ${addresses.length} differ`).toEqual([]);
    }
    const sums = await engine.rows(queryIn(script));
    const summed = sums.map((row) => [
      JSON.stringify(
        [row.verdict, row.next_hop_type, row.next_hop_ip, row.route_name, row.endpoint_tag].map((cell) => cell ?? null),
      ),
      Number(row.bytes),
    ]);
    expect(Object.fromEntries(summed)).toEqual(Object.fromEntries(bytes));
  } finally {
    await engine.close();
  }
}

describe.each(ENGINES)("$name", (kind) => {
  const { name, absent, dialect, prefix } = kind;
  if (absent !== null) console.warn(`Exports are not run by ${name}: ${absent}.`);

  it.skipIf(absent !== null)(
    "answers as whichroute for both ends of every range and the addresses around them",
    async () => {
      const file = join(scratch.path, SMALL_FILE);
      writeFileSync(file, SMALL_TAGS);
      const tags = new TagCatalogue(compileTags(parseTagFile(SMALL_TAGS, SMALL_FILE)));
      await compare(kind, await caseOf(scratch.path, [FIRST_TABLE, SECOND_TABLE], tags), ["--tags", file]);
    },
  );

  it.skipIf(absent !== null || !hasSharedData || dialect === "ansi")(
    "does so for ten endpoints with real tags",
    async () => {
      const real = await caseOf(scratch.path, [tenEndpoints()], sharedCatalogue(TAGS));
      await compare(kind, { ...real, interfaces: real.interfaces.slice(0, 1) }, [
        "--tags",
        sharedPath(`data/service-tags/${TAGS}`),
      ]);
    },
  );

  it.skipIf(absent !== null || dialect === "ansi")(
    "answers as whichroute for every spelling of an address",
    async () => {
      const { model, interfaces } = await caseOf(scratch.path, [SECOND_TABLE], null);
      const [first] = interfaces;
      const { engine } = await loaded(kind, model);
      try {
        await fill(engine, kind, [flowLogMac(first ?? { mac: "" })], SPELLINGS);
        const rows = await engine.rows(`SELECT * FROM ${prefix}flow_routes`);
        const found = new Map(rows.map((row) => [row.address, answerIn(row)]));
        const expected = await answersInOrder(first?.file ?? "", SPELLINGS, []);
        expect(SPELLINGS.map((text) => [text, found.get(text)])).toEqual(
          SPELLINGS.map((text, at) => [text, expected[at]]),
        );
      } finally {
        await engine.close();
      }
    },
  );

  it.skipIf(absent !== null || dialect !== "ansi")("has no answer for an IPv4 address given as IPv6", async () => {
    const { model, interfaces } = await caseOf(scratch.path, [SECOND_TABLE], null);
    const { engine } = await loaded(kind, model);
    try {
      const mac = flowLogMac(interfaces[0] ?? { mac: "" });
      const digits = `${"0".repeat(20)}ffff0a010004`;
      await engine.run(`INSERT INTO ${prefix}flows VALUES ('${mac}', 'B', NULL, '${digits}', 10, 1);`);
      const rows = await engine.rows(`SELECT address_v6, verdict FROM ${prefix}flow_routes`);
      expect(rows.map((row) => row.verdict ?? null)).toEqual([null]);
    } finally {
      await engine.close();
    }
  });

  it.skipIf(absent !== null)(
    "distinguishes no route, an unknown interface and a text that is not an address",
    async () => {
      const { model, interfaces } = await caseOf(scratch.path, [SECOND_TABLE], null);
      const { engine } = await loaded(kind, model);
      try {
        const [first] = interfaces.map(flowLogMac);
        await fill(engine, kind, [UNKNOWN_MAC], ["10.1.0.4"]);
        await fill(
          engine,
          kind,
          [first ?? ""],
          ["8.8.8.8", "10.1.0.4", ...(dialect === "ansi" ? ["bogus"] : NOT_ADDRESSES)],
        );
        const rows = await engine.rows(`SELECT * FROM ${prefix}flow_routes`);
        if (dialect !== "ansi") {
          const answered = rows.filter((row) => (row.route_id ?? null) !== null);
          expect(answered.map(({ address }) => address).sort()).toEqual(["10.1.0.4", "8.8.8.8"]);
        }
        const counts = new Map<string, number>();
        for (const row of rows) {
          const key = [
            row.mac === UNKNOWN_MAC ? "unknown" : "known",
            row.route_id === null ? "NULL" : "id",
            row.verdict,
          ].join(" ");
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        expect(Object.fromEntries(counts)).toEqual({
          "unknown NULL ": 1,
          "known id no-route": 1,
          "known id forward": 1,
          "known NULL ": dialect === "ansi" ? 1 : NOT_ADDRESSES.length,
        });
      } finally {
        await engine.close();
      }
    },
  );

  it.skipIf(absent !== null || dialect === "ansi")(
    "looks up the source of inbound flows, and counts denied flows apart",
    async () => {
      const { model } = await caseOf(scratch.path, [SECOND_TABLE], null);
      const { engine, script } = await loaded(kind, model);
      try {
        await engine.run(`INSERT INTO ${prefix}flows VALUES
        ('000D3A000000', 'I', 'B', '10.1.0.9', '10.1.0.4', NULL, NULL), ('000D3A000000', 'I', 'E', '10.1.0.9', '10.1.0.4', 5, 6),
        ('000D3A000000', 'O', 'B', '10.1.0.4', '10.1.0.9', 7, 8), ('000D3A000000', 'O', 'D', '10.1.0.4', '10.1.0.9', NULL, NULL);`);
        const rows = await engine.rows(queryIn(script));
        expect(rows.map((row) => [row.next_hop_type, ...[row.flows, row.denied, row.bytes].map(Number)])).toEqual([
          ["VnetLocal", 2, 1, 26],
        ]);
      } finally {
        await engine.close();
      }
    },
  );
});

/** How an engine reads a file, and guesses the types of its columns. */
const READERS = [
  {
    kind: duckdbEngine,
    csv: (path: string) => `read_csv('${path}')`,
    parquet: (path: string) => `read_parquet('${path}')`,
  },
  {
    kind: clickhouseEngine,
    csv: (path: string) => `file('${path}', CSVWithNames)`,
    parquet: (path: string) => `file('${path}', Parquet)`,
  },
];

async function written(model: ExportModel, format: ExportFormatName): Promise<(name: string) => string> {
  const files = await (await EXPORT_FORMATS.find(({ name }) => name === format)?.load())?.files(model);
  const folder = join(scratch.path, format);
  await saveExport(files ?? [], `${folder}/`);
  return (name) => join(folder, name);
}

describe.each(READERS)("$kind.name, with types that it guesses,", ({ kind, csv, parquet }) => {
  /** Joins addresses with ranges by their ends, IPv6 addresses by their digits, and compares with whichroute. */
  async function compareJoined(
    engine: Engine,
    { interfaces, addresses }: Case,
    from: string,
    columns: readonly string[],
  ) {
    const [first] = interfaces;
    const expected = await whichroute(first?.file ?? "", addresses, []);
    await engine.run(`CREATE DATABASE IF NOT EXISTS asked;`).catch(() => engine.run("CREATE SCHEMA asked;"));
    const engineTable = kind.name === "ClickHouse" ? " ENGINE = Memory" : "";
    await engine.run(
      `CREATE TABLE asked.addresses (text VARCHAR, number BIGINT NULL, digits VARCHAR NULL)${engineTable}`,
    );
    await engine.run(
      `INSERT INTO asked.addresses VALUES ${addresses.map((text) => `('${text}', ${numbersOf(text)})`).join(", ")}`,
    );
    const [v4First, v4Last, v6First, v6Last, table, prefix, verdict] = columns.map((column) => `r."${column}"`);
    const rows = await engine.rows(`SELECT a.text AS text, ${verdict} AS verdict, ${prefix} AS prefix
      FROM asked.addresses AS a, ${from} AS r WHERE ${table} = 1
      AND (a.number BETWEEN ${v4First} AND ${v4Last} OR a.digits BETWEEN ${v6First} AND ${v6Last})`);
    const found = rows.map((row) => [String(row.text), row.verdict, row.prefix ?? null]).sort();
    const wanted = [...expected].map(([text, answer]) => [text, answer.verdict, answer.winning_prefix]).sort();
    expect(found).toEqual(wanted);
  }

  it.skipIf(kind.absent !== null)("joins csv-ranges to the answers of whichroute, IPv6 too", async () => {
    // Ends whose digits look like numbers, in a table of few rows, are what an engine takes for a number.
    const small = ["2603:1030::/32", "26e1:310::/32"].map((prefix) => [armRow("Default", "Internet", [prefix])]);
    const tables = [FIRST_TABLE, ...small];
    for (const table of tables) {
      const given = await caseOf(scratch.path, [table], null);
      const path = await written(given.model, "csv-ranges");
      const engine = await kind.open();
      try {
        const columns = [
          "firstNumber",
          "lastNumber",
          "firstDigits",
          "lastDigits",
          "tableId",
          "addressPrefix",
          "verdict",
        ];
        await compareJoined(engine, given, csv(path("ranges.csv")), columns);
      } finally {
        await engine.close();
      }
    }
  });

  it.skipIf(kind.absent !== null)(
    "reads parquet files with the same answers, and a prefix for every route",
    async () => {
      const given = await caseOf(scratch.path, [FIRST_TABLE, SECOND_TABLE], null);
      const path = await written(given.model, "parquet");
      const file = (name: string) => parquet(path(`${name}.parquet`));
      const engine = await kind.open();
      try {
        const ranges = (family: 4 | 6, other: 4 | 6, type: string) =>
          `SELECT table_id, first_address AS first_v${family}, last_address AS last_v${family},
          CAST(NULL AS ${type}) AS first_v${other}, CAST(NULL AS ${type}) AS last_v${other}, route_id
        FROM ${file(`ranges_v${family}`)}`;
        const ofV6 = ranges(6, 4, kind.name === "ClickHouse" ? "Nullable(Int64)" : "BIGINT");
        const ofV4 = ranges(4, 6, kind.name === "ClickHouse" ? "Nullable(String)" : "VARCHAR");
        const columns = ["first_v4", "last_v4", "first_v6", "last_v6", "table_id", "winning_prefix", "verdict"];
        const all = `SELECT u.table_id AS table_id, u.first_v4 AS first_v4, u.last_v4 AS last_v4, u.first_v6 AS first_v6,
        u.last_v6 AS last_v6, r.winning_prefix AS winning_prefix, r.verdict AS verdict FROM (
          SELECT table_id, first_v4, last_v4, first_v6, last_v6, route_id FROM (${ofV4}) AS v4
          UNION ALL SELECT table_id, first_v4, last_v4, first_v6, last_v6, route_id FROM (${ofV6}) AS v6
        ) AS u JOIN ${file("routes")} AS r ON r.route_id = u.route_id`;
        await compareJoined(engine, given, `(${all})`, columns);
        const [nics] = await engine.rows(`SELECT count(*) AS n, min(mac) AS mac FROM ${file("nics")}`);
        expect([Number(nics?.n), nics?.mac]).toEqual([3, "000D3A000000"]);
        const [prefixes] = await engine.rows(`SELECT count(DISTINCT route_id) AS n FROM ${file("prefixes")}`);
        expect(Number(prefixes?.n)).toBe(given.model.routes.length);
      } finally {
        await engine.close();
      }
    },
  );
});

const SMALL_FILE = "ServiceTags_Public_20250106.json";
const TAGS = "ServiceTags_Public_20251110.json";

/** A table with ten service endpoint rows of all regions, as the largest that people have. */
function tenEndpoints(): readonly object[] {
  const { values } = JSON.parse(readShared(`data/service-tags/${TAGS}`)) as {
    readonly values: readonly {
      readonly name: string;
      readonly properties: { readonly addressPrefixes: readonly string[] };
    }[];
  };
  const names = ["Storage", "Sql", "AzureCosmosDB", "AzureKeyVault", "ServiceBus", "EventHub", "AppService"].concat([
    "CognitiveServicesManagement",
    "AzureActiveDirectory",
    "AzureContainerRegistry",
  ]);
  const rows = values
    .filter(({ name }) => names.includes(name))
    .map(({ properties }) => armRow("Default", "VirtualNetworkServiceEndpoint", properties.addressPrefixes));
  expect(rows.length).toBe(10);
  return [...FIRST_TABLE.slice(0, 2), ...rows, armRow("Default", "None", ["10.0.0.0/8", "100.64.0.0/10"])];
}
