import { describe, expect, it } from "vitest";
import { SyntheticAzure } from "../../azure/fleet/synthetic-azure.ts";
import { syntheticFleet } from "../../azure/fleet/synthetic-fleet.ts";
import { SUBSCRIPTION } from "../../azure/live.ts";
import { armError, type Operation, type Reply } from "../../azure/loopback-arm.ts";
import { liveProgram } from "../live-program.ts";

const program = liveProgram();

const FLEET = syntheticFleet({ subscription: SUBSCRIPTION, networks: 2, subnets: 1, nics: 2 });

const row = (addressPrefix: string, nextHopType: string, hop: string | null = null) => ({
  source: hop === null ? "Default" : "User",
  state: "Active",
  addressPrefix: [addressPrefix],
  nextHopType,
  nextHopIpAddress: hop === null ? [] : [hop],
});
/** web 10.1.0.4 → nva 10.0.2.4 → db 10.1.64.4 */
const TABLES: readonly (readonly [RegExp, Reply])[] = [
  [/\/nic-vm-nva1\//, { body: { value: [row("10.0.0.0/16", "VnetLocal"), row("10.1.64.0/18", "VNetPeering")] } }],
  [
    /./,
    {
      body: {
        value: [
          row("10.1.0.0/18", "VnetLocal"),
          row("10.0.0.0/16", "VNetPeering"),
          row("0.0.0.0/0", "VirtualAppliance", "10.0.2.4"),
        ],
      },
    },
  ],
];
const NVA = FLEET.find(({ name }) => name === "nic-vm-nva1")?.id ?? "";
const WATCHER = {
  id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/nw`,
  name: "nw",
  type: "Microsoft.Network/networkWatchers",
  location: "westeurope",
  properties: {},
};
const RUNNING = {
  status: 202,
  headers: {
    location: `{url}/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Network/locations/westeurope/operationResults/1`,
  },
};

/** A hop of connection troubleshoot. */
const hop = (type: string, address: string, resourceId = "", issues: readonly string[] = []) => ({
  type,
  address,
  resourceId,
  issues: issues.map((each) => ({ origin: "Local", severity: "Error", type: each })),
});
const REACHABLE = {
  connectionStatus: "Reachable",
  hops: [hop("Source", "10.1.0.4"), hop("VirtualAppliance", "10.0.2.4", NVA), hop("VnetLocal", "10.1.64.4")],
};

function serve(check: Reply, nextHop: (body: string) => Reply = agreeing): void {
  const azure = new SyntheticAzure({
    subscriptions: [{ id: SUBSCRIPTION, name: "main" }],
    resources: [...FLEET, WATCHER],
  });
  program.arm.serve((request) => (request.operation === "nextHop" ? nextHop(request.body) : azure.respond(request)));
  program.arm.answer("effectiveRouteTable", (path) => TABLES.find(([is]) => is.test(path))?.[1] ?? { status: 404 });
  program.arm.answer("networkInterface", (path) => ({
    body: FLEET.find(({ id }) => id.toLowerCase() === decodeURIComponent(path).toLowerCase()),
  }));
  program.arm.script("connectivityCheck", check);
}

function agreeing(body: string): Reply {
  const ofNva = body.includes("nic-vm-nva1");
  return {
    body: ofNva
      ? { nextHopType: "VnetPeering", routeTableId: "System Route" }
      : { nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.2.4", routeTableId: "/rt" },
  };
}

interface Verification {
  readonly nextHops: readonly {
    readonly name: string;
    readonly networkWatcher: { readonly agrees: boolean | null; readonly text: string };
  }[];
  readonly connection: { readonly status: string | null; readonly agrees: boolean | null; readonly text: string };
}

const ASK = ["trace", "--from", "nic:nic-vm-0-0-0", "--to", "10.1.64.4", "--verify"];

async function verified(...args: string[]): Promise<Verification> {
  const run = await program.run(...ASK, ...args, "-o", "json");
  expect(run.code, run.stderr).toBe(0);
  return (JSON.parse(run.stdout) as { verification: Verification }).verification;
}

const seen = (operation: Operation) => program.arm.seen.filter((request) => request.operation === operation);

describe("Network Watcher beside a trace", () => {
  it("agrees for each NIC and for the whole; Network Watchers are listed once", async () => {
    serve({ body: REACHABLE });
    const { nextHops, connection } = await verified("--port", "443");
    expect(nextHops.map(({ name, networkWatcher: { agrees } }) => [name, agrees])).toEqual([
      ["nic-vm-0-0-0", true],
      ["nic-vm-nva1", true],
    ]);
    expect(connection).toMatchObject({ status: "Reachable", agrees: true });
    expect(connection.text).toContain("agrees: Reachable by 10.1.0.4, nic-vm-nva1, 10.1.64.4");
    expect(["networkWatchers", "nextHop", "connectivityCheck"].map((each) => seen(each as Operation).length)).toEqual([
      1, 2, 1,
    ]);
    expect(JSON.parse(seen("connectivityCheck")[0]?.body ?? "")).toEqual({
      source: { resourceId: FLEET.find(({ name }) => name === "vm-0-0-0")?.id },
      destination: { address: "10.1.64.4", port: 443 },
      protocol: "Tcp",
    });
  });

  it("a check that takes a while is awaited, and pings if no port is given", async () => {
    serve({ ...RUNNING, body: "null" });
    program.arm.script("operationResults", { ...RUNNING, body: "null" }, { body: REACHABLE });
    expect((await verified()).connection).toMatchObject({ agrees: true });
    expect(JSON.parse(seen("connectivityCheck")[0]?.body ?? "")).toMatchObject({ protocol: "Icmp" });
  });

  it.each([
    [
      "unreachable",
      { ...REACHABLE, connectionStatus: "Unreachable" },
      "Unreachable by 10.1.0.4, nic-vm-nva1, 10.1.64.4; the trace says delivered",
    ],
    [
      "another way",
      {
        ...REACHABLE,
        hops: [hop("Source", "10.1.0.4"), hop("VirtualAppliance", "10.0.9.9"), hop("VnetLocal", "10.1.64.4")],
      },
      "it passes 10.0.9.9, which the trace does not",
    ],
    [
      "a fault at a hop",
      { connectionStatus: "Unreachable", hops: [hop("Source", "10.1.0.4", "", ["NetworkSecurityRule"])] },
      "Unreachable by 10.1.0.4 (NetworkSecurityRule); the trace says delivered",
    ],
  ])("%s: the difference is reported", async (_, body, words) => {
    serve({ body });
    const { connection } = await verified();
    expect(connection.agrees).toBe(false);
    expect(connection.text).toContain(words);
  });

  it("another next hop is named with its hop, in the text too", async () => {
    serve({ body: REACHABLE }, () => ({ body: { nextHopType: "Internet", routeTableId: "System Route" } }));
    const run = await program.run(...ASK);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain(
      "hop 1 nic-vm-0-0-0: Network Watcher differs: the route goes to VirtualAppliance, Network Watcher says Internet",
    );
  });

  it.each([
    [
      "no agent",
      { status: 400, body: armError("AgentIsNotInstalled", "The agent is not installed on the VM.") },
      "did not answer: ",
    ],
    ["no permission", { status: 403, body: armError("AuthorizationFailed", "no") }, "did not answer: not allowed"],
    ["no status", { body: {} }, "has no status"],
  ])("%s: a note says so, and the trace is still answered", async (_, reply, words) => {
    serve(reply);
    const { nextHops, connection } = await verified();
    expect(nextHops).toHaveLength(2);
    expect([connection.status, connection.agrees]).toEqual([null, null]);
    expect(connection.text).toContain(words);
  });

  it("UDP is not sent, because Network Watcher does not support it", async () => {
    serve({ body: REACHABLE });
    expect((await verified("--protocol", "udp", "--port", "53")).connection.text).toContain("not UDP");
    expect(seen("connectivityCheck")).toEqual([]);
  });

  it("a snapshot cannot be verified", async () => {
    const run = await program.run(...ASK, program.directory);
    expect([run.code, run.stderr.split("\n")[0]]).toEqual([2, "error: --verify needs Azure, not a snapshot"]);
  });
});
