import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { nicId, subnetId } from "../../analysis/fleet/fleet.ts";
import { expectValid } from "../../output/results/schemas.ts";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { exportFolder, NVA, snapshotDirectory } from "../snapshot-fixture.ts";

const scratch = temporaryDirectory();
const networkId = (name: string) => subnetId(`${name}/x`).replace(/\/subnets\/.*/, "");
const inGroup = (kind: string, name: string) => networkId("hub").replace("virtualNetworks/hub", `${kind}/${name}`);
const vmId = nicId("nva").replace(
  "Microsoft.Network/networkInterfaces/nva",
  "Microsoft.Compute/virtualMachines/vm-nva",
);
const peering = (network: string, peer: string, more: object = {}) => ({
  id: `${networkId(network)}/virtualNetworkPeerings/to-${peer}`,
  properties: { remoteVirtualNetwork: { id: networkId(peer) }, peeringState: "Connected", ...more },
});

/** A hub with an appliance that is deallocated, and a spoke whose peering is half made. */
const RESOURCES = [
  {
    id: networkId("hub"),
    properties: {
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      subnets: [{ id: subnetId("hub/app"), properties: { routeTable: { id: inGroup("routeTables", "rt-app") } } }],
      virtualNetworkPeerings: [peering("hub", "spoke", { allowVirtualNetworkAccess: true })],
    },
  },
  {
    id: networkId("spoke"),
    properties: {
      addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
      subnets: [{ id: subnetId("spoke/db") }],
      virtualNetworkPeerings: [peering("spoke", "hub", { peeringState: "Initiated" })],
    },
  },
  {
    id: inGroup("routeTables", "rt-app"),
    properties: {
      routes: [
        {
          name: "to-nva",
          properties: { addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.1.4" },
        },
      ],
    },
  },
  {
    id: nicId("nva"),
    properties: {
      enableIPForwarding: true,
      virtualMachine: { id: vmId },
      ipConfigurations: [{ properties: { privateIPAddress: "10.0.1.4", subnet: { id: subnetId("hub/nva") } } }],
    },
  },
  { id: vmId, properties: { extended: { instanceView: { powerState: { code: "PowerState/deallocated" } } } } },
];
const directory = snapshotDirectory(join(scratch, "prod"), undefined, { resources: RESOURCES });

let count = 0;
function policy(...rules: readonly string[]): string {
  const path = join(scratch, `policy-${count++}.yaml`);
  writeFileSync(path, `rules:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`);
  return path;
}
const RUNNING = "{id: running, inventory: appliances-running}";
const PEERED = "{id: peered, severity: warning, inventory: peerings-connected}";
const ACCESS = "{id: access, severity: note, inventory: peerings-allow-access}";
const FOUND = "{id: found, inventory: appliances-found}";
const ROUTES = "{id: routes, to: 10.0.0.0/16, expect: {next-hop: VnetLocal}}";
const ALL = [RUNNING, PEERED, ACCESS, FOUND, ROUTES];

const printed = async (output: string, ...rules: readonly string[]) => {
  const { code, out } = await run(["check", policy(...rules), directory, "-o", output]);
  return { code, out };
};

describe("check of a snapshot's inventory", () => {
  it("names each resource, what is wrong and what to do, and counts each rule once", async () => {
    const { code, out } = await printed("table", ...ALL);
    expect(code).toBe(3);
    const lines = out.split("\n").map((line) => line.trim().replace(/ +/g, " "));
    expect(lines.slice(2, 6)).toEqual([
      "RULE TABLE ADDRESSES REASON",
      "x running inventory VM vm-nva vm-nva, the next hop 10.0.1.4 of user routes, is deallocated; start it: az vm start -g rg -n vm-nva",
      "x peered inventory peering to-hub of spoke state Initiated: hub has no peering back to spoke; create the peering from hub to spoke",
      "! access inventory peering to-hub of spoke unknown: the inventory does not say whether it allows access; take the snapshot with a role that may read both networks (Reader)",
    ]);
    expect(out).toContain("failed  violated: 1 error, 1 warning; not judged: 1 note; holds: 4\n");
  });

  it("is the same in JSON, as the schema says, and knows next hops that only an effective table has", async () => {
    const report = JSON.parse((await printed("json", ...ALL)).out);
    expectValid("check", report);
    const inventory = report.results.filter((result: { inventory: object | null }) => result.inventory !== null);
    expect(
      inventory.map(({ rule, status, tables, inventory: { judges, resources, findings } }: never) => [
        (rule as { id: string }).id,
        status,
        tables,
        `${resources} ${judges}`,
        (findings as { status: string }[]).map(({ status }) => status),
      ]),
    ).toEqual([
      ["running", "violated", [], "1 NIC of an appliance", ["violated"]],
      ["peered", "violated", [], "2 peerings", ["violated"]],
      ["access", "not-judged", [], "2 peerings", ["unknown"]],
      ["found", "holds", [], "2 next hops of user routes", []],
    ]);
    expect(report.count).toMatchObject({ violated: { error: 1, warning: 1 }, notJudged: { note: 1 } });
  });

  it("has a row for each resource in CSV", async () => {
    const { out } = await printed("csv", RUNNING, FOUND);
    const rows = out.trim().split("\n");
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/,resource,remedy\r?$/);
    expect(rows[1]).toMatch(
      /^running,error,violated,.*vm-nva, the next hop 10.0.1.4 of user routes, is deallocated.*,.*virtualMachines\/vm-nva,start it: az vm start/,
    );
  });

  it("has a suite of its own in JUnit, and results with the resource's id in SARIF", async () => {
    const junit = (await printed("junit", RUNNING, ACCESS, ROUTES)).out;
    expect(junit).toMatch(/<testsuite name="inventory" tests="2" failures="1" errors="0" skipped="1"/);
    expect(junit).toContain(
      "1 of 1 NIC of an appliance, e.g. VM vm-nva: vm-nva, the next hop 10.0.1.4 of user routes, is deallocated",
    );
    const { runs } = JSON.parse((await printed("sarif", RUNNING, ACCESS)).out);
    const [{ results, invocations }] = runs;
    expect(
      results.map(({ ruleId, properties }: never) => [ruleId, (properties as { resourceId: string }).resourceId]),
    ).toEqual([["running", vmId]]);
    expect(invocations[0].toolExecutionNotifications).toHaveLength(1);
  });

  it("is on the page", async () => {
    const { out } = await printed("html", RUNNING, FOUND);
    expect(out).toContain("Each rule about the inventory");
    expect(out).toContain("vm-nva, the next hop 10.0.1.4 of user routes, is deallocated");
  });

  it("is not judged for tables alone", async () => {
    const { code, out } = await run(["check", policy(RUNNING), "sample:udr"]);
    expect(code).toBe(3);
    expect(out).toContain(
      "not judged: it needs an inventory: check a snapshot directory, or a folder that has exports",
    );
  });

  it("folds rules that were not judged for the same reason, and --expand lists each", async () => {
    const audit = fileURLToPath(new URL("../../../docs/policies/fleet-audit.yaml", import.meta.url));
    const { out } = await run(["check", audit, "sample:udr"]);
    expect(out.match(/not judged: it needs an inventory/g)).toHaveLength(3);
    expect(out).toMatch(/! 7 rules +not judged: it needs .* \(appliances-found, .*, internet-outbound\)\n/);
    expect(out).toMatch(/! route-tables-used +not judged: it needs an inventory/);
    const all = await run(["check", audit, "sample:udr", "--expand"]);
    expect(all.out.match(/not judged: it needs an inventory/g)).toHaveLength(9);
  });

  it("does not judge rules for a subscription that was not read; JUnit has a suite for it", async () => {
    const subscriptions = [
      { id: "s2", name: "dev", outcome: "denied", error: { code: "not-allowed", message: "not allowed" } },
    ];
    const inventory = { sha256: sha256(""), resources: 0, source: "lists", subscriptions, gaps: [] };
    const manifest = { complete: false, inventory };
    const half = snapshotDirectory(join(scratch, "half"), undefined, { resources: [], manifest });
    const { code, out } = await run(["check", policy(ROUTES, PEERED), half, "-o", "junit"]);
    expect(code).toBe(3);
    expect(out).toContain('<testsuite name="subscription dev" tests="1" failures="0" errors="1"');
    expect(out).toContain('message="not judged: the snapshot could not read it"');
    expect(out).toContain("not judged: subscription dev: could not be read");
  });
});

describe("check of exports in a folder", () => {
  const folder = (name: string, files: Readonly<Record<string, unknown>>) =>
    exportFolder(
      join(scratch, name),
      Object.fromEntries(
        Object.entries({ "web.json": JSON.parse(NVA), ...files }).map(([key, value]) => [key, JSON.stringify(value)]),
      ),
    );

  it("judges the resources beside the tables, and says what to export for the rest", async () => {
    const exports = folder("exports", { "vnets.json": RESOURCES.slice(0, 2), "nic.json": [RESOURCES[3]] });
    const { code, out } = await run(["check", policy(PEERED, RUNNING), exports, "-o", "json"]);
    expect(code).toBe(3);
    const { results } = JSON.parse(out) as {
      results: { rule: { id: string }; status: string; reason: string | null }[];
    };
    expect(results.map(({ rule, status, reason }) => [rule.id, status, reason])).toEqual([
      ["peered", "violated", null],
      ["running", "not-judged", expect.stringMatching(/^route table rt-app: the route table of hub\/app is not in/)],
    ]);
  });

  it("says that the inventory is missing if no file describes resources", async () => {
    const { code, out } = await run(["check", policy(PEERED), folder("tables", {})]);
    expect(code).toBe(0); // a warning
    expect(out).toContain("it needs an inventory: check a snapshot directory, or a folder that has exports");
  });

  it.runIf(hasSharedData)("judges the peerings beside the tables of a lab", async () => {
    const shipped = fileURLToPath(new URL("../../../docs/policies/peerings.yaml", import.meta.url));
    const { code, out } = await run(["check", shipped, sharedPath("data/labs/netlab-square/u0-u1/pre-u1")]);
    expect([code, out]).toEqual([0, expect.stringContaining("passed  holds: 3\n")]);
  });
});
