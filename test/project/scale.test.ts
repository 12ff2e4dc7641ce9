import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../src/analysis/export/formats.ts";
import { caseOf, FIRST_TABLE, flowLogMac, SECOND_TABLE } from "../analysis/export/engines/cases.ts";
import { clickhouseEngine } from "../analysis/export/engines/clickhouse.ts";
import { duckdbEngine } from "../analysis/export/engines/duckdb.ts";
import type { Engine } from "../analysis/export/engines/engine.ts";
import { scratchDirectory } from "../built-program.ts";
import { run } from "../commands/run-in-process.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/scale.md", import.meta.url)), "utf8");
const statements = [...page.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(([, sql = ""]) => sql);
const recipe = (part: string) => statements.find((sql) => sql.includes(part)) ?? "";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const DESTINATIONS = [
  "8.8.8.8",
  "10.50.0.9",
  "10.99.3.4",
  "2603:1030:0:8::1",
  "191.239.203.1",
  "fd00::9",
  "10.1.0.4",
  "20.1.1.1",
];

/** A log of one interface and hour: a begun and a continued flow to each address, an inbound one, and a denied one. */
function logOf(mac: string): string {
  const tuple = (destination: string, direction: string, state: string, bytes: string) =>
    `1764288000000,10.0.0.5,${destination},50000,443,6,${direction},${state},NX,${bytes === "" ? ",,," : `1,${bytes},1,60`}`;
  const tuples = DESTINATIONS.flatMap((address, at) => [
    tuple(address, "O", "B", ""),
    tuple(address, "O", "C", String(1000 * (at + 1))),
  ]);
  const inbound = "1764288000000,20.9.9.9,10.0.0.5,50000,443,6,I,E,NX,1,7,1,8";
  const flowTuples = [...tuples, inbound, tuple("10.98.0.1", "O", "D", "")];
  const flowRecords = { flows: [{ aclID: "0", flowGroups: [{ rule: "R", flowTuples }] }] };
  return JSON.stringify({
    records: [
      { time: "2026-11-28T00:00:00Z", macAddress: mac, flowLogVersion: 4, category: "FlowLogFlowEvent", flowRecords },
    ],
  });
}

type Sums = Readonly<Record<string, number>>;

/** Bytes by verdict and next hop. */
function summed(rows: readonly { readonly verdict: unknown; readonly type: unknown; readonly bytes: number }[]): Sums {
  const sums: Record<string, number> = {};
  for (const { verdict, type, bytes } of rows) {
    const key = `${verdict} ${type ?? "-"}`;
    sums[key] = (sums[key] ?? 0) + bytes;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, bytes]) => bytes > 0));
}

/** Writes logs as Azure lays them out, one of them compressed, and sums them with `whichroute --flow-log`. */
async function folder() {
  const given = await caseOf(scratch.path, [FIRST_TABLE, SECOND_TABLE], null);
  const logs = join(scratch.path, "logs");
  const expected: { verdict: unknown; type: unknown; bytes: number }[] = [];
  for (const [at, nic] of given.interfaces.entries()) {
    const mac = flowLogMac(nic);
    const hour = join(logs, "y=2026", "m=11", "d=28", `h=0${at}`, "m=00", `macAddress=${mac}`);
    mkdirSync(hour, { recursive: true });
    const plain = join(scratch.path, `${mac}.json`);
    writeFileSync(plain, logOf(mac));
    if (at === 1) writeFileSync(join(hour, "PT1H.json.gz"), gzipSync(logOf(mac)));
    else writeFileSync(join(hour, "PT1H.json"), logOf(mac));
    const { code, out } = await run(["whichroute", "--flow-log", plain, "--file", nic.file, "-o", "ndjson", "-q"]);
    expect(code).toBe(0);
    for (const line of out.trimEnd().split("\n")) {
      const { verdict, nextHopType, bytesToDestination, bytesToSource } = JSON.parse(line);
      expected.push({ verdict, type: nextHopType, bytes: (bytesToDestination ?? 0) + (bytesToSource ?? 0) });
    }
  }
  return { model: given.model, logs, expected: summed(expected) };
}

const bytesIn = async (engine: Engine, from: string) => {
  const rows = await engine.rows(
    `SELECT verdict, next_hop_type, SUM(bytes) AS bytes FROM ${from} GROUP BY verdict, next_hop_type`,
  );
  return summed(rows.map((row) => ({ verdict: row.verdict, type: row.next_hop_type, bytes: Number(row.bytes) })));
};

describe("docs/scale.md", () => {
  describe.each([
    { kind: duckdbEngine, part: "read_json(" },
    { kind: clickhouseEngine, part: "FROM file(" },
  ])("$kind.name", ({ kind, part }) => {
    it.skipIf(kind.absent !== null)("reads a folder of flow logs, with the sums of whichroute", async () => {
      const { model, logs, expected } = await folder();
      expect(Object.keys(expected).length).toBeGreaterThan(4);
      const engine = await kind.open();
      try {
        const files = await (await EXPORT_FORMATS.find(({ name }) => name === kind.dialect)?.load())?.files(model);
        const script = [...(files?.[0]?.parts ?? [])].join("");
        await engine.run(script);
        const read = recipe(part).replace("logs/**", `${logs}/**`);
        expect(read).toContain(logs);
        await engine.run(read);
        expect(await bytesIn(engine, "vnet_explain.flow_routes")).toEqual(expected);
        const [flows] = await engine.rows(
          "SELECT SUM(flows_begun) AS begun, SUM(flows_denied) AS denied FROM vnet_explain.flow_routes",
        );
        expect([Number(flows?.begun), Number(flows?.denied)]).toEqual([3 * DESTINATIONS.length, 3]);
        // A view in place of the table, which a later export keeps.
        await engine.run("DROP TABLE vnet_explain.flows;");
        const select = read
          .replace("INSERT INTO vnet_explain.flows", "")
          .replace(
            /^SELECT (\S+), t\[7\], t\[8\], t\[2\], t\[3\], (.*), (.*)$/m,
            "SELECT $1 AS mac, t[7] AS direction, t[8] AS state, t[2] AS source, t[3] AS destination, $2 AS bytes_to_destination, $3 AS bytes_to_source",
          );
        await engine.run(`CREATE VIEW vnet_explain.flows AS ${select}`);
        await engine.run(script);
        expect(await bytesIn(engine, "vnet_explain.flow_routes")).toEqual(expected);
        if (kind === clickhouseEngine) {
          // How a node of a cluster is asked.
          expect(await bytesIn(engine, "remote('127.0.0.1', vnet_explain, flow_routes)")).toEqual(expected);
          for (const statement of recipe("ON CLUSTER").split(";").slice(0, 3)) {
            expect(await engine.rows(`EXPLAIN AST ${statement}`)).not.toEqual([]);
          }
        }
      } finally {
        await engine.close();
      }
    });
  });
});
