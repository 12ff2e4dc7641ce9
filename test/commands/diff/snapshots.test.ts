import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RowChange } from "../../../src/analysis/diff/rows.ts";
import type { TableMove } from "../../../src/analysis/diff/tables.ts";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { moveText, rowChangeText } from "../../analysis/diff/change-texts.ts";
import { nicId, subnetId } from "../../analysis/fleet/fleet.ts";
import { expectValid } from "../../output/results/schemas.ts";
import { hasSharedData, readShared, sharedPath } from "../../shared-data.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { body, DIRECT, exportFolder, type FixtureNic, NVA, snapshotDirectory } from "../snapshot-fixture.ts";

const scratch = temporaryDirectory();
let count = 0;
const taken = (...nics: readonly FixtureNic[]) => snapshotDirectory(join(scratch, `s${count++}`), nics);

/** What `diff -o json` says, and its exit code with --exit-code. */
async function drift(before: string, after: string) {
  const { out, code } = await run(["diff", before, after, "--exit-code", "-o", "json"]);
  const report = JSON.parse(out);
  expectValid("snapshot-diff", report);
  return { code, report };
}

const shown = (moves: readonly (TableMove & { members: string[] })[]) =>
  moves.map(({ members, ...move }) => `${members.join(" ")}: ${moveText(move)}`);
const rowsShown = (rows: readonly (RowChange & { members: string[] })[]) =>
  rows.map((row) => `${row.members.join(" ")}: ${rowChangeText(row)}`);

interface Side {
  readonly verdict: string;
  readonly nextHops: readonly { readonly nextHopType: string; readonly nextHopIpAddress: string | null }[];
}

const hopOf = ({ verdict, nextHops }: Side) =>
  nextHops.map(({ nextHopType, nextHopIpAddress }) => `${nextHopType} ${nextHopIpAddress ?? ""}`.trim()).join() ||
  verdict;

const MOVED = body("10.0.0.0/16 VnetLocal", "0.0.0.0/0 VirtualAppliance 10.0.1.5 to-nva");

describe("diff of two snapshots", () => {
  it("folds equal moves and lists their subnets, and skips equal tables", async () => {
    const before = taken(["a", "hub/a", NVA], ["b", "hub/b", NVA], ["c", "hub/c", DIRECT]);
    const after = taken(["a", "hub/a", MOVED], ["b", "hub/b", MOVED], ["c", "hub/c", DIRECT]);
    const { code, report } = await drift(before, after);
    expect(code).toBe(3);
    expect(shown(report.moves)).toEqual([
      "hub/a hub/b: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> VirtualAppliance 10.0.1.5 by User to-nva",
    ]);
    expect(rowsShown(report.rows)).toEqual([
      "hub/a hub/b: changed User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva: nextHopIpAddress 10.0.1.5; moves addresses",
    ]);
    expect(report).toMatchObject({ compared: 3, changed: 2, appliances: { came: ["10.0.1.5"], went: ["10.0.1.4"] } });
  });

  it("names subnets and NICs that were added or removed", async () => {
    const before = taken(["a", "hub/a", NVA], ["old", "hub/old", NVA]);
    const after = taken(["a", "hub/a", NVA], ["a2", "hub/a", NVA], ["new", "hub/new", NVA]);
    const { code, report } = await drift(before, after);
    expect(code).toBe(3);
    expect(report.subnets).toEqual({ came: ["hub/new"], went: ["hub/old"] });
    expect(report.nics).toEqual({ came: ["a2", "new"], went: ["old"] });
    expect((await run(["diff", before, after])).out).toContain("subnets  + hub/new; - hub/old\n");
    const { out } = await run(["diff", before, after, "-o", "short"]);
    expect(out).toBe("subnets  + hub/new; - hub/old\nNICs  + 2: a2, new; - old\n");
  });

  it("finds no drift if only NICs of a subnet were added or removed", async () => {
    const { code, report } = await drift(taken(["a", "hub/a", NVA]), taken(["b", "hub/a", NVA]));
    expect({ code, ...report.nics }).toEqual({ code: 0, came: ["b"], went: ["a"] });
  });

  it.each([
    ["a table before and none after", NVA, null, {}, ["no table after (stopped)"], 3],
    ["none on both sides", null, null, {}, [], 0],
    [
      "one that failed on both sides",
      null,
      null,
      { outcome: "failed" },
      ["no table before (failed), no table after (failed)"],
      3,
    ],
  ])("says what could not be compared: %s", async (_, old, now, more, reasons, exit) => {
    const { code, report } = await drift(taken(["a", "hub/a", old, more]), taken(["a", "hub/a", now, more]));
    expect(code).toBe(exit);
    expect(report.notCompared.map(({ reason }: { reason: string }) => reason)).toEqual(reasons);
  });

  it("compares each NIC of a subnet whose NICs differ in one of them", async () => {
    const { report } = await drift(
      taken(["a", "hub/a", NVA], ["b", "hub/a", NVA]),
      taken(["a", "hub/a", NVA], ["b", "hub/a", DIRECT]),
    );
    expect(shown(report.moves)).toEqual([
      "b: 0.0.0.0/0 except 10.0.0.0/16: VirtualAppliance 10.0.1.4 by User to-nva -> Internet by Default (some undelivered)",
    ]);
    expect(report.subnets).toEqual({ came: [], went: [] });
  });

  it("pairs exports in folders by name, ignoring dates in the name", async () => {
    const before = exportFolder(join(scratch, "b"), {
      "00-pre-web-routes.json": NVA,
      "gone.json": NVA,
      "db.json": DIRECT,
    });
    const after = exportFolder(join(scratch, "a"), { "04-post-web-routes.json": DIRECT, "db.json": DIRECT });
    const { report } = await drift(before, after);
    expect(report).toMatchObject({ compared: 2, changed: 1, nics: { came: [], went: ["gone"] } });
  });

  it("compares exports with the NIC or the VM of their name in a snapshot, and reports as gone only what both would have", async () => {
    const vm = nicId("x").replace(/Microsoft.Network.*/, "Microsoft.Compute/virtualMachines/vm-db");
    const before = snapshotDirectory(
      join(scratch, `s${count++}`),
      [
        ["web01", "hub/app", NVA],
        ["web02", "hub/app", NVA, { standInId: nicId("web01") }],
        ["nic-db", "hub/db", DIRECT],
        ["mgmt", "hub/mgmt", MOVED],
        ["batch", "hub/batch", null],
      ],
      { resources: [{ id: vm, properties: { networkProfile: { networkInterfaces: [{ id: nicId("nic-db") }] } } }] },
    );
    const after = exportFolder(join(scratch, `f${count++}`), {
      "web01-effective-routes.json": DIRECT,
      "vm-db.json": DIRECT,
    });
    const { code, report } = await drift(before, after);
    expect(code).toBe(3);
    expect(report).toMatchObject({
      compared: 2,
      changed: 1,
      subnets: { came: [], went: [] },
      nics: { came: [], went: ["mgmt"] },
      appliances: { came: [], went: ["10.0.1.4"] },
      notCompared: [{ name: "hub/mgmt", reason: "only before" }],
    });
    const back = (await drift(after, before)).report;
    expect(back).toMatchObject({
      compared: 2,
      subnets: { came: [], went: [] },
      nics: { came: ["mgmt"], went: [] },
      notCompared: [{ name: "hub/mgmt", reason: "only after" }],
    });
  });

  it("pairs exports whose inventory names their subnets, and reports no NIC of these subnets as gone", async () => {
    const before = taken(["web01", "hub/app", NVA], ["web02", "hub/app", NVA, { standInId: nicId("web01") }]);
    const configuration = { name: "a", properties: { primary: true, subnet: { id: subnetId("hub/app") } } };
    const after = exportFolder(join(scratch, `f${count++}`), {
      "web03.json": NVA,
      "nics.json": JSON.stringify([{ id: nicId("web03"), name: "web03", ipConfigurations: [configuration] }]),
    });
    const { code, report } = await drift(before, after);
    expect(report).toMatchObject({ compared: 1, subnets: { came: [], went: [] }, notCompared: [] });
    expect([code, report.nics]).toEqual([0, { came: ["web03"], went: [] }]);
  });

  const SUBSCRIPTION = nicId("x").split("/")[2] ?? "";
  const scope = { subscriptions: [], managementGroup: null, resourceGroup: null, network: null, subnet: null };
  const covering = (more: object, outcome: string) => ({
    manifest: {
      complete: outcome === "ok",
      scope: { ...scope, ...more },
      inventory: {
        sha256: sha256(""),
        resources: 0,
        source: "lists",
        subscriptions: [
          { id: SUBSCRIPTION, name: "dev", outcome, error: { code: "not-allowed", message: "not allowed" } },
        ],
        gaps: [],
      },
    },
  });

  it.each([
    ["a subscription that could not be read", covering({}, "denied"), [], "subscription dev was not read after", []],
    ["another group", covering({ resourceGroup: "rg2" }, "ok"), [], "not in the scope of the snapshot after", []],
    ["another network", covering({ network: "spoke" }, "ok"), [], "not in the scope of the snapshot after", []],
    [
      "the network's id",
      covering({ network: subnetId("hub/a").replace(/.subnets.*/, "") }, "ok"),
      ["hub/a"],
      null,
      ["a"],
    ],
    [
      "the network's id, whatever the group",
      covering({ resourceGroup: "rg2", network: subnetId("hub/a").replace(/.subnets.*/, "") }, "ok"),
      ["hub/a"],
      null,
      ["a"],
    ],
    ["the group", covering({ resourceGroup: "RG" }, "ok"), ["hub/a"], null, ["a"]],
    ["the group of its network", covering({ resourceGroup: "rg", network: "HUB" }, "ok"), ["hub/a"], null, ["a"]],
    ["its subscription", covering({ subscriptions: ["dev"] }, "ok"), ["hub/a"], null, ["a"]],
  ])("reports as gone only what the snapshot covers: %s", async (_, manifest, subnets, reason, nics) => {
    const before = taken(["a", "hub/a", NVA]);
    const after = snapshotDirectory(join(scratch, `s${count++}`), [["rg2/b", "rg2/spoke/b", DIRECT]], manifest);
    const { code, report } = await drift(before, after);
    expect(code).toBe(3);
    expect(report.subnets.went).toEqual(subnets);
    expect(report.nics.went).toEqual(nics);
    expect(report.appliances.went).toEqual(reason === null ? ["10.0.1.4"] : []);
    expect(report.notCompared).toEqual(reason === null ? [] : [{ name: "hub/a", reason }]);
  });

  it("says what was not compared once for each reason", async () => {
    const before = taken(["a", "hub/a", NVA], ["b", "hub/b", NVA], ["c", "hub/c", NVA]);
    const after = snapshotDirectory(join(scratch, `s${count++}`), [["c", "hub/c", null]], covering({}, "denied"));
    const { out } = await run(["diff", before, after]);
    expect(out).toContain("not compared  2: hub/a, hub/b: subscription dev was not read after\n");
    expect(out).toContain("not compared  hub/c: no table after (stopped)\n");
    expect(out).toContain("nothing was compared: no subnet has a table in both\n");
  });

  it("names the subscription that a snapshot could not read, in every answer about it", async () => {
    const half = snapshotDirectory(join(scratch, `s${count++}`), [["b", "hub/b", DIRECT]], covering({}, "denied"));
    const policy = join(scratch, "rule.yaml");
    writeFileSync(policy, "rules: [{to: 10.0.0.0/16, expect: {next-hop: VnetLocal}}]");
    for (const words of [
      ["whichroute", "8.8.8.8"],
      ["check", policy],
    ]) {
      expect((await run([...words, half])).out).toContain("not read  subscription dev: not allowed\n");
    }
    const expected = await run(["whichroute", "8.8.8.8", half, "--expect", "next-hop=Internet", "-o", "none"]);
    expect(expected.code).toBe(3);
    expect(expected.err).toContain("not judged, because it could not be read: subscription dev\n");
    expect((await run(["routes", half])).err).toContain("; incomplete (not read: 1 subscription, dev)");
    expect((await run(["diff", half, half])).out).toContain("; incomplete (not read: 1 subscription, dev)");
  });

  it("compares one subnet as two tables with --subnet, and asks for one beside a single table", async () => {
    const before = taken(["a", "hub/a", NVA], ["c", "hub/c", DIRECT]);
    const after = taken(["a", "hub/a", MOVED], ["c", "hub/c", NVA]);
    const { out } = await run(["diff", before, after, "--subnet", "hub/a", "-o", "json"]);
    expect(JSON.parse(out).moves).toHaveLength(1);
    const { code, err } = await run(["diff", before, "sample:udr"]);
    expect(code).toBe(2);
    expect(err).toContain("choose one: --subnet hub/a");
  });

  it("prints a line for each move, and a row for each prefix and subnet", async () => {
    const [before, after] = [
      taken(["a", "hub/a", NVA], ["b", "hub/b", NVA]),
      taken(["a", "hub/a", MOVED], ["b", "hub/b", MOVED]),
    ];
    expect((await run(["diff", before, after, "-o", "short"])).out).toMatch(
      /10\.0\.1\.5 \(to-nva\) .* 2: hub\/a, hub\/b\nappliances {2}\+ 10\.0\.1\.5; - 10\.0\.1\.4\n$/,
    );
    const { out } = await run(["diff", before, after, "-o", "tsv", "--columns", "subnet,after"]);
    expect(new Set(out.trimEnd().split("\n"))).toEqual(
      new Set(["hub/a\tVirtualAppliance 10.0.1.5", "hub/b\tVirtualAppliance 10.0.1.5"]),
    );
  });
});

describe.runIf(hasSharedData)("captures of real networks", () => {
  it("a hub peering adds one VNetGlobalPeering row to each table, and nothing else", async () => {
    const square = sharedPath("data/labs/netlab-square/u0-u1/");
    const { report } = await drift(`${square}pre-u1`, `${square}post-u1`);
    expect(rowsShown(report.rows)).toEqual([
      "post-nva1-nic: added Default 10.20.0.0/16 VNetGlobalPeering; moves addresses",
      "post-nva2-nic: added Default 10.10.0.0/16 VNetGlobalPeering; moves addresses",
    ]);
    expect(report).toMatchObject({ compared: 2, changed: 2, notCompared: [], nics: { came: [], went: [] } });
  });

  it("a BGP fault moves the default route to the other appliance, and recovery moves it back", async () => {
    const truth = JSON.parse(readShared("data/labs/trace-oracles/failover-drift.json"));
    const at = (when: "before" | "during" | "after") => {
      const folder = join(scratch, when);
      mkdirSync(folder);
      symlinkSync(sharedPath(`data/labs/${truth[when]}`), join(folder, "c1-ep.json"));
      return folder;
    };
    const [before, during, after] = [at("before"), at("during"), at("after")];
    const { code, report } = await drift(before, during);
    expect(code).toBe(3);
    const [move, ...others] = report.moves;
    expect(others).toEqual([]);
    expect([hopOf(move.before), hopOf(move.after)]).toEqual([truth.moved.from, truth.moved.to]);
    const short = (prefix: string) => prefix.replace(/(\.0)+\//, "/");
    expect(`${move.outline.prefixes} less ${move.outline.except.map(short).join(", ")}`).toBe(truth.moved.prefix);
    expect((await drift(before, after)).report).toMatchObject({ moves: [], rows: [] });
    const named = (name: string, when: "before" | "during") => {
      const folder = join(scratch, `${when}-named`);
      mkdirSync(folder);
      symlinkSync(sharedPath(`data/labs/${truth[when]}`), join(folder, name));
      return folder;
    };
    const [own, its] = [named("00-pre-c1-ep-effective.json", "before"), named("03-post-fault-c1-ep.json", "during")];
    expect((await drift(own, its)).report.moves).toMatchObject([{ members: ["post-fault-c1-ep"] }]);
  });

  it("tables without a common NIC do not prove that nothing moved", async () => {
    const [before, after] = ["web", "db"].map((name) =>
      exportFolder(join(scratch, `alone-${name}`), { [`${name}.json`]: NVA }),
    );
    const { code, report } = await drift(before ?? "", after ?? "");
    expect(code).toBe(3);
    expect(report).toMatchObject({
      compared: 0,
      notCompared: [
        { name: "db", reason: "only after" },
        { name: "web", reason: "only before" },
      ],
    });
    expect((await run(["diff", before ?? "", after ?? ""])).out).toContain("nothing was compared");
  });
});
