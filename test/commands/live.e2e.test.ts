import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { SUBSCRIPTION, TOKEN } from "../azure/live.ts";
import { armError, type Reply } from "../azure/loopback-arm.ts";
import { runBuilt } from "../built-program.ts";
import { liveProgram } from "./live-program.ts";

const NIC_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197`;
const SUBNET_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Network/virtualNetworks/vnet/subnets/app`;
const VM_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Compute/virtualMachines/vm-app`;

const row = (prefix: string, nextHopType: string, more: object = {}) => ({
  source: "Default",
  state: "Active",
  addressPrefix: [prefix],
  nextHopType,
  nextHopIpAddress: [],
  ...more,
});

const ROUTES = {
  value: [
    row("10.0.0.0/16", "VnetLocal"),
    row("0.0.0.0/0", "Internet", { state: "Invalid" }),
    row("0.0.0.0/0", "VirtualAppliance", {
      source: "User",
      name: "to-nva",
      nextHopIpAddress: ["10.0.9.4"],
      tagMap: {},
    }),
  ],
};

const NIC = {
  id: NIC_ID,
  name: "vm-app197",
  location: "westeurope",
  properties: {
    primary: true,
    virtualMachine: { id: VM_ID },
    ipConfigurations: [
      { name: "ipconfig1", properties: { primary: true, privateIPAddress: "10.0.0.4", subnet: { id: SUBNET_ID } } },
    ],
  },
};

const WATCHER = {
  value: [
    {
      id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope`,
      name: "NetworkWatcher_westeurope",
      location: "westeurope",
    },
  ],
};

const accepted: Reply = {
  status: 202,
  headers: { location: "{url}/subscriptions/x/operationResults/1?api-version=1" },
  body: "null",
};

const program = liveProgram();
const live = program.run;

const routesOfNic = (...args: string[]) => live("routes", "--nic", "vm-app197", "-g", "rg-demo", ...args);

describe("the built program, live", () => {
  it("uses the API version of --api-version, and refuses an invalid one", async () => {
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    expect((await routesOfNic("--api-version", "2020-11-01")).code).toBe(0);
    expect(program.arm.seen[0]?.apiVersion).toBe("2020-11-01");
    for (const version of ["2020-13-01", "2020-11-01-beta", "20201101", "latest", "2020-11-01&x=1", ""]) {
      const refused = await routesOfNic("--api-version", version);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/such as\s+2024-05-01/) });
    }
  });

  it("prints the routes that Azure returns after a while", async () => {
    program.arm.script("effectiveRouteTable", accepted);
    program.arm.script(
      "operationResults",
      { status: 202, headers: { "retry-after": "0" }, body: "null" },
      { body: ROUTES },
    );
    const run = await routesOfNic();
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toMatch(/User +Active +0\.0\.0\.0\/0 +VirtualAppliance +10\.0\.9\.4 +to-nva/);
  });

  it.each([[["--nic", "vm-app"]], [["--nic=vm-app"]], [["nic:vm-app"]]])(
    "%j with the name of a VM: the command line of the hint works",
    async (words) => {
      program.arm.script("networkInterfaces", { body: { value: [NIC] } });
      program.arm.script("effectiveRouteTable", { body: ROUTES });
      const { code, stderr } = await live("routes", ...words);
      expect(code, stderr).toBe(1);
      const [, line = ""] = /did you mean: vnet-explain (.*) --arm-endpoint/.exec(stderr) ?? [];
      expect(line).toContain("vm-app");
      expect(await live(...line.split(" "))).toMatchObject({ code: 0 });
    },
  );

  it("the next command uses the last fetched table and says whose it is", async () => {
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    expect((await routesOfNic()).code).toBe(0);
    const asked = program.arm.seen.length;
    const run = await live("whichroute", "--ip", "8.8.8.8", "-o", "json");
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).routeTable).toMatchObject({ kind: "cache", name: NIC_ID });
    expect(JSON.parse(run.stdout).explanations[0].winner.name).toBe("to-nva");
    expect(run.stderr).toMatch(/routes of vm-app197, fetched just now; --refresh/);
    expect(program.arm.seen.length).toBe(asked);
    const kept = join(program.directory, "cache", "vnet-explain", "tables", "last.json");
    expect(statSync(kept).mode & 0o777).toBe(0o600);
  });

  it("a node of AKS gets the routes of a VM in its subnet, from Azure and from the cache, and a note says so", async () => {
    const set = NIC_ID.replace(/Microsoft\.Network.*/, "Microsoft.Compute/virtualMachineScaleSets/aks-pool-1-vmss");
    const nodeNic = `${set}/virtualMachines/12/networkInterfaces/aks-pool-1-vmss`;
    const { arm } = program;
    arm.script("networkInterfaces", { body: { value: [NIC] } });
    arm.script("scaleSets", { body: { value: [{ id: set, name: "aks-pool-1-vmss", properties: {} }] } });
    for (const operation of ["instanceNic", "instanceNics"] as const) {
      const node = { ...NIC, id: nodeNic };
      arm.script(operation, { body: operation === "instanceNic" ? node : { value: [node] } });
    }
    arm.script("subnet", {
      body: { id: SUBNET_ID, properties: { ipConfigurations: [{ id: `${NIC_ID}/ipConfigurations/i` }] } },
    });
    arm.script("networkInterface", { body: NIC });
    arm.script("effectiveRouteTable", { body: ROUTES });
    const json = ["whichroute", "--ip", "8.8.8.8", "-o", "json"];
    for (const [words, fetched] of [
      [["--vm", "aks-pool-1-vmss00000c"], 1],
      [[], 1],
      [["--refresh"], 2],
    ] as const) {
      const run = await live(...json, ...words);
      expect(run.code).toBe(0);
      expect(run.stderr).toMatch(/These are the routes of vm-app197 in the same subnet, inferred/);
      expect(JSON.parse(run.stdout).routeTable).toMatchObject({ name: nodeNic, standIn: NIC_ID });
      expect(arm.seen.filter(({ operation }) => operation === "effectiveRouteTable").length).toBe(fetched);
    }
    const routes = await live("routes");
    expect(routes.stderr).toMatch(/routes of aks-pool-1-vmss_12, fetched/);
    expect(routes.stderr.match(/These are the routes/g)).toHaveLength(1);
  });

  it("the last fetched table keeps its cloud and its service tags, even with --refresh", async () => {
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    const tags = join(program.directory, "ServiceTags_AzureGovernment_20251110.json");
    const addressPrefixes = Array.from({ length: 120 }, (_, k) => `8.8.${k}.0/24`);
    const values = [{ name: "OfGov", properties: { region: "", addressPrefixes } }];
    writeFileSync(tags, JSON.stringify({ changeNumber: 1, cloud: "AzureGovernment", values }));
    expect(await live("tags", "update", "--cloud", "usgov", "--from", tags)).toMatchObject({ code: 0 });
    expect((await routesOfNic("--cloud", "usgov")).code).toBe(0);
    for (const again of [[], ["--refresh"]]) {
      const run = await live("whichroute", "--ip", "8.8.8.8", "-o", "json", ...again);
      expect(JSON.parse(run.stdout).serviceTagFile.cloud).toBe("AzureGovernment");
      expect(run.stderr.includes("fetched from the cloud usgov just now")).toBe(again.length === 0);
    }
    const named = await live("whichroute", "--ip", "8.8.8.8", "-o", "json", "--cloud", "public");
    expect(JSON.parse(named.stdout).serviceTagFile).toBeNull();
  });

  it("--refresh with a NIC is no error: its table is always fetched", async () => {
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    expect(await routesOfNic("--refresh")).toMatchObject({ code: 0, stderr: expect.not.stringContaining("--refresh") });
    expect((await live("routes", "--sample", "udr", "--refresh")).code).toBe(2);
  });

  it("--refresh reads the same NIC from Azure again", async () => {
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    await routesOfNic();
    const before = program.arm.seen.filter(({ operation }) => operation === "effectiveRouteTable").length;
    expect((await live("whichroute", "--ip", "8.8.8.8", "--refresh")).code).toBe(0);
    expect(program.arm.seen.filter(({ operation }) => operation === "effectiveRouteTable").length).toBe(before + 1);
  });

  it("--save writes every field of the response, and --file reads it back", async () => {
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    const saved = join(program.directory, "saved.json");
    expect((await routesOfNic("--save", saved)).code).toBe(0);
    expect(JSON.parse(readFileSync(saved, "utf8"))).toEqual(ROUTES);
    const run = await runBuilt(["routes", "--file", saved, "-o", "json"]);
    expect(JSON.parse(run.stdout).routes).toHaveLength(3);
  });

  it.each([
    ["a bare name is looked up", ["--nic", "VM-APP197"]],
    ["a resource id in any case", ["--nic", NIC_ID.toUpperCase()]],
    ["the VM's name", ["--vm", "vm-app"]],
    ["an address", ["--private-ip", "10.0.0.4"]],
  ])("finds the NIC by %s", async (_, args) => {
    program.arm.script("networkInterfaces", { body: { value: [NIC] } });
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    expect((await live("routes", ...args)).code).toBe(0);
  });

  it.each([
    ["a VM's id is recognised, and its NICs offered", ["--nic", VM_ID], [NIC], /names a VM, not a NIC[\s\S]*vm-app197/],
    [
      "several matches are listed and refused",
      ["--nic", "vm-app197"],
      [NIC, { ...NIC, id: NIC_ID.replace("rg-demo", "rg-other") }],
      /2 NICs are named[\s\S]*rg-demo[\s\S]*rg-other/,
    ],
  ])("%s", async (_, args, nics, message) => {
    program.arm.script("networkInterfaces", { body: { value: nics } });
    const run = await live("routes", ...args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(message);
  });

  it("an unknown name suggests near names", async () => {
    program.arm.script("networkInterfaces", { body: { value: [NIC] } });
    const run = await live("routes", "--nic", "vm-app179");
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(/did you mean: vm-app197/);
  });

  it("--verify prints Network Watcher's answer next to ours", async () => {
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    program.arm.script("networkInterface", { body: NIC });
    program.arm.script("networkWatchers", { body: WATCHER });
    program.arm.script("nextHop", {
      body: { nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.9.4", routeTableId: "/x/routeTables/rt" },
    });
    const agrees = await live("whichroute", "--ip", "8.8.8.8", "--nic", "vm-app197", "-g", "rg-demo", "--verify");
    expect(agrees).toMatchObject({ code: 0 });
    expect(agrees.stdout).toMatch(/verified +Network Watcher agrees: VirtualAppliance 10\.0\.9\.4/);
    program.arm.script("nextHop", { body: { nextHopType: "Internet", routeTableId: "System Route" } });
    const differs = await live("whichroute", "--ip", "8.8.8.8", "--verify", "-o", "json");
    expect(JSON.parse(differs.stdout).explanations[0].networkWatcher).toMatchObject({
      agrees: false,
      nextHopType: "Internet",
    });
  });

  describe("--wait-for", () => {
    const without = { value: ROUTES.value.slice(0, 2) };
    it.each([
      ["until the route comes", [without, without, ROUTES], ["--via", "10.0.9.4"], 0],
      ["until it goes", [ROUTES, ROUTES, without], ["--gone"], 0],
      ["an Invalid route is none", [without], ["--timeout", "2", "--interval", "30"], 3],
      ["nor is one by another next hop", [ROUTES], ["--via", "10.0.9.5", "--timeout", "2", "--interval", "30"], 3],
    ] as const)("%s", async (_, answers, args, code) => {
      program.arm.script("effectiveRouteTable", ...answers.map((body) => ({ body })));
      const run = await routesOfNic("--wait-for", "0.0.0.0/0", "--interval", "0.01", ...args);
      expect(run.code, run.stderr).toBe(code);
      expect(run.stdout === "").toBe(code !== 0);
    });

    it("caches and saves the table that it waited for", async () => {
      program.arm.script("effectiveRouteTable", { body: without }, { body: ROUTES });
      const saved = join(program.directory, "saved.json");
      const run = await routesOfNic("--wait-for", "0.0.0.0/0", "--interval", "0.01", "--save", saved);
      expect(run.code, run.stderr).toBe(0);
      expect(JSON.parse(readFileSync(saved, "utf8"))).toEqual(ROUTES);
      expect(run.stderr.match(/saved Azure/g)).toHaveLength(1);
      const next = await live("whichroute", "--ip", "8.8.8.8", "-o", "json");
      expect(JSON.parse(next.stdout).explanations[0].winner.name).toBe("to-nva");
    });

    it("--timeout ends a call that Azure does not answer, with the exit code of waiting", async () => {
      program.arm.script("effectiveRouteTable", { body: without }, { fault: "silence" });
      const run = await routesOfNic("--wait-for", "0.0.0.0/0", "--interval", "0.01", "--timeout", "2");
      expect(run).toMatchObject({ code: 3, stdout: "" });
      expect(run.stderr).toMatch(/0\.0\.0\.0\/0 has no active route after 2 s/);
    });

    const notRunning = armError("NicMustBeAttachedToRunningVmToGetEffectiveRoutes", "not running");
    it.each([
      ["a VM that is still starting", { status: 400, body: notRunning }],
      ["a VM that is not running yet, in other words", { status: 409, body: armError("VMNotRunning", "no") }],
      ["a resource that is busy", { status: 409, body: armError("Conflict", "no") }],
    ] satisfies [string, Reply][])("%s does not end the wait, on the first read or later", async (_, reply) => {
      program.arm.script("effectiveRouteTable", reply, { body: without }, reply, { body: ROUTES });
      const run = await routesOfNic("--wait-for", "0.0.0.0/0", "--interval", "0.01");
      expect(run.code, run.stderr).toBe(0);
      const polls = program.arm.seen.filter(({ operation }) => operation === "effectiveRouteTable");
      expect(polls).toHaveLength(4);
    });

    it("a permanent error ends the wait at once", async () => {
      program.arm.script("effectiveRouteTable", { status: 403 }, { body: ROUTES });
      expect((await routesOfNic("--wait-for", "0.0.0.0/0", "--interval", "0.01")).code).toBe(4);
    });

    it("refuses a file, since it polls Azure", async () => {
      const run = await live("routes", "--sample", "udr", "--wait-for", "0.0.0.0/0");
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(run.stderr).toMatch(/give --nic/);
    });
  });

  it("a subnet's endpoints name the global Storage row", async () => {
    program.arm.script("effectiveRouteTable", {
      body: { value: [row("20.1.0.0/22", "VirtualNetworkServiceEndpoint")] },
    });
    program.arm.script("networkInterface", { body: NIC });
    program.arm.script("subnet", {
      body: {
        id: SUBNET_ID,
        properties: {
          addressPrefix: "10.0.0.0/24",
          serviceEndpoints: [{ service: "Microsoft.Storage.Global", locations: ["*"] }],
        },
      },
    });
    const tags = {
      changeNumber: 1,
      cloud: "Public",
      values: [{ name: "Storage", properties: { region: "", addressPrefixes: ["20.1.0.0/22"] } }],
    };
    const saved = join(program.directory, "tags.json");
    writeFileSync(saved, JSON.stringify(tags));
    const run = await routesOfNic("--tags", saved, "-o", "json");
    expect(JSON.parse(run.stdout).routes[0].serviceEndpoint).toBe("Microsoft.Storage.Global");
    const later = await live("routes", "--tags", saved, "-o", "json");
    expect(JSON.parse(later.stdout).routes[0].serviceEndpoint).toBe("Microsoft.Storage.Global");
  });
});

describe("how packets to the Internet get out, live", () => {
  const nicWith = (publicIPAddress?: object): Reply => {
    const [first] = NIC.properties.ipConfigurations;
    const ipConfigurations = [{ ...first, properties: { ...first?.properties, publicIPAddress } }];
    return { body: { ...NIC, properties: { ...NIC.properties, ipConfigurations } } };
  };
  const subnetWith = (properties: object): Reply => ({ body: { id: SUBNET_ID, properties } });
  const unknown = /^Needs an outbound method/;

  for (const [rule, nic, subnet, says] of [
    [
      "a private subnet without any method",
      nicWith(),
      subnetWith({ defaultOutboundAccess: false }),
      /^No outbound method/,
    ],
    ["default outbound access", nicWith(), subnetWith({ defaultOutboundAccess: true }), /default outbound access/],
    ["a subnet from before there was a choice", nicWith(), subnetWith({}), /default outbound access/],
    [
      "a NAT gateway",
      nicWith(),
      subnetWith({ defaultOutboundAccess: false, natGateway: { id: "/x/nat1" } }),
      /NAT gateway nat1\.$/,
    ],
    [
      "a public address of the NIC",
      nicWith({ id: "/x/pip1" }),
      subnetWith({ defaultOutboundAccess: false }),
      /address pip1\.$/,
    ],
    ["a subnet that may not be read", nicWith(), { status: 403 }, unknown],
    ["a NIC that may not be read", { status: 403 }, subnetWith({ defaultOutboundAccess: false }), unknown],
  ] satisfies readonly [string, Reply, Reply, RegExp][]) {
    it(rule, async () => {
      program.arm.script("effectiveRouteTable", { body: { value: [row("0.0.0.0/0", "Internet")] } });
      program.arm.script("networkInterface", nic);
      program.arm.script("subnet", subnet);
      const notes = (stdout: string) =>
        JSON.parse(stdout).explanations[0].notes.filter(({ id }: { id: string }) => id === "outbound-access");
      const run = await live("whichroute", "--ip", "8.8.8.8", "--nic", "vm-app197", "-g", "rg-demo", "-o", "json");
      expect(run.code).toBe(0);
      expect(notes(run.stdout)).toEqual([expect.objectContaining({ text: expect.stringMatching(says) })]);
      const later = await live("whichroute", "--ip", "8.8.8.8", "-o", "json");
      expect(notes(later.stdout)).toEqual(notes(run.stdout));
    });
  }

  it("a route to the NIC's own address loops; without the NIC's addresses no note says so", async () => {
    const nextHopIpAddress = ["10.0.0.4"];
    const routes = [
      row("10.0.0.0/16", "VnetLocal"),
      row("0.0.0.0/0", "VirtualAppliance", { source: "User", nextHopIpAddress }),
    ];
    program.arm.script("effectiveRouteTable", { body: { value: routes } });
    program.arm.script("networkInterface", { status: 403 }, { body: NIC });
    const read = () => live("whichroute", "--ip", "8.8.8.8", "--nic", "vm-app197", "-g", "rg-demo", "-o", "json");
    expect((await read()).stdout).not.toMatch(/own address/);
    expect((await read()).stdout).toMatch(/own address/);
  });
});

describe("whatif, live", () => {
  it("takes the region from the NIC; --save saves the prediction, not Azure's response", async () => {
    const tags = join(program.directory, "tags.json");
    const value = (name: string, prefix: string) => ({ name, properties: { region: "", addressPrefixes: [prefix] } });
    const values = [
      value("Sql", "20.0.0.0/8"),
      value("Sql.WestEurope", "20.1.0.0/24"),
      value("Sql.EastUS", "20.2.0.0/24"),
    ];
    writeFileSync(tags, JSON.stringify({ changeNumber: 1, cloud: "Public", values }));
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    program.arm.script("networkInterface", { body: NIC });
    program.arm.script("subnet", { body: { id: SUBNET_ID, properties: { addressPrefix: "10.0.0.0/24" } } });
    const saved = join(program.directory, "predicted.json");
    const asked = ["--add-endpoint", "Microsoft.Sql", "--tags", tags, "-o", "json"];
    const run = await live("whatif", "--nic", "vm-app197", "-g", "rg-demo", ...asked, "--save", saved);
    expect(run).toMatchObject({ code: 0 });
    const report = JSON.parse(run.stdout);
    expect(report.changes).toEqual(["add-endpoint Microsoft.Sql in westeurope"]);
    expect(report.routes.at(-1)).toMatchObject({ addressPrefix: ["20.1.0.0/24"], serviceEndpoint: "Microsoft.Sql" });
    expect(JSON.parse(readFileSync(saved, "utf8")).value).toHaveLength(4);
    const onward = await live("whatif", "--add-endpoint", "Microsoft.Sql", "--tags", tags, "-o", "json");
    expect(JSON.parse(onward.stdout)).toMatchObject({ changes: report.changes, routeTable: { kind: "cache" } });
  });
});

interface Fault {
  readonly name: string;
  readonly replies: readonly Reply[];
  readonly results?: readonly Reply[];
  readonly code: number;
  readonly says: RegExp;
  readonly args?: readonly string[];
}

const FAULTS: readonly Fault[] = [
  {
    name: "the VM is not running",
    replies: [
      {
        status: 400,
        body: armError("NicMustBeAttachedToRunningVmToGetEffectiveRoutes", "not attached to a running virtual machine"),
      },
    ],
    code: 1,
    says: /running/,
  },
  {
    name: "the token is refused",
    replies: [
      {
        status: 401,
        body: armError(
          "ExpiredAuthenticationToken",
          "The access token expiry UTC time is earlier than current UTC time",
        ),
      },
    ],
    code: 4,
    says: /expired|token/i,
  },
  {
    name: "the role lacks the action",
    replies: [
      {
        status: 403,
        body: armError("AuthorizationFailed", "The client does not have authorization to perform action"),
      },
    ],
    code: 4,
    says: /Microsoft\.Network\/networkInterfaces\/effectiveRouteTable\/action/,
  },
  {
    name: "the resource group is not there",
    replies: [{ status: 404, body: armError("ResourceGroupNotFound", "Resource group 'rg-demo' could not be found.") }],
    code: 1,
    says: /rg-demo|resource group/i,
  },
  {
    name: "another operation is in progress",
    replies: [{ status: 409, body: armError("AnotherOperationInProgress", "Another operation is in progress") }],
    code: 1,
    says: /./,
  },
  {
    name: "throttled without end",
    replies: [{ status: 429, headers: { "retry-after": "0" }, body: armError("TooManyRequests", "slow down") }],
    code: 1,
    says: /./,
  },
  {
    name: "an answer that is cut in the middle",
    replies: [{ body: ROUTES, fault: "reset-mid-body" }],
    code: 1,
    says: /./,
  },
  {
    name: "an answer that is no JSON",
    replies: [{ body: "<html>proxy</html>", headers: { "content-type": "text/html" } }],
    code: 1,
    says: /./,
  },
  { name: "a 200 without a list", replies: [{ body: {} }], code: 1, says: /no list of routes/ },
  {
    name: "one page of several",
    replies: [{ body: { ...ROUTES, nextLink: "https://management.azure.com/next" } }],
    code: 1,
    says: /page/,
  },
  {
    name: "a poll that leads to another host",
    replies: [{ status: 202, headers: { location: "http://127.0.0.2:9/operationResults/1" }, body: "null" }],
    code: 1,
    says: /./,
  },
  {
    name: "no answer at all",
    replies: [{ fault: "silence" }],
    args: ["--timeout", "1"],
    code: 1,
    says: /timed out after 1 s/,
  },
];

describe("every fault has its exit code, its message and nothing on stdout; the token is never shown", () => {
  it.each(FAULTS)("$name", async ({ replies, results, code, says, args = [] }) => {
    program.arm.script("effectiveRouteTable", ...replies);
    if (results !== undefined) program.arm.script("operationResults", ...results);
    const run = await routesOfNic("--debug", ...(args.includes("--timeout") ? args : ["--timeout", "8"]));
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: "" });
    expect(run.stderr).toMatch(says);
    expect(run.stderr).toMatch(/^error: .{1,92}\n/m);
    expect(run.stderr).not.toContain(TOKEN);
    expect(run.stderr).not.toContain(SUBSCRIPTION);
  });

  it("-v prints which credential was used, even if Azure then refuses it", async () => {
    program.arm.script("serviceTags", { status: 403, body: armError("AuthorizationFailed", "no") });
    const run = await live("tags", "update", "--from", "arm", "-v");
    expect(run).toMatchObject({ code: 4, stdout: "" });
    expect(run.stderr).toMatch(/^signed in with: token$/m);
  });

  it("not signed in: says why each credential failed", async () => {
    const run = await runBuilt(
      [
        "routes",
        "--nic",
        "vm-app197",
        "-g",
        "rg-demo",
        "--subscription",
        SUBSCRIPTION,
        "--arm-endpoint",
        program.arm.url,
      ],
      {
        env: { PATH: program.directory, AZURE_CONFIG_DIR: program.directory, VNET_EXPLAIN_CACHE: program.directory },
      },
    );
    expect(run).toMatchObject({ code: 4, stdout: "" });
    expect(run.stderr).toMatch(/not signed in[\s\S]*env:[\s\S]*cli:[\s\S]*az login/);
  });

  it.skipIf(process.platform === "win32")("uses az's token, and ends even if az is still running", async () => {
    const { arm, directory } = program;
    const gate = join(directory, "gate");
    execFileSync("mkfifo", [gate]);
    const answer = `{"accessToken": "${TOKEN}", "expires_on": 4102444800}`;
    writeFileSync(join(directory, "az"), `#!/bin/sh\necho '${answer}'; read line < ${gate}\n`, { mode: 0o755 });
    arm.script("effectiveRouteTable", { body: ROUTES });
    const target = ["--nic", "vm-app197", "-g", "rg-demo", "--subscription", SUBSCRIPTION, "--arm-endpoint", arm.url];
    const env = {
      PATH: `${directory}:/bin`,
      AZURE_CONFIG_DIR: directory,
      VNET_EXPLAIN_CACHE: join(directory, "cache"),
    };
    expect(await runBuilt(["routes", ...target, "-v"], { env })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/to-nva/),
      stderr: expect.stringMatching(/^signed in with: cli$/m),
    });
    writeFileSync(gate, "go\n"); // az still waits for it
  });

  it("the hint shows the exact command to set a token", async () => {
    const run = await runBuilt(["routes", "--nic", NIC_ID, "--auth", "token"]);
    expect(run.stderr).toMatch(/set it to the output of: az account get-access-token --query accessToken -o tsv$/m);
  });

  it("without any fetched table", async () => {
    const run = await live("whichroute", "--ip", "8.8.8.8");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/no route table given/);
  });

  it.each([
    ["--save", ["--save", "x.json"], /--save works only with a NIC/],
    ["-g", ["-g", "rg-demo"], /-g works only with a NIC or VM/],
  ])("%s without a NIC is an error, even if a table was fetched before", async (_, args, says) => {
    program.arm.script("effectiveRouteTable", { body: ROUTES });
    await routesOfNic();
    const run = await live("routes", ...args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(says);
  });

  it("--verify of a file is refused", async () => {
    const run = await live("whichroute", "--ip", "8.8.8.8", "--sample", "udr", "--verify");
    expect(run).toMatchObject({ code: 2, stdout: "" });
  });

  describe("through a proxy", () => {
    let connected: Socket[] = [];
    const proxies: Server[] = [];
    /** A proxy that answers every request with this text, or not at all. */
    const proxy = async (says: string | null): Promise<string> => {
      const server = createServer().on("connect", (_, socket: Socket) => {
        connected.push(socket);
        if (says !== null) socket.end(`HTTP/1.1 ${says}\r\nContent-Length: 0\r\n\r\n`);
      });
      proxies.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    afterEach(() => {
      for (const socket of connected) socket.destroy();
      for (const server of proxies) server.close();
      connected = [];
    });
    const through = (HTTPS_PROXY: string, ...args: string[]) =>
      runBuilt(args, {
        killAfter: 15_000,
        env: {
          AZURE_ACCESS_TOKEN: TOKEN,
          AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
          VNET_EXPLAIN_CACHE: program.directory,
          HTTPS_PROXY,
        },
      });
    const routes = ["routes", "--nic", "vm-app197", "-g", "rg-demo", "--timeout", "1"];

    it.each([
      ["the routes", routes, /timed out after 1 s/],
      ["the tags", ["tags", "update", "--timeout", "1"], /no complete answer within 1 s/],
    ])("one that never answers does not block the program: %s", async (_, args, says) => {
      const run = await through(await proxy(null), ...args);
      expect(run).toMatchObject({ code: 1, stdout: "" });
      expect(run.stderr).toMatch(says);
    });

    it.each([
      [
        "does not listen",
        "http://user:hush-hush@127.0.0.1:9",
        /^error: cannot reach management\.azure\.com through the proxy 127\.0\.0\.1:9: no connection\n +check HTTPS_PROXY/,
      ],
      ["is no address", "http://[", /HTTPS_PROXY is not an address\n +write it like/],
    ])("the error names a proxy that %s, without its password", async (_, address, told) => {
      const run = await through(address, ...routes);
      expect(run).toMatchObject({ code: 1, stdout: "" });
      expect(run.stderr).toMatch(told);
      expect(run.stderr).not.toContain("hush");
    });

    it.each([
      ["403 Forbidden", /^error: .* a proxy answered in Azure's place \(HTTP 403\)[\s\S]*allow management\.azure\.com/],
      ["407 Proxy Authentication Required", /^error: the proxy requires a sign-in/],
    ])("a proxy's %s is not mistaken for Azure's response", async (says, told) => {
      const run = await through(await proxy(says), ...routes);
      expect(run).toMatchObject({ code: 1, stdout: "" });
      expect(run.stderr).toMatch(told);
    });
  });

  it("Ctrl-C ends at once with 130", async () => {
    program.arm.script("effectiveRouteTable", accepted);
    program.arm.script("operationResults", { status: 202, headers: { "retry-after": "60" }, body: "null" });
    const run = await runBuilt(
      ["routes", "--nic", "vm-app197", "-g", "rg-demo", "-v", "--arm-endpoint", program.arm.url],
      {
        env: { AZURE_ACCESS_TOKEN: TOKEN, AZURE_SUBSCRIPTION_ID: SUBSCRIPTION, VNET_EXPLAIN_CACHE: program.directory },
        interrupt: program.arm.asked("operationResults"),
      },
    );
    expect(run).toMatchObject({ code: 130, stdout: "" });
  });
});
