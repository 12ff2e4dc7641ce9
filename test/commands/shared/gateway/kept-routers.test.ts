import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../../../built-program.ts";
import { run } from "../../run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const id = (type: string, name: string) =>
  `/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Network/${type}/${name}`;
const GATEWAY = id("virtualNetworkGateways", "gw1");
const row = (network: string, nextHop: string) => ({
  ...{ asPath: "65000", localAddress: "10.9.0.4", network, nextHop, origin: "EBgp", sourcePeer: nextHop, weight: 1 },
});
const NIC = {
  value: [
    {
      ...{ source: "Default", state: "Active", addressPrefix: ["10.0.0.0/8"], nextHopType: "VnetLocal" },
      nextHopIpAddress: [],
    },
  ],
};
const RESOURCES = [
  { id: id("virtualNetworks", "hub"), name: "hub", type: "Microsoft.Network/virtualNetworks", properties: {} },
  {
    ...{ id: GATEWAY, name: "gw1", type: "Microsoft.Network/virtualNetworkGateways" },
    properties: {
      gatewayType: "Vpn",
      ipConfigurations: [{ properties: { subnet: { id: `${id("virtualNetworks", "hub")}/subnets/GatewaySubnet` } } }],
    },
  },
  {
    ...{ id: id("networkInterfaces", "nva1"), name: "nva1", type: "Microsoft.Network/networkInterfaces" },
    properties: {
      ipConfigurations: [
        {
          properties: {
            privateIPAddress: "10.9.1.4",
            subnet: { id: `${id("virtualNetworks", "hub")}/subnets/nva` },
          },
        },
      ],
    },
  },
  {
    ...{ id: id("localNetworkGateways", "office"), name: "office", type: "Microsoft.Network/localNetworkGateways" },
    properties: { bgpSettings: { asn: 65000, bgpPeeringAddress: "192.168.0.254" } },
  },
  {
    ...{ id: id("connections", "c1"), name: "c1", type: "Microsoft.Network/connections" },
    properties: {
      connectionType: "IPsec",
      virtualNetworkGateway1: { id: GATEWAY },
      localNetworkGateway2: { id: id("localNetworkGateways", "office") },
    },
  },
];
const folder = join(scratch.path, "exports");

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  const head = { kind: "gateway-learned", routerId: GATEWAY, scope: null, fetchedAt: "2026-11-01T00:00:00Z" };
  const rows = [row("10.1.0.0/16", "192.168.0.254"), row("10.2.0.0/16", "10.9.1.4"), row("10.3.0.0/16", "10.77.0.1")];
  const files = {
    "web01.json": NIC,
    "inventory.json": RESOURCES,
    "gw1.json": { gatewayTable: head, value: rows },
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  writeFileSync(join(scratch.path, "map.csv"), "address,name\n10.77.0.1,partner\n");
});

it("routes DIR --gateway NAME shows the kept table, with names where the inventory knows them", async () => {
  const { code, out, err } = await run(["routes", folder, "--gateway", "GW1", "-o", "short"]);
  expect([code, err]).toEqual([0, expect.not.stringContaining("error")]);
  expect(out.split("\n")).toEqual([
    "10.1.0.0/16  192.168.0.254 (office)  EBgp  65000",
    "10.2.0.0/16  10.9.1.4 (nva1)  EBgp  65000",
    "10.3.0.0/16  10.77.0.1  EBgp  65000",
    "",
  ]);
});

it("--addresses names what the inventory does not", async () => {
  const map = join(scratch.path, "map.csv");
  const { out } = await run(["routes", folder, "--gateway", GATEWAY, "--addresses", map, "-o", "short"]);
  expect(out).toContain("10.77.0.1 (partner)");
});

it.each([
  ["a directory as a word", ["10.1.2.3", folder]],
  ["--snapshot", ["10.1.2.3", "--snapshot", folder]],
  ["its group", ["10.1.2.3", folder, "-g", "RG"]],
])("whichroute answers by the kept table: %s", async (_, args) => {
  const { code, out } = await run(["whichroute", ...args, "--gateway", "gw1", "-o", "short"]);
  expect([code, out]).toEqual([0, "10.1.2.3  192.168.0.254 (office) by 10.1.0.0/16, EBgp, AS path 65000 (inferred)\n"]);
});

it("--expect takes the name of a next hop", async () => {
  const ask = (via: string) =>
    run(["whichroute", "10.1.2.3", folder, "--gateway", "gw1", "--expect", via, "-o", "none"]);
  expect((await ask("via=Office")).code).toBe(0);
  expect((await ask("via=192.168.0.254")).code).toBe(0);
  const { code, err } = await ask("via=nva1");
  expect([code, err]).toEqual([3, expect.stringContaining("expected via nva1, got 192.168.0.254")]);
});

describe("diff", () => {
  const later = join(scratch.path, "later");
  const saved = join(scratch.path, "saved.json");
  beforeAll(() => {
    cpSync(folder, later, { recursive: true });
    const { gatewayTable, value } = JSON.parse(readFileSync(join(later, "gw1.json"), "utf8"));
    const moved = JSON.stringify({ gatewayTable, value: [row("10.1.0.0/16", "10.9.1.4"), ...value.slice(1)] });
    writeFileSync(join(later, "gw1.json"), moved);
    writeFileSync(saved, moved);
  });

  it.each([
    ["of two snapshots", () => [folder, later]],
    ["of a snapshot and a file", () => [folder, saved]],
  ])("%s compares the tables of the router that an option names", async (_, words) => {
    const { code, out } = await run(["diff", ...words(), "--gateway", "GW1", "--exit-code", "-o", "short"]);
    expect([code, out]).toEqual([
      3,
      expect.stringMatching(
        /^10\.1\.0\.0\/16 {2}moved {2}192\.168\.0\.254 \(AS 65000\) (→|->) 10\.9\.1\.4 \(AS 65000\)\n$/,
      ),
    ]);
  });

  it("of whole snapshots says which tables of routers differ", async () => {
    const { code, err } = await run(["diff", folder, later, "--exit-code"]);
    expect([code, err.replace(/\s+/g, " ")]).toEqual([
      0,
      expect.stringContaining("not compared here, but different: gateway gw1, learned routes; --gateway, --hub,"),
    ]);
    expect((await run(["diff", folder, folder])).err).not.toContain("not compared here");
  });

  it("takes such an option only beside a directory", async () => {
    const { code, err } = await run(["diff", saved, saved, "--gateway", "gw1"]);
    expect([code, err]).toEqual([2, expect.stringContaining("choose a table of a snapshot here")]);
  });
});

it("takes destinations from stdin", async () => {
  const { code, out } = await run(["whichroute", "-", folder, "--gateway", "gw1", "-o", "tsv"], {
    stdin: "10.2.0.1\n",
  });
  expect(code).toBe(0);
  expect(out).toMatch(/^10\.2\.0\.1\tforward\t10\.9\.1\.4\tnva1\t/);
});

it("routes DIR says which tables of routers it keeps", async () => {
  expect((await run(["routes", folder])).err.replace(/\s+/g, " ")).toContain(
    "it also keeps gateway gw1 (learned routes); --gateway, --hub",
  );
});

it.each<[string, readonly string[], string, string]>([
  ["another gateway", ["--gateway", "gw2"], "does not keep this table of --gateway gw2", "it keeps: gateway gw1"],
  ["peers", ["--gateway", "gw1", "--peers"], "does not keep this table of --gateway gw1", "it keeps: gateway gw1"],
  ["another group", ["--gateway", "gw1", "-g", "other"], "does not keep this table", "it keeps: gateway gw1"],
  ["another kind", ["--hub", "gw1"], "does not keep this table of --hub gw1", "it keeps: gateway gw1"],
  ["a folder as what it is", ["--gateway", "gw2"], "the folder does not keep this table", "it keeps: gateway gw1"],
])("refuses %s", async (_, args, message, hint) => {
  const { code, out, err } = await run(["routes", folder, ...args], { columns: 100 });
  expect([code, out]).toEqual([2, ""]);
  expect(err.replace(/\s+/g, " ")).toContain(message);
  expect(err.replace(/\s+/g, " ")).toContain(hint);
});

it("a file beside --gateway is two tables", async () => {
  const { code, err } = await run(["routes", join(folder, "web01.json"), "--gateway", "gw1"]);
  expect(code).toBe(2);
  expect(err).toContain("two route tables given");
  expect((await run(["routes", "-f", join(folder, "web01.json"), "--gateway", "gw1"])).err).toContain(
    "two route tables given",
  );
});

describe("a folder with the tables of routers alone", () => {
  const exports = join(scratch.path, "routers");
  const circuit = (path: string, nextHop: string) =>
    `# az network express-route list-route-tables -g rg --name er1 --peering-name AzurePrivatePeering --path ${path}\n` +
    JSON.stringify({ value: [{ locPrf: "100", network: "10.7.0.0/16", nextHop, path: "65515 I", weight: 0 }] });
  const peers = { ...{ asn: 65000, neighbor: "10.9.0.9", state: "Connected" }, localAddress: "10.9.0.4" };

  beforeAll(() => {
    mkdirSync(exports);
    writeFileSync(join(exports, "04-circuit-primary.txt"), circuit("primary", "10.7.0.4*"));
    writeFileSync(join(exports, "05-circuit-secondary.txt"), circuit("secondary", "10.7.0.5*"));
    const command = "# az network vnet-gateway list-bgp-peer-status -g rg -n gw9\n";
    writeFileSync(join(exports, "09-peers.txt"), `${command}${JSON.stringify({ value: [peers] })}`);
  });

  it.each<[string, readonly string[], string]>([
    ["by the name in its command", ["--circuit", "er1"], "10.7.0.4"],
    ["by name and path", ["--circuit", "ER1", "--path", "secondary"], "10.7.0.5"],
    ["by the name and path in one", ["--circuit", "er1 primary"], "10.7.0.4"],
    ["by the name of its file", ["--circuit", "circuit-secondary", "--path", "secondary"], "10.7.0.5"],
    ["with peers", ["--gateway", "gw9", "--peers"], "10.9.0.9"],
  ])("has a table: %s", async (_, args, expected) => {
    const { code, out } = await run(["routes", exports, ...args]);
    expect([code, out]).toEqual([0, expect.stringContaining(expected)]);
  });

  it("is refused where a NIC's table is needed, with the options that choose a router's", async () => {
    const { code, err } = await run(["routes", exports]);
    expect([code, err]).toEqual([2, expect.stringContaining("--circuit NAME")]);
  });

  it("says which files have a table twice", async () => {
    const twice = join(scratch.path, "twice");
    cpSync(exports, twice, { recursive: true });
    writeFileSync(join(twice, "06-again.txt"), circuit("primary", "10.7.0.6*"));
    const { code, err } = await run(["routes", twice, "--circuit", "er1"], { columns: 400 });
    expect(code).toBe(2);
    expect(err).toMatch(/the folder keeps several such tables of er1\n.*04-circuit-primary\.txt or .*06-again\.txt/);
  });
});
