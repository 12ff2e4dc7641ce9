import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nicId, subnetId } from "../../analysis/fleet/fleet.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { body, DIRECT, exportFolder, FLEET, NVA, snapshotDirectory } from "../snapshot-fixture.ts";

const directory = snapshotDirectory(join(temporaryDirectory(), "prod"));

/** What is printed, without the lines about the data. */
async function answer(...args: readonly string[]): Promise<string> {
  const { out } = await run(["whichroute", ...args], { env: { LANG: "C.UTF-8" } });
  return out.replace(/\n {2}(no table|data|!) [\s\S]*$/, "").trimEnd();
}

describe("whichroute on a snapshot", () => {
  it("folds equal answers with their subnets, also where the routes have other names", async () => {
    expect((await answer("8.8.8.8", directory)).split("\n")).toEqual([
      "8.8.8.8  →  2 answers, from 3 subnets",
      "",
      "    FROM       ANSWER                                             NAMES",
      "  ✓ 2 subnets  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva, default)  hub/app, spoke/db",
      "  ✓ 1 subnet   Internet by 0.0.0.0/0                              hub/mgmt",
    ]);
  });

  it("answers on one line if all subnets have the same answer", async () => {
    expect(await answer("10.0.3.4", "--snapshot", directory)).toBe(
      "10.0.3.4  →  this virtual network by 10.0.0.0/16, from all 3 subnets",
    );
  });

  it("shows each subnet with --expand, and each answer in full with --explain", async () => {
    const each = await answer("8.8.8.8", directory, "--expand");
    expect(each).toContain("✓ hub/app   appliance 10.0.1.4 (to-nva)\n  ✓ spoke/db  appliance 10.0.1.4 (default)\n");
    const explained = await answer("8.8.8.8", directory, "--explain");
    expect(explained).toContain(
      "from  2 subnets: hub/app, spoke/db\n8.8.8.8  →  appliance 10.0.1.4 (to-nva)\n\n    PREFIX",
    );
  });

  it("lists the subnets without a table and the reasons, and describes the data", async () => {
    const { out } = await run(["whichroute", "8.8.8.8", directory]);
    expect(out).toContain("no table  1 subnet: spoke/batch (stopped)\n");
    expect(out).toContain(`data  ${directory}, taken 2026-11-29T10:00:00Z: 4 subnets, 5 NICs, 3 distinct\n`);
    expect(out).not.toContain("incomplete");
  });

  it("answers several destinations and sets", async () => {
    const { out } = await run(["whichroute", "8.8.8.8", "10.0.0.0/8", directory, "-o", "short"]);
    expect(out.split("\n").slice(0, 4)).toEqual([
      "8.8.8.8  2 subnets  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva, default)  hub/app, spoke/db",
      "8.8.8.8  1 subnet  Internet by 0.0.0.0/0  hub/mgmt",
      "10.0.0.0/8  1 subnet  16,711,680 IPv4 to Internet: NOT DELIVERED, 65,536 IPv4 to VnetLocal  hub/mgmt",
      "10.0.0.0/8  2 subnets  16,711,680 IPv4 by to-nva, 65,536 IPv4 to VnetLocal  hub/app, spoke/db",
    ]);
  });

  it("prints a row for each subnet in the flat formats, behind the usual columns", async () => {
    const { out } = await run(["whichroute", "8.8.8.8", directory, "-o", "tsv"]);
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows.map((row) => [row[0], row[2], row[7], row[11], row.at(-2), row.at(-1)])).toEqual([
      ["8.8.8.8", "VirtualAppliance", "to-nva", "-", "hub/app", "web01"],
      ["8.8.8.8", "VirtualAppliance", "default", "-", "spoke/db", "db01"],
      ["8.8.8.8", "Internet", "-", "-", "hub/mgmt", "mgmt"],
      ["8.8.8.8", "-", "-", "no-table", "spoke/batch", "-"],
    ]);
  });

  it("accepts the columns that only a snapshot has", async () => {
    const { out, code } = await run(["whichroute", "8.8.8.8", directory, "-o", "tsv", "--columns", "subnet,verdict"]);
    expect({ code, out }).toEqual({
      code: 0,
      out: "hub/app\tforward\nspoke/db\tforward\nhub/mgmt\tforward\nspoke/batch\t-\n",
    });
  });

  it.each([
    ["--subnet hub/app", "appliance 10.0.1.4 (to-nva)"],
    ["--subnet db", "appliance 10.0.1.4 (default)"],
    ["--nic mgmt", "Internet"],
    ["--table web02", "appliance 10.0.1.4 (to-nva)"],
  ])("answers for one table with %s", async (options, expected) => {
    const { out } = await run(["whichroute", "8.8.8.8", directory, ...options.split(" "), "-o", "short"]);
    expect(out).toBe(`8.8.8.8  ${expected}\n`);
  });

  it.each([
    ["a stream", ["-", directory], "one-table-needed"],
    ["--verify", ["8.8.8.8", directory, "--verify"], "one-table-needed"],
    ["--refresh", ["8.8.8.8", directory, "--refresh"], null],
    ["--subnet without a snapshot", ["8.8.8.8", "sample:udr", "--subnet", "x"], "option-of-snapshot"],
    ["--expect with a set", ["10.0.0.0/8", directory, "--expect", "via=10.0.1.4"], "option-of-addresses"],
    ["an unknown subnet", ["8.8.8.8", directory, "--subnet", "hub/ap"], "unknown-subnet"],
    ["a subnet without a table", ["8.8.8.8", directory, "--subnet", "batch"], "member-without-table"],
    ["a directory that is none", ["8.8.8.8", "--snapshot", "/nonexistent"], "folder-unreadable"],
  ])("refuses %s", async (_, args, code) => {
    const ended = await run(["whichroute", ...args, "-o", "json"]);
    expect(ended).toMatchObject({ code: 2, out: "" });
    if (code !== null) expect(JSON.parse(ended.err.trimEnd().split("\n").at(-1) ?? "").error.code).toBe(code);
  });
});

describe("--expect on a snapshot", () => {
  const expecting = (path: string, text: string) =>
    run(["whichroute", "8.8.8.8", path, "-o", "none", "--expect", text]);

  it("holds for each subnet", async () => {
    expect(await expecting(directory, "verdict=forward")).toMatchObject({ code: 0 });
    const { code, err } = await expecting(directory, "via=10.0.1.4");
    expect(code).toBe(3);
    expect(err).toContain("hub/mgmt: 8.8.8.8: expected via 10.0.1.4, got Internet (0.0.0.0/0)\n");
    expect(err).toContain("1 of 3 subnets does not answer as expected");
  });

  it("groups subnets that fail for the same reason", async () => {
    const { err } = await expecting(directory, "next-hop=Internet");
    expect(err).toContain("2 subnets (hub/app, spoke/db): 8.8.8.8: expected next-hop Internet, got VirtualAppliance");
  });

  it("is not met if the snapshot is incomplete, because what is missing is not judged", async () => {
    const path = snapshotDirectory(
      join(temporaryDirectory(), "x"),
      [...FLEET, ["failed", "hub/lost", null, { outcome: "failed", error: { code: "x", message: "y" } }]],
      { manifest: { complete: false } },
    );
    const { code, err } = await expecting(path, "verdict=forward");
    expect(code).toBe(3);
    expect(err).toContain("not judged, without a table: 2 subnets (hub/lost, spoke/batch)");
  });
});

describe("whichroute on a folder of exports", () => {
  const AZ_ERROR = "ERROR: (NotRunning) The VM is stopped.\nCode: NotRunning\n";
  const folder = (files: Parameters<typeof exportFolder>[1]) =>
    exportFolder(join(temporaryDirectory(), "exports"), files);
  const several = JSON.stringify([
    { nic: "vm1-nic", routes: JSON.parse(NVA) },
    { nic: "vm2-nic", routes: JSON.parse(DIRECT) },
  ]);

  it("answers for every table, named after its file or by it", async () => {
    const path = folder({ "01-web-effective-routes.json": NVA, "db.json": DIRECT, "more.json": several });
    const { out } = await run(["whichroute", "8.8.8.8", path, "-o", "short"]);
    expect(out).toBe(
      "8.8.8.8  2 tables  Internet by 0.0.0.0/0  db, vm2-nic\n" +
        "8.8.8.8  2 tables  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)  vm1-nic, web\n",
    );
  });

  it("knows the subnets of its tables from resources in it, by the name of the NIC or the VM", async () => {
    const nic = (name: string, subnet: string, machine: string | null) => ({
      id: nicId(name),
      name,
      virtualMachine:
        machine === null
          ? null
          : { id: nicId(machine).replace("Network/networkInterfaces", "Compute/virtualMachines") },
      ipConfigurations: [{ primary: true, privateIPAddress: "10.0.0.4", subnet: { id: subnetId(subnet) } }],
    });
    const machine = {
      id: nicId("vm2").replace("Network/networkInterfaces", "Compute/virtualMachines"),
      name: "vm2",
      networkProfile: { networkInterfaces: [{ id: nicId("db-nic") }] },
    };
    const path = folder({
      "web.json": NVA,
      "vm2-effective-routes.json": NVA,
      "other.json": DIRECT,
      "nics.json": JSON.stringify([nic("web", "hub/app", null), nic("db-nic", "spoke/db", "vm2")]),
      "vms.json": JSON.stringify([machine]),
    });
    const { out, err } = await run(["whichroute", "8.8.8.8", path, "-o", "short"]);
    expect(out).toBe(
      "8.8.8.8  2 subnets  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)  hub/app, spoke/db\n" +
        "8.8.8.8  1 table  Internet by 0.0.0.0/0  other\n",
    );
    expect(err).not.toMatch(/not a? ?route table/);
    expect((await run(["routes", path, "--subnet", "db"])).code).toBe(0);
  });

  it("names the owners of next hops, from --addresses or from resources in the folder", async () => {
    const map = join(temporaryDirectory(), "map.csv");
    writeFileSync(map, "address,name\n10.0.1.4,fw1\n");
    const path = folder({ "web.json": NVA, "db.json": DIRECT });
    const named = await run(["whichroute", "8.8.8.8", path, "-o", "short", "--addresses", map]);
    expect(named.out).toContain("1 table  appliance 10.0.1.4 = fw1 by 0.0.0.0/0 (to-nva)  web\n");
    const lost = folder({ "web.json": body("10.0.0.0/16 VnetLocal", "0.0.0.0/0 None 10.0.1.4 to-nva") });
    const dropped = await run(["whichroute", "8.8.8.8", lost, "-o", "short", "--addresses", map]);
    expect(dropped.out).toContain("appliance 10.0.1.4 = fw1 is unreachable by 0.0.0.0/0 (to-nva)  web\n");
    const nic = (name: string, address: string) => ({
      id: nicId(name),
      ipConfigurations: [{ primary: true, privateIPAddress: address, subnet: { id: subnetId("hub/app") } }],
    });
    const resources = JSON.stringify([nic("web", "10.0.0.4"), nic("nva", "10.0.1.4")]);
    const known = await run([
      "whichroute",
      "8.8.8.8",
      folder({ "web.json": NVA, "nics.json": resources }),
      "-o",
      "json",
    ]);
    expect(JSON.parse(known.out).destinations[0].answers[0].owners).toEqual([{ address: "10.0.1.4", name: "nva" }]);
  });

  it("skips other files and folders, with one note", async () => {
    const path = folder({
      "a.json": NVA,
      "README.md": "# Read me",
      "picture.png": Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3),
      "gateway.json": '[{"network":"10.0.0.0/8","nextHop":"10.1.1.1","asPath":"65001"}]',
      "advertised-to-onprem.json": '{"value": []}',
      ".hidden": "{",
    });
    mkdirSync(join(path, "inner"));
    const { out, err } = await run(["whichroute", "8.8.8.8", path, "-o", "short"]);
    expect(out).toBe("8.8.8.8  1 table  appliance 10.0.1.4 by 0.0.0.0/0 (to-nva)  a\n");
    expect(err).toContain(
      "4 files are not route tables: README.md, advertised-to-onprem.json, gateway.json and 1 more; 1 folder is not read\n",
    );
  });

  it.each([
    ["cut off", NVA.slice(0, -40), "json-truncated"],
    ["without a field", NVA.replaceAll('"state"', '"stat"'), "not-effective-routes"],
    ["empty", "", "text-empty"],
    ["without rows", '{"value":[]}', "table-empty"],
    ["an error of Azure's", '{"error":{"code":"NotRunning","message":"the VM is stopped"}}', "azure-error"],
    ["an error that az printed", AZ_ERROR, "azure-error"],
    ["an error below its command", `# az network nic show-effective-route-table -n web\n${AZ_ERROR}`, "azure-error"],
  ])("reports a damaged table, and that the answer is incomplete: %s", async (_, content) => {
    const path = folder({ "good.json": NVA, "bad-routes.json": content });
    const { out, err, code } = await run(["whichroute", "8.8.8.8", path]);
    expect(code).toBe(0);
    expect(err).toContain("not read: bad: ");
    expect(out).toContain("no table  1 table: bad (failed)\n");
    expect(out).toContain("The snapshot is incomplete");
    expect(out).toContain("appliance 10.0.1.4");
  });

  it.each([
    ["of effective security rules", "web-nsg.txt", AZ_ERROR],
    ["of another command", "ping.txt", `# az vm run-command invoke -n vm --scripts ping\n${AZ_ERROR}`],
    ["of security rules, by its code", "web2.txt", AZ_ERROR.replace("NotRunning", "NicToGetEffectiveSecurityGroups")],
    ["of learned routes", "gw-learned.txt", AZ_ERROR],
  ])("does not take an error %s for that of a table", async (_, name, content) => {
    const { out, err } = await run(["whichroute", "8.8.8.8", folder({ "good.json": NVA, [name]: content })]);
    expect(out).not.toContain("incomplete");
    expect(err).toContain(`1 file is not a route table: ${name}`);
  });

  it("is called a folder, not a snapshot, in errors", async () => {
    const { err } = await run(["whichroute", "8.8.8.8", folder({ "web.json": NVA }), "--nic", "other"]);
    expect(err).toContain("the folder has no NIC 'other'");
  });

  it("keeps tables with the same name apart", async () => {
    const path = folder({ "web.json": NVA, "web-routes.json": DIRECT });
    const { out } = await run(["whichroute", "8.8.8.8", path, "-o", "short"]);
    expect(out).toMatch(/ {2}web-routes\.json\n.* {2}web\.json\n/);
  });

  const LEARNED = {
    ...{ network: "10.1.0.0/16", nextHop: "10.0.0.4", sourcePeer: "10.0.0.4", localAddress: "10.0.0.5" },
    ...{ origin: "EBgp", asPath: "65001", weight: 32768 },
  };

  it.each([
    ["an empty folder", {}, "folder-without-tables", "the folder is empty"],
    [
      "a folder with a gateway's table alone",
      { "learned.json": JSON.stringify({ value: [LEARNED] }) },
      "folder-without-tables",
      "it holds tables of gateways, hubs or circuits (1), but none of a NIC",
    ],
    ["a folder without tables", { "a.md": "# x" }, "folder-without-tables", "no file in it is a route table"],
    [
      "a folder with only a damaged table",
      { "a.json": body("10.0.0.0/8 VnetLocal").slice(0, -9) },
      "json-truncated",
      "no route table can be read",
    ],
  ])("refuses %s", async (_, files, code, message) => {
    const { err, out, code: exit } = await run(["whichroute", "8.8.8.8", folder(files), "-o", "json"]);
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    const { error } = JSON.parse(err.trimEnd().split("\n").at(-1) ?? "");
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});
