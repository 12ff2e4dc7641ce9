import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SUBSCRIPTION, TOKEN } from "../azure/live.ts";
import { armError, type Operation, type Reply } from "../azure/loopback-arm.ts";
import { runBuilt } from "../built-program.ts";
import { liveProgram } from "./live-program.ts";

const program = liveProgram();

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers`;
const SUBNET = `${GROUP}/Microsoft.Network/virtualNetworks/vnet/subnets/app`;
const names = (count: number) => Array.from({ length: count }, (_, at) => `vm${at + 1}`);
const nic = (name: string) => ({
  id: `${GROUP}/Microsoft.Network/networkInterfaces/${name}`,
  properties: {
    virtualMachine: { id: `${GROUP}/Microsoft.Compute/virtualMachines/vm` },
    ipConfigurations: [{ properties: { privateIPAddress: "10.0.0.4", subnet: { id: SUBNET } } }],
  },
});
const row = (addressPrefix: string) => ({
  source: "Default",
  state: "Active",
  addressPrefix: [addressPrefix],
  nextHopType: "VnetLocal",
  nextHopIpAddress: [],
});
const ROUTES: Reply = { body: { value: [row("10.0.0.0/16")] } };
const POLICY = "rules:\n  - id: local\n    to: 10.0.0.0/16\n    expect: {next-hop: VnetLocal}\n";

const asked = (...operations: readonly Operation[]) =>
  operations.map((wanted) => program.arm.seen.filter(({ operation }) => operation === wanted).length);

/** Runs the program, signed in by an az that writes down each of its starts. */
async function runWithAz(...args: string[]) {
  const { directory, arm } = program;
  const starts = join(directory, "starts");
  const answer = `{"accessToken": "${TOKEN}", "expires_on": 4102444800}`;
  writeFileSync(join(directory, "az"), `#!/bin/sh\necho "$*" >> ${starts}\necho '${answer}'\n`, { mode: 0o755 });
  const run = await runBuilt([...args, "--arm-endpoint", arm.url], {
    env: {
      PATH: `${directory}:/bin:/usr/bin`,
      AZURE_CONFIG_DIR: directory,
      AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
      VNET_EXPLAIN_CACHE: join(directory, "cache"),
    },
  });
  return { ...run, starts: readFileSync(starts, "utf8").trim().split("\n") };
}

describe.skipIf(process.platform === "win32")("one session for a run", () => {
  it("check of six NICs: one sign-in, one list, one subnet, six tables", async () => {
    program.arm.script("networkInterfaces", { body: { value: names(6).map(nic) } });
    program.arm.script("subnet", { body: { id: SUBNET, properties: {} } });
    program.arm.script("effectiveRouteTable", ROUTES);
    const policy = join(program.directory, "policy.yaml");
    writeFileSync(policy, POLICY);
    const run = await runWithAz("check", policy, ...names(6).map((name) => `nic:${name}`));
    expect(run.code, run.stderr).toBe(0);
    expect(run.starts).toHaveLength(1);
    expect(asked("networkInterfaces", "networkInterface", "subnet", "effectiveRouteTable")).toEqual([1, 0, 1, 6]);
    expect(program.arm.seen).toHaveLength(8);
  });

  it("diff of two NICs: one sign-in, one list, one subnet, two tables", async () => {
    program.arm.script("networkInterfaces", { body: { value: names(2).map(nic) } });
    program.arm.script("subnet", { body: { id: SUBNET, properties: {} } });
    program.arm.script("effectiveRouteTable", ROUTES);
    const run = await runWithAz("diff", "nic:vm1", "nic:vm2");
    expect(run.code, run.stderr).toBe(0);
    expect(run.starts).toHaveLength(1);
    expect(asked("networkInterfaces", "networkInterface", "subnet", "effectiveRouteTable")).toEqual([1, 0, 1, 2]);
    expect(program.arm.seen).toHaveLength(4);
  });

  it("--wait-for: the attempts before and after the first table share one sign-in and one NIC", async () => {
    const starting = armError("NicMustBeAttachedToRunningVmToGetEffectiveRoutes", "not running");
    const notYet: Reply = { status: 400, body: starting };
    program.arm.script("networkInterface", { body: nic("vm1") });
    program.arm.script("subnet", { body: { id: SUBNET, properties: {} } });
    const others: Reply = { body: { value: [row("10.1.0.0/16")] } };
    program.arm.script("effectiveRouteTable", notYet, notYet, others, notYet, ROUTES);
    const wait = ["--wait-for", "10.0.0.0/16", "--interval", "0.01"];
    const run = await runWithAz("routes", "--nic", "vm1", "-g", "rg-demo", "--no-download", ...wait);
    expect(run.code, run.stderr).toBe(0);
    expect(run.starts).toHaveLength(1);
    expect(asked("networkInterfaces", "networkInterface", "effectiveRouteTable")).toEqual([0, 1, 5]);
  });
});
