import { chmodSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nicId } from "../../analysis/fleet/fleet.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { DIRECT, exportFolder, FLEET, NVA, snapshotDirectory } from "../snapshot-fixture.ts";

const fresh = (...args: readonly unknown[]) =>
  snapshotDirectory(join(temporaryDirectory(), "prod"), ...(args as [typeof FLEET, object]));

describe("routes on a snapshot", () => {
  it("lists its subnets: which NIC answers, how many routes, which forward alike, which have no table", async () => {
    const { out, err, code } = await run(["routes", fresh()]);
    expect(code).toBe(0);
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(rows.map((row) => row.slice(0, 6))).toEqual([
      ["NAME", "ANSWERED BY", "NICS", "ROUTES", "CLASS", "NO TABLE"],
      ["hub/app", "web01", "2", "2", "1", "-"],
      ["hub/mgmt", "mgmt", "1", "2", "2", "-"],
      ["spoke/batch", "-", "1", "-", "-", "stopped"],
      ["spoke/db", "db01", "1", "2", "1", "-"],
    ]);
    expect(err).toContain("4 subnets, 5 NICs, 3 distinct");
    expect(rows[1]?.[6]).toBe("2026-11-29T10:00:00Z");
  });

  it("shows the table of one subnet like any other, with its NIC and time", async () => {
    const path = fresh();
    const { out } = await run(["routes", path, "--subnet", "hub/mgmt", "-o", "json"]);
    const { routes, routeTable } = JSON.parse(out);
    expect(routes).toHaveLength(2);
    expect(routeTable).toMatchObject({ kind: "snapshot", fetchedAt: "2026-11-29T10:00:00.000Z" });
    expect(routeTable.name).toMatch(/\/mgmt$/);
  });

  it.each([
    ["a stopped one", { outcome: "stopped" }, "b is stopped, and Azure computes routes only for VMs that run", true],
    ["one of a scale set", { outcome: "no-api" }, "b is a NIC for which Azure has no effective routes", true],
    ["one that was refused", { outcome: "denied" }, "b could not be read with your role", true],
    ["one that was not asked", {}, "b was not asked, because all NICs of a subnet have the same routes", false],
  ])("says whose table it is that answers for %s", async (_, more, why, isInferred) => {
    const path = fresh([
      ["a", "hub/app", NVA],
      ["b", "hub/app", NVA, { standInId: nicId("a"), ...more }],
    ]);
    const note = `${why}. These are the routes of a in the same subnet${isInferred ? ", inferred to be the same" : ""}`;
    const { out, err } = await run(["routes", path, "--nic", "b", "-o", "json"]);
    expect(err).toContain(`${note}\n`);
    expect(JSON.parse(out).routeTable).toMatchObject({ name: nicId("b"), standIn: nicId("a"), note });
    const answer = await run(["whichroute", "8.8.8.8", path, "--nic", "b"]);
    expect(answer.err).toContain(note);
    expect(answer.out).toContain("data  network interface b (routes of a), fetched");
    expect((await run(["routes", path, "--nic", "a"])).err).not.toContain("These are the routes of");
  });

  it.each(["--source User", "--contains 10.0.0.1", "--wait-for 0.0.0.0/0"])(
    "refuses %s, which is about one table",
    async (option) => {
      const { code, err } = await run(["routes", fresh(), ...option.split(" ")]);
      expect(code).toBe(2);
      expect(err).toContain("needs the table of one subnet");
    },
  );
});

describe("other commands on a snapshot", () => {
  it.each([["whatif", "--remove-route", "to-nva"]])("%s asks to choose a subnet", async (...args) => {
    const { code, err } = await run([args[0] ?? "", fresh(), ...args.slice(1)]);
    expect(code).toBe(2);
    expect(err).toMatch(/has the tables of 4 subnets\n.*hub\/app, hub\/mgmt[\s\S]*choose one: --subnet hub\/app/);
  });

  it("whatif predicts for one subnet", async () => {
    const { code, out } = await run(["whatif", fresh(), "--subnet", "hub/app", "--remove-route", "to-nva"]);
    expect(code).toBe(0);
    expect(out).toContain("to-nva");
  });
});

describe("a damaged snapshot directory", () => {
  const firstBody = (path: string) => join(path, "bodies", readdirSync(join(path, "bodies"))[0] ?? "");

  it.each([
    ["missing", (path: string) => rmSync(firstBody(path)), "is missing"],
    ["changed", (path: string) => writeFileSync(firstBody(path), DIRECT.replace("10.0", "10.9")), "was changed"],
  ])("reports a body that is %s, and that the answer is incomplete", async (_, damage, message) => {
    const path = fresh();
    damage(path);
    const { code, out, err } = await run(["whichroute", "8.8.8.8", path]);
    expect(code).toBe(0);
    expect(err).toContain("not read: the table of ");
    expect(err).toContain(message);
    expect(out).toContain("The snapshot is incomplete");
    expect(out).toMatch(/no table {2}2 subnets: .*failed/);
  });

  it("reports a body that is not a table", async () => {
    const path = fresh([
      ["web", "hub/app", NVA],
      ["odd", "hub/odd", '{"value":[{"x":1}]}'],
      ["none", "hub/none", "null"],
    ]);
    const { out } = await run(["whichroute", "8.8.8.8", path]);
    expect(out).toMatch(/no table {2}2 subnets: hub\/none \(failed\), hub\/odd \(failed\)/);
  });

  it("of another schema version is refused", async () => {
    const path = fresh();
    writeFileSync(join(path, "manifest.json"), '{"schemaVersion":9,"kind":"vnet-explain snapshot"}');
    const { code, err } = await run(["routes", path]);
    expect(code).toBe(2);
    expect(err).toContain("schema version 9 is not supported");
  });

  it("of an interrupted run says so, and what it has is used", async () => {
    const { out, err } = await run(["whichroute", "8.8.8.8", fresh(FLEET, { finished: false })]);
    expect(err).toContain("the run that took it did not finish");
    expect(out).toContain("The snapshot is incomplete");
  });
});

describe("a folder that cannot be read", () => {
  it.skipIf(process.getuid?.() === 0)("names a file without read permission as a table that is missing", async () => {
    const path = exportFolder(join(temporaryDirectory(), "x"), { "a.json": NVA, "b.json": NVA });
    chmodSync(join(path, "b.json"), 0);
    expect((await run(["routes", path])).err).toContain("not read: b: ");
  });

  it("a broken link in it is a table that is missing", async () => {
    const path = exportFolder(join(temporaryDirectory(), "x"), { "a.json": NVA });
    const { symlinkSync } = await import("node:fs");
    symlinkSync("/nonexistent", join(path, "b.json"));
    expect((await run(["routes", path])).err).toContain("not read: b: ");
  });

  it("with tens of thousands of files is refused before they are read", { tags: ["slow"] }, async () => {
    const path = join(temporaryDirectory(), "x");
    exportFolder(path, Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`${at}.txt`, ""])));
    const { code, err } = await run(["routes", path]);
    expect(code).toBe(2);
    expect(err).toContain("more than 20,000 files");
  });
});
