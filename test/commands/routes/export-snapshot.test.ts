import { join } from "node:path";
import sqlite from "node-sqlite3-wasm";
import { describe, expect, it } from "vitest";
import { kustoDiagnostics, NTA_NET_ANALYTICS } from "../../analysis/export/kusto-parser.ts";
import { nicId } from "../../analysis/fleet/fleet.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { DIRECT, exportFolder, FLEET, NVA, snapshotDirectory } from "../snapshot-fixture.ts";

/** The NICs as the inventory lists them: two with a MAC address. */
const RESOURCES = ["web01", "mgmt", "db01"].map((name, at) => ({
  id: nicId(name).toUpperCase(),
  name,
  type: "Microsoft.Network/networkInterfaces",
  properties: { ...(at < 2 && { macAddress: `00-0D-3A-00-00-0${at + 1}` }) },
}));

const fresh = () => snapshotDirectory(join(temporaryDirectory(), "prod"), FLEET, { resources: RESOURCES });

const exported = async (source: string, ...words: readonly string[]) => run(["routes", source, "--export", ...words]);

function loaded(script: string): sqlite.Database {
  const database = new sqlite.Database();
  database.exec(script);
  return database;
}

describe("routes --export of a snapshot", () => {
  it("has the tables of all subnets, equal ones once, and every NIC of a subnet with its table", async () => {
    const { code, out, err } = await exported(fresh(), "sqlite");
    expect(code).toBe(0);
    expect(err).toContain("4 subnets, 5 NICs");
    expect(err.replace(/\s+/g, " ")).toContain("2 of 4 network interfaces have no known MAC address");
    expect(out).toMatch(/^-- 1 of 5 network interfaces have no table: their flows get no answer\.$/m);
    const database = loaded(out);
    const nics = database.all("SELECT mac, nic, table_id FROM nics");
    expect(nics.map(({ mac, nic, table_id }) => [String(nic).split("/").at(-1), mac, table_id])).toEqual([
      ["db01", null, 1],
      ["mgmt", "000D3A000002", 2],
      ["web01", "000D3A000001", 3],
      ["web02", null, 3],
    ]);
    database.close();
  });

  it("answers each NIC's flows as whichroute does for its subnet, and no flows of other NICs", async () => {
    const path = fresh();
    const database = loaded((await exported(path, "sqlite", "-q")).out);
    const macs = { "000D3A000001": "hub/app", "000D3A000002": "hub/mgmt" };
    for (const mac of [...Object.keys(macs), "000D3A00000F"]) {
      database.run("INSERT INTO flows (mac, direction, state, destination) VALUES (?, 'O', 'B', '8.8.8.8')", [mac]);
    }
    for (const [mac, subnet] of Object.entries(macs)) {
      const { out } = await run(["whichroute", "8.8.8.8", path, "--subnet", subnet, "-o", "json", "-q"]);
      const { verdict, winner } = JSON.parse(out).explanations[0];
      expect(database.get("SELECT verdict, next_hop_type, route_name FROM flow_routes WHERE mac = ?", [mac])).toEqual({
        verdict,
        next_hop_type: winner.nextHopType,
        route_name: winner.name,
      });
    }
    expect(database.get("SELECT verdict FROM flow_routes WHERE mac = '000D3A00000F'")).toEqual({ verdict: null });
    database.close();
  });

  it("without any MAC address says so, and the query is still valid", { timeout: 30_000 }, async () => {
    const path = join(temporaryDirectory(), "az");
    const folder = exportFolder(path, { "web01.json": NVA, "db01.json": DIRECT });
    const { out, err } = await exported(folder, "kql");
    const without = "2 of 2 network interfaces have no known MAC address, so their flows get no answer";
    expect(err.replace(/\s+/g, " ")).toContain(without);
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + out)).toEqual([]);
    const listed = ["web01", "db01"].map((name, at) => ({
      ...{ id: nicId(name), name, type: "Microsoft.Network/networkInterfaces" },
      ...{ macAddress: `00-0D-3A-00-00-0${at}`, ipConfigurations: [] },
    }));
    exportFolder(path, { "nics.json": JSON.stringify(listed) });
    const again = await exported(folder, "kql");
    expect(again.err).not.toContain("MAC address");
    expect(again.out).toContain('"000D3A000000",');
  });

  it("is the same at every run", async () => {
    const path = fresh();
    const [first, second] = [await exported(path, "clickhouse", "-q"), await exported(path, "clickhouse", "-q")];
    expect(first.out).toBe(second.out);
  });

  it("in Kusto finds the table by MAC address", { timeout: 30_000 }, async () => {
    const { out } = await exported(fresh(), "kql", "-q");
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + out)).toEqual([]);
    expect(out).toMatch(/"000D3A000001",3/);
  });

  it("as CSV needs a folder, for the interfaces", async () => {
    const { code, err } = await exported(fresh(), "csv-ranges", "-q");
    expect(code).toBe(2);
    expect(err).toMatch(/2 files: ranges.csv, nics.csv/);
  });

  it("of one subnet is that of one table", async () => {
    const { code, out } = await exported(fresh(), "sqlite", "--subnet", "hub/mgmt", "-q");
    expect(code).toBe(0);
    const database = loaded(out);
    database.run("INSERT INTO flows (mac, direction, state, destination) VALUES ('any', 'O', 'B', '8.8.8.8')");
    expect(database.get("SELECT next_hop_type FROM flow_routes")).toEqual({ next_hop_type: "Internet" });
    database.close();
  });

  it("takes no filter", async () => {
    const { code, err } = await exported(fresh(), "sqlite", "--source", "User");
    expect(code).toBe(2);
    expect(err).toMatch(/cannot be combined with --source/);
  });
});

describe("routes --export of a folder of exports", () => {
  it("has every table by the name of its file, equal ones once", async () => {
    const folder = exportFolder(join(temporaryDirectory(), "exports"), {
      "b.json": NVA,
      "a.json": NVA,
      "c.json": DIRECT,
    });
    const { out } = await exported(folder, "sqlite", "-q");
    const database = loaded(out);
    expect(database.all("SELECT * FROM nics")).toEqual([
      { mac: null, nic: "a", table_id: 1 },
      { mac: null, nic: "b", table_id: 1 },
      { mac: null, nic: "c", table_id: 2 },
    ]);
    // The user knows the MAC addresses.
    database.run("UPDATE nics SET mac = '000D3A000001' WHERE nic = 'c'");
    database.run("INSERT INTO flows (mac, direction, state, destination) VALUES ('000D3A000001', 'O', 'B', '8.8.8.8')");
    expect(database.get("SELECT next_hop_type FROM flow_routes")).toEqual({ next_hop_type: "Internet" });
    database.close();
  });
});
