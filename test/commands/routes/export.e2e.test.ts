import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import sqlite from "node-sqlite3-wasm";
import { afterAll, describe, expect, it } from "vitest";
import { CSV_RANGE_COLUMNS } from "../../../src/analysis/export/csv/ranges.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";
import { kustoDiagnostics, NTA_NET_ANALYTICS } from "../../analysis/export/kusto-parser.ts";
import { runBuilt, scratchDirectory } from "../../built-program.ts";
import { hasSharedData, listShared, readShared, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const SAMPLE = ["--sample", "udr-and-endpoint"];
const scratch = scratchDirectory();
afterAll(() => scratch.remove());

/** What the built program exports; nothing but the export is on stdout. */
async function exported(format: string, ...source: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runBuilt(["routes", ...source, "--export", format, "-q"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

// One capture has a masked address, which the program refuses.
const real = listShared("data/captures")
  .filter((name) => !readShared(`data/captures/${name}`).includes("<PUBLIC_IP>"))
  .map((name) => ["--file", sharedPath(`data/captures/${name}`)]);

describe("routes --export, by the built program", () => {
  it.each([SAMPLE, ...real])("kql of %s %s: Microsoft's parser accepts it", { timeout: 60_000 }, async (...source) => {
    const query = await exported("kql", ...source);
    expect(query).toMatch(/^\/\/ Effective routes of: /);
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
  });

  it.each([SAMPLE, ...real])(
    "sqlite of %s %s: SQLite runs it, and every IPv4 address is in one range",
    async (...source) => {
      const database = new sqlite.Database();
      try {
        database.exec(await exported("sqlite", ...source));
        expect(
          database.get(
            "SELECT SUM(last_address - first_address + 1) AS addresses, MIN(first_address) AS first FROM ranges_v4",
          ),
        ).toEqual({ addresses: 2 ** 32, first: 0 });
      } finally {
        database.close();
      }
    },
  );

  it("csv-ranges: each range agrees with whichroute at both ends", async () => {
    const [header, ...records] = parseCsv(await exported("csv-ranges", ...SAMPLE)) as string[][];
    expect(header).toEqual([...CSV_RANGE_COLUMNS]);
    const ends = records.flatMap(([, first = "", last = ""]) => [first, last]);
    const { out } = await run(["whichroute", "--ip", ...ends, ...SAMPLE, "-o", "json", "-q"]);
    const { explanations } = JSON.parse(out);
    const verdict = CSV_RANGE_COLUMNS.indexOf("verdict");
    const answers = records.map((record) => record.slice(verdict, verdict + 2));
    expect(answers.flatMap((answer) => [answer, answer])).toEqual(
      explanations.map(({ verdict, winner }: { verdict: string; winner: { nextHopType: string } | null }) => [
        verdict,
        winner?.nextHopType ?? "",
      ]),
    );
  });

  it("is the same on a terminal, and notes stay on stderr", async () => {
    for (const format of ["kql", "sqlite", "csv-ranges"]) {
      const args = ["routes", ...SAMPLE, "--export", format];
      const [off, on] = [await run(args), await run(args, { tty: true, columns: 60 })];
      expect(on.out).toBe(off.out);
      expect(on.out).not.toContain("\u001b");
      expect(off.err).toMatch(/An excerpt/);
    }
  });

  it.each([
    [["-o", "csv"], /cannot be combined with --output/],
    [["--query", "routes"], /cannot be combined with --query/],
    [["--tag", "Storage"], /cannot be combined with --tag/],
    [["--next-hop", "None"], /cannot be combined with --next-hop/],
    [["--expand"], /cannot be combined with --expand/],
  ])("with %j it is refused", async (args, reason) => {
    const { code, out, err } = await run(["routes", ...SAMPLE, "--export", "kql", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
  });

  it.each([
    ["kusto", /sqlite,\s+postgres, duckdb/],
    ["sql", /no script runs in all of them/],
  ])("for %s is refused, with the names of the engines", async (format, reason) => {
    const { code, out, err } = await run(["routes", ...SAMPLE, "--export", format]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
  });

  it("without --out prints one file, and refuses several", async () => {
    const { code, out, err } = await run(["routes", ...SAMPLE, "--export", "parquet", "-q"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/5 files: routes.parquet, .*\n.*add --out <folder>/s);
  });

  it("--out writes a file, or files into a folder that it creates", async () => {
    const file = join(scratch.path, "routes.sql");
    const folder = join(scratch.path, "a", "folder");
    const [named, kept] = [
      ["--out", file],
      ["--out", `${folder}/`],
    ];
    expect((await run(["routes", ...SAMPLE, "--export", "sqlite", "-q", ...named])).out).toBe("");
    expect((await run(["routes", ...SAMPLE, "--export", "sqlite", "-q", ...kept])).out).toBe("");
    const { err } = await run(["routes", ...SAMPLE, "--export", "parquet", "--out", folder]);
    expect(err).toContain(`wrote ${join(folder, "routes.parquet")}`);
    const { out } = await run(["routes", ...SAMPLE, "--export", "sqlite", "-q"]);
    expect([readFileSync(file, "utf8"), readFileSync(join(folder, "routes.sqlite.sql"), "utf8")]).toEqual([out, out]);
    expect(readdirSync(folder).sort()).toEqual(
      ["nics", "prefixes", "ranges_v4", "ranges_v6", "routes"]
        .map((name) => `${name}.parquet`)
        .concat("routes.sqlite.sql"),
    );
  });

  it("--out - is stdout, and never a file of that name", async () => {
    const [plain, dash] = [
      await run(["routes", ...SAMPLE, "--export", "sqlite", "-q"]),
      await run(["routes", ...SAMPLE, "--export", "sqlite", "-q", "--out", "-"]),
    ];
    expect(dash).toEqual(plain);
    expect(existsSync("-")).toBe(false);
    const { code, err } = await run(["routes", ...SAMPLE, "--export", "parquet", "-q", "--out", "-"]);
    expect(code).toBe(2);
    expect(err).toMatch(/5 files/);
  });

  it.each([
    [["--out", "/dev/null/folder/"], /cannot write the export/],
    [["--out", "routes.sql", "--export-nothing"], /unknown option/],
  ])("with %j says what is wrong", async (args, reason) => {
    const { code, err } = await run(["routes", ...SAMPLE, "--export", "sqlite", ...args]);
    expect(code).not.toBe(0);
    expect(err).toMatch(reason);
  });

  it("--out without --export is refused", async () => {
    const { code, err } = await run(["routes", ...SAMPLE, "--out", "routes.sql"]);
    expect(code).toBe(2);
    expect(err).toMatch(/--out works only with --export/);
  });

  it.skipIf(!hasSharedData)(
    "a predicted table with the real tags: 149 endpoint prefixes",
    { timeout: 60_000 },
    async () => {
      const tags = ["--tags", sharedPath("data/service-tags/ServiceTags_Public_20231106.json")];
      const saved = join(scratch.path, "predicted.json");
      const change = ["--add-endpoint", "Microsoft.Storage", "--region", "westeurope"];
      expect(
        (await runBuilt(["whatif", "--sample", "udr", ...change, ...tags, "--save", saved, "-o", "none"])).code,
      ).toBe(0);
      const query = await exported("kql", "--file", saved, ...tags);
      expect(query).toMatch(/^\/\/ A prediction, not Azure's answer: add-endpoint Microsoft\.Storage/m);
      expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
      const database = new sqlite.Database();
      database.exec(await exported("sqlite", "--file", saved, ...tags));
      const endpoints = database.all(
        "SELECT DISTINCT winning_prefix FROM routes WHERE next_hop_type = 'VirtualNetworkServiceEndpoint'",
      );
      expect(endpoints).toHaveLength(149);
      for (const { winning_prefix } of endpoints) expect(() => parsePrefix(String(winning_prefix))).not.toThrow();
      database.close();
    },
  );
});
