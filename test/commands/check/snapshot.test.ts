import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectValid } from "../../output/results/schemas.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { body, exportFolder, type FixtureNic, FLEET, NVA, snapshotDirectory } from "../snapshot-fixture.ts";

const scratch = temporaryDirectory();
const directory = snapshotDirectory(join(scratch, "prod"));
const LOST_FIELDS = [null, { outcome: "failed", error: { code: "timeout", message: "slow" } }] as const;
const LOST: FixtureNic = ["lost", "hub/lost", ...LOST_FIELDS];
const incomplete = snapshotDirectory(join(scratch, "incomplete"), [...FLEET, LOST], { manifest: { complete: false } });

let count = 0;
function policy(...rules: readonly string[]): string {
  const path = join(scratch, `policy-${count++}.yaml`);
  writeFileSync(path, `rules:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`);
  return path;
}
const THROUGH = "{id: through, to: 8.8.8.8, expect: {via: 10.0.1.4}}";
const LOCAL = "{id: local, to: 10.0.0.0/16, expect: {next-hop: VnetLocal}}";

describe("check on a snapshot", () => {
  it("judges each subnet's table, and folds equal results", async () => {
    const { code, out } = await run(["check", policy(THROUGH, LOCAL), directory, "-o", "json"]);
    expect(code).toBe(3);
    const report = JSON.parse(out);
    expectValid("check", report);
    expect(
      report.results.map(({ rule, status, tables }: never) => [(rule as { id: string }).id, status, tables]),
    ).toEqual([
      ["through", "violated", ["hub/mgmt"]],
      ["through", "holds", ["hub/app", "spoke/db"]],
      ["local", "holds", ["hub/app", "hub/mgmt", "spoke/db"]],
    ]);
    expect(report.count).toEqual({
      holds: { error: 5, warning: 0, note: 0 },
      violated: { error: 1, warning: 0, note: 0 },
      notJudged: { error: 0, warning: 0, note: 0 },
    });
    expect(report.routeTables.map(({ table }: { table: string }) => table)).toEqual([
      "hub/app",
      "hub/mgmt",
      "spoke/db",
    ]);
    expect(report.snapshot).toMatchObject({
      complete: true,
      withoutTable: [{ name: "spoke/batch", reason: "stopped" }],
    });
  });

  it("passes where each subnet with a table meets the policy", async () => {
    const { code, out } = await run(["check", policy(LOCAL), directory]);
    expect(code).toBe(0);
    expect(out).toContain("passed  holds: 3\n");
    expect(out).toContain("no table  1 subnet: spoke/batch (stopped)");
  });

  it("does not pass where the snapshot is incomplete: what is missing is not judged", async () => {
    const { code, out } = await run([
      "check",
      policy(LOCAL, "{id: w, severity: note, to: private, expect: {verdict: forward}}"),
      incomplete,
    ]);
    expect(code).toBe(3);
    expect(out).toMatch(/! local +hub\/lost +not judged: the snapshot has no table for it/);
    expect(out).toContain("failed  not judged: 1 error, 1 note; holds: 6; the snapshot is incomplete\n");
  });

  it("counts the subnets that a symmetric rule lacks, and names the first", async () => {
    const many = Array.from({ length: 5 }, (_, at): FixtureNic => [`lost${at}`, `hub/lost${at}`, ...LOST_FIELDS]);
    const lacking = snapshotDirectory(join(scratch, "lacking"), [...FLEET, ...many], { manifest: { complete: false } });
    const pair = "{id: pair, symmetric: {hub/app: 10.0.0.0/24, spoke/db: 10.1.0.0/24}}";
    const { out } = await run(["check", policy(pair), lacking]);
    expect(out).toMatch(/! pair +5: hub\/lost0, hub\/lost1, hub\/lost2 and 2 more +not judged/);
  });

  it("does not pass if only warnings and notes could not be judged", async () => {
    const { code, err } = await run([
      "check",
      policy(LOCAL.replace("{id", "{severity: note, id")),
      incomplete,
      "-o",
      "json",
    ]);
    expect(code).toBe(3);
    expect(err).toContain("the snapshot is incomplete");
  });

  it("prints a JUnit suite for each subnet, with totals that add up", async () => {
    const { out } = await run(["check", policy(THROUGH, LOCAL), directory, "-o", "junit"]);
    expect(out).toContain('tests="6" failures="1" errors="0"');
    const suites = [...out.matchAll(/<testsuite name="([^"]*)" tests="(\d+)" failures="(\d+)"/g)].map((each) =>
      each.slice(1),
    );
    expect(suites).toEqual([
      ["hub/mgmt", "2", "1"],
      ["hub/app", "2", "0"],
      ["spoke/db", "2", "0"],
    ]);
  });

  it("prints a SARIF result for each subnet, named by its logical location", async () => {
    const { out } = await run([
      "check",
      policy("{id: none, to: 8.8.8.8, expect: {verdict: drop}}"),
      directory,
      "-o",
      "sarif",
    ]);
    const [{ results }] = JSON.parse(out).runs;
    const names = results.map(
      ({ locations }: { locations: { logicalLocations: { name: string }[] }[] }) =>
        locations[0]?.logicalLocations[0]?.name,
    );
    expect(names.sort()).toEqual(["hub/app", "hub/mgmt", "spoke/db"]);
    expect(
      new Set(results.map((each: { partialFingerprints: object }) => JSON.stringify(each.partialFingerprints))).size,
    ).toBe(3);
  });

  it("names the subnets in the text, and in lines", async () => {
    const file = policy("{id: none, to: 8.8.8.8, expect: {verdict: drop}}");
    expect((await run(["check", file, directory])).out).toMatch(
      /none {2}2: hub\/app, spoke\/db +8\.8\.8\.8\/32 \(1 IPv4\)/,
    );
    expect((await run(["check", file, directory, "-o", "short"])).out).toContain(
      "none  2: hub/app, spoke/db  1 of 1 IPv4 address",
    );
  });

  const ASYMMETRIC = [
    ["a", "n/a", body("10.1.0.0/16 VnetLocal", "10.2.0.0/16 VirtualAppliance 10.9.0.4 x")],
    ["b", "n/b", body("10.2.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering")],
    ["c", "n/c", body("10.3.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering")],
  ] as const satisfies readonly FixtureNic[];
  const twoByTwo = snapshotDirectory(join(scratch, "pairs"), ASYMMETRIC);

  it.each([
    ["{id: s, symmetric: {a: 10.1.0.0/16, b: 10.2.0.0/16}}", [["violated", ["n/a", "n/b"]]]],
    ["{id: s, symmetric: {n/a: 10.1.0.0/16, n/c: 10.3.0.0/16}}", [["violated", ["n/a", "n/c"]]]],
    [
      "{id: s, symmetric: true}",
      [
        ["violated", ["n/a", "n/b"]],
        ["violated", ["n/a", "n/c"]],
        ["holds", ["n/b", "n/c"]],
      ],
    ],
  ])("compares the tables that a symmetric rule selects: %s", async (rule, expected) => {
    const { out } = await run(["check", policy(rule), twoByTwo, "-o", "json"]);
    const { results } = JSON.parse(out);
    expect(results.map(({ status, tables }: { status: string; tables: string[] }) => [status, tables])).toEqual(
      expected,
    );
  });

  it("does not compare hundreds of tables in pairs", async () => {
    const many = Array.from(
      { length: 70 },
      (_, at): FixtureNic => [`n${at}`, `net/s${at}`, body(`10.${at}.0.0/16 VnetLocal`)],
    );
    const path = snapshotDirectory(join(scratch, "many"), many);
    const { out, code } = await run(["check", policy("{id: s, symmetric: true}"), path]);
    expect(code).toBe(3);
    expect(out).toContain("not judged: a symmetric rule compares tables in pairs");
  });

  it("works on a folder of exports, and refuses a snapshot beside other tables", async () => {
    const folder = exportFolder(join(scratch, "folder"), { "web.json": NVA });
    expect((await run(["check", policy(THROUGH), folder])).code).toBe(0);
    const { code, err } = await run(["check", policy(THROUGH), folder, "sample:udr"]);
    expect(code).toBe(2);
    expect(err).toContain("a snapshot cannot be checked together with other tables");
  });

  it("checks one subnet with --subnet", async () => {
    expect((await run(["check", policy(THROUGH), directory, "--subnet", "hub/app"])).code).toBe(0);
    expect((await run(["check", policy(THROUGH), directory, "--subnet", "mgmt"])).code).toBe(3);
  });
});
