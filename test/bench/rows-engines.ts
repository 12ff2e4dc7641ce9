import { readFileSync } from "node:fs";
import { EXPORT_FORMATS } from "../../src/analysis/export/formats.ts";
import { type ExportModel, exportModel } from "../../src/analysis/export/model.ts";
import { formatAddress } from "../../src/net/address.ts";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import { readRouteTable } from "../../src/routes/read/read-route-table.ts";
import { clickhouseEngine } from "../analysis/export/engines/clickhouse.ts";
import { duckdbEngine } from "../analysis/export/engines/duckdb.ts";
import type { Engine, EngineKind } from "../analysis/export/engines/engine.ts";
import { postgresEngine } from "../analysis/export/engines/postgres.ts";
import { sqliteEngine } from "../analysis/export/engines/sqlite.ts";
import type { Contender, Row, Workbench } from "./row.ts";

const MACS = ["000D3A000001", "000D3A000002"];

/** Distinct destinations, half for each interface: odd numbers for one, even numbers for the other. */
const DESTINATIONS = 100_000;

/** For a join that compares every flow with every range. */
const FEW = 2_000;

/** A table with the endpoints of ten services in all regions. */
function largeTable(tagFile: string): unknown {
  const { values } = JSON.parse(readFileSync(tagFile, "utf8")) as {
    readonly values: readonly { readonly properties: { readonly addressPrefixes: readonly string[] } }[];
  };
  const lists = values.map(({ properties }) => properties.addressPrefixes).filter((list) => list.length < 2_000);
  const row = (
    source: string,
    nextHopType: string,
    addressPrefix: readonly string[],
    nextHopIpAddress: readonly string[] = [],
  ) => ({
    ...{ source, state: "Active", addressPrefix, nextHopType, nextHopIpAddress },
  });
  return {
    value: [
      row("Default", "VnetLocal", ["10.0.0.0/16"]),
      row("User", "VirtualAppliance", ["0.0.0.0/0"], ["10.0.1.4"]),
      ...lists
        .sort((a, b) => b.length - a.length)
        .slice(0, 10)
        .map((prefixes) => row("Default", "VirtualNetworkServiceEndpoint", prefixes)),
    ],
  };
}

/** The same addresses in each run: half from ranges of the table, half from anywhere, one in fifty IPv6. */
function destinationsOf({ tables }: ExportModel): readonly string[] {
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  const ranges = tables.flatMap((table) => table.ranges);
  const byFamily = { 4: ranges.filter(({ family }) => family === 4), 6: ranges.filter(({ family }) => family === 6) };
  return Array.from({ length: DESTINATIONS }, (_, at) => {
    const family = at % 50 === 0 ? 6 : 4;
    const range = byFamily[family][next() % byFamily[family].length];
    if (range === undefined || (family === 4 && at % 2 === 1))
      return formatAddress({ family: 4, value: BigInt(next()) });
    return formatAddress({ family, value: range.first + (BigInt(next()) % (range.last - range.first + 1n)) });
  });
}

/** How an engine generates flows, and the queries that it is compared with. */
interface Subject {
  readonly kind: EngineKind;
  readonly flows: number;
  /** µs per flow. */
  readonly reach: number;
  readonly bound: number;
  /** Fills `flows` with this many rows from the table `pool` (id, destination). */
  fill(count: number): string;
  /** Other queries with the same sums, by name. */
  readonly others: Readonly<Record<string, string>>;
}

const V4_ASOF = (number: string) => `SELECT count(*) AS n FROM (
  SELECT ${number} AS v4 FROM vnet_explain.flows WHERE destination NOT LIKE '%:%'
) AS f ASOF JOIN (SELECT 1 AS one, * FROM vnet_explain.ranges_v4 WHERE table_id = 1) AS r ON r.table_id = 1 AND r.first_address <= f.v4`;

const between = (prefix: string, number: string) => `SELECT count(*) AS n FROM (
  SELECT ${number} AS v4 FROM ${prefix}flows WHERE destination NOT LIKE '%:%' LIMIT ${FEW}
) AS f JOIN ${prefix}ranges_v4 AS r ON f.v4 BETWEEN r.first_address AND r.last_address`;

const mac = "CASE i % 2 WHEN 0 THEN '000D3A000001' ELSE '000D3A000002' END";

const BETWEEN = `joined by BETWEEN, ${FEW.toLocaleString("en")} flows`;

const SUBJECTS: readonly Subject[] = [
  {
    kind: duckdbEngine,
    flows: 20_000_000,
    reach: 0.15,
    bound: 1,
    fill: (
      count,
    ) => `INSERT INTO vnet_explain.flows SELECT ${mac}, 'O', CASE i % 3 WHEN 0 THEN 'B' ELSE 'C' END, '10.0.0.5',
      p.destination, i % 1000, i % 700 FROM range(${count}) AS r(i) JOIN pool AS p ON p.id = (i * 7919) % ${DESTINATIONS};`,
    others: {
      "ASOF join of every flow": V4_ASOF("vnet_explain.number_of(destination)").replace("r.table_id = 1 AND ", ""),
      [BETWEEN]: between("vnet_explain.", "vnet_explain.number_of(destination)"),
    },
  },
  {
    kind: clickhouseEngine,
    flows: 20_000_000,
    reach: 0.15,
    bound: 1,
    fill: (count) => `INSERT INTO vnet_explain.flows SELECT if(i % 2 = 0, '000D3A000001', '000D3A000002'), 'O',
      if(i % 3 = 0, 'B', 'C'), '10.0.0.5', p.destination, i % 1000, i % 700
      FROM (SELECT number AS i, toUInt32((number * 7919) % ${DESTINATIONS}) AS id FROM numbers(${count})) AS r
      JOIN pool AS p ON p.id = r.id;`,
    others: {
      "dictionary for every flow": `SELECT sum(dictGet('vnet_explain.route_of_ipv4', 'route_id', toUInt64(1),
        toUInt32(toIPv4OrDefault(destination)))) AS n FROM vnet_explain.flows`,
      [BETWEEN]: between("vnet_explain.", "toUInt32(toIPv4OrDefault(destination))"),
    },
  },
  {
    kind: postgresEngine,
    flows: 5_000_000,
    reach: 5,
    bound: 20,
    fill: (
      count,
    ) => `INSERT INTO vnet_explain.flows SELECT ${mac}, 'O', CASE i % 3 WHEN 0 THEN 'B' ELSE 'C' END, '10.0.0.5',
      p.destination, i % 1000, i % 700 FROM generate_series(0, ${count - 1}) AS r(i)
      JOIN pool AS p ON p.id = (i::bigint * 7919) % ${DESTINATIONS}; ANALYZE vnet_explain.flows;`,
    others: { [BETWEEN]: between("vnet_explain.", "destination::inet - inet '0.0.0.0'") },
  },
  {
    kind: sqliteEngine,
    flows: 2_000_000,
    reach: 3,
    bound: 15,
    fill: (count) => `WITH RECURSIVE r(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM r WHERE i < ${count - 1})
      INSERT INTO flows SELECT ${mac}, 'O', CASE i % 3 WHEN 0 THEN 'B' ELSE 'C' END, '10.0.0.5', p.destination, i % 1000, i % 700
      FROM r CROSS JOIN pool AS p ON p.id = (i * 7919) % ${DESTINATIONS};`,
    others: {
      [BETWEEN]: between(
        "",
        `json_extract('[' || replace(destination, '.', ',') || ']', '$[0]') * 16777216
          + json_extract('[' || replace(destination, '.', ',') || ']', '$[1]') * 65536`,
      ),
    },
  },
];

async function loaded(subject: Subject, model: ExportModel): Promise<Engine> {
  const { kind } = subject;
  const engine = await kind.open();
  const files = await (await EXPORT_FORMATS.find(({ name }) => name === kind.dialect)?.load())?.files(model);
  await engine.run([...(files?.[0]?.parts ?? [])].join(""));
  const key =
    kind === clickhouseEngine
      ? "(id UInt32, destination String) ENGINE = Memory"
      : "(id INTEGER PRIMARY KEY, destination VARCHAR(50))";
  await engine.run(`CREATE TABLE pool ${key};`);
  const rows = destinationsOf(model).map((text, at) => `(${at}, '${text}')`);
  for (let at = 0; at < rows.length; at += 5_000) {
    await engine.run(`INSERT INTO pool VALUES ${rows.slice(at, at + 5_000).join(", ")};`);
  }
  await engine.run(subject.fill(subject.flows));
  return engine;
}

/** One query, in µs per flow. */
function query(engine: Engine, name: string, sql: string, flows: number): Contender {
  return {
    name,
    sample: async () => {
      const before = engine.cpu();
      const start = performance.now();
      await engine.rows(sql);
      const took = performance.now() - start;
      const after = engine.cpu();
      return { value: (1000 * took) / flows, cpu: before === null || after === null ? null : after - before };
    },
  };
}

async function open(subject: Subject, { tagFile }: Workbench) {
  const { kind, flows, others } = subject;
  const name = `${flows / 1e6} million flows by the view`;
  if (kind.absent !== null) return { contenders: [{ name, absent: kind.absent }] };
  const text = Buffer.from(JSON.stringify(largeTable(tagFile)));
  const table = annotateTable(await readRouteTable(text, { kind: "file", name: "bench" }), null);
  const model = exportModel(
    MACS.map((own) => ({ nic: own, mac: own, table })),
    [],
  );
  const engine = await loaded(subject, model);
  const all = `SELECT verdict, next_hop_type, next_hop_ip, SUM(flows_begun) AS flows, SUM(bytes) AS bytes
    FROM ${kind.prefix}flow_routes GROUP BY verdict, next_hop_type, next_hop_ip`;
  return {
    contenders: [
      query(engine, name, all, flows),
      ...Object.entries(others).map(([other, sql]) => query(engine, other, sql, other === BETWEEN ? FEW : flows)),
    ],
    close: () => engine.close(),
  };
}

/** Exports in the engines that they are made for. */
export const engineRows: readonly Row[] = SUBJECTS.map((subject) => ({
  id: "engines",
  what: `the route of each flow, in ${subject.kind.name}`,
  unit: "µs",
  rounds: 3,
  limits: [{ of: null, reach: subject.reach, bound: subject.bound }],
  open: (bench) => open(subject, bench),
}));
