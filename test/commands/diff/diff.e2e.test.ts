import { describe, expect, it } from "vitest";
import { SUBSCRIPTION } from "../../azure/live.ts";
import { runBuilt } from "../../built-program.ts";
import { liveProgram } from "../live-program.ts";

const row = (prefix: string, nextHopType: string) => ({
  source: "Default",
  state: "Active",
  addressPrefix: [prefix],
  nextHopType,
  nextHopIpAddress: [],
});
const LOCAL = { value: [row("10.0.0.0/16", "VnetLocal")] };
const PEERED = { value: [row("10.0.0.0/16", "VnetLocal"), row("10.1.0.0/16", "VNetPeering")] };
const NIC = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197`;

const program = liveProgram();
const live = program.run;

describe("the built program compares a NIC with its earlier table", () => {
  it.each([
    ["last", "nic:vm-app197"],
    ["nic:vm-app197", "last"],
    ["last", `nic:${NIC}`],
    ["last", "vm:vm-app"],
  ])("%s and %s: `last` is the table before the new fetch", async (before, after) => {
    program.arm.script("networkInterfaces", {
      body: {
        value: [
          {
            id: NIC,
            name: "vm-app197",
            properties: { virtualMachine: { id: NIC.replace(/Network\/.*/, "Compute/virtualMachines/vm-app") } },
          },
        ],
      },
    });
    program.arm.script("effectiveRouteTable", { body: LOCAL }, { body: PEERED });
    expect((await live("routes", "--nic", NIC)).code).toBe(0);
    const run = await live("diff", before, after, "-o", "json", "--exit-code");
    expect(run.code, run.stderr).toBe(3);
    const { moves, before: old, after: now } = JSON.parse(run.stdout);
    expect(moves).toHaveLength(1);
    expect(moves[0].prefixes).toEqual(["10.1.0.0/16"]);
    expect([old.kind, now.kind]).toEqual([before, after].map((word) => (word === "last" ? "cache" : "azure")));
    expect(run.stderr).toMatch(/routes of vm-app197, fetched just now$/m);
  });

  it("a NIC that cannot be read is an error: nothing on stdout", async () => {
    program.arm.script("effectiveRouteTable", {
      status: 403,
      body: { error: { code: "AuthorizationFailed", message: "no" } },
    });
    const run = await live("diff", "sample:udr", `nic:${NIC}`);
    expect(run).toMatchObject({ code: 4, stdout: "" });
  });
});

describe("the built program in a pipe", () => {
  it("reads one table from stdin, in any export's shape", async () => {
    const csv =
      "Source,State,Address Prefixes,Next Hop Type,Next Hop IP Address,User Defined Route Name\r\nDefault,Active,10.0.0.0/16,Virtual network,-,-\r\n";
    const run = await runBuilt(["diff", "-", "sample:no-udr", "-o", "ndjson", "-q"], { stdin: csv });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const elements = run.stdout.trimEnd().split("\n");
    expect(elements.map((line) => JSON.parse(line).after.nextHops[0].nextHopType)).toEqual(["Internet"]);
  });
});
