import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeSnapshot } from "../../store/snapshot/snapshot-files.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { run } from "../run-in-process.ts";
import { body, exportFolder } from "../snapshot-fixture.ts";

const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft";
const networkId = (name: string) => `${GROUP}.Network/virtualNetworks/${name}`;
const nicId = (name: string) => `${GROUP}.Network/networkInterfaces/${name}`;

const network = (name: string, prefix: string, peers: Readonly<Record<string, string>>) => ({
  id: networkId(name),
  name,
  type: "Microsoft.Network/virtualNetworks",
  location: "westeurope",
  properties: {
    addressSpace: { addressPrefixes: [prefix] },
    subnets: [{ id: `${networkId(name)}/subnets/app`, name: "app", properties: { addressPrefix: prefix } }],
    virtualNetworkPeerings: Object.entries(peers).map(([remote, space]) => ({
      id: `${networkId(name)}/virtualNetworkPeerings/to-${remote}`,
      name: `to-${remote}`,
      properties: {
        peeringState: "Connected",
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: true,
        allowGatewayTransit: false,
        useRemoteGateways: false,
        remoteVirtualNetwork: { id: networkId(remote) },
        remoteAddressSpace: { addressPrefixes: [space] },
      },
    })),
  },
});

const nic = (name: string, in_: string, address: string, enableIPForwarding = false) => ({
  id: nicId(name),
  name,
  type: "Microsoft.Network/networkInterfaces",
  location: "westeurope",
  properties: {
    enableIPForwarding,
    ipConfigurations: [
      {
        id: `${nicId(name)}/ipConfigurations/ip`,
        name: "ip",
        properties: { primary: true, privateIPAddress: address, subnet: { id: `${networkId(in_)}/subnets/app` } },
      },
    ],
  },
});

const RESOURCES = [
  network("hub", "10.0.0.0/16", { spoke1: "10.1.0.0/16", spoke2: "10.2.0.0/16" }),
  network("spoke1", "10.1.0.0/16", { hub: "10.0.0.0/16" }),
  network("spoke2", "10.2.0.0/16", { hub: "10.0.0.0/16" }),
  nic("web-nic", "spoke1", "10.1.0.4"),
  nic("nva-nic", "hub", "10.0.1.4", true),
  nic("db-nic", "spoke2", "10.2.0.4"),
];

const TABLES = {
  "web-nic": body("10.1.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva"),
  "nva-nic": body("10.0.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering", "10.2.0.0/16 VNetPeering", "0.0.0.0/0 Internet"),
  "db-nic": body("10.2.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", "0.0.0.0/0 Internet"),
};

const scratch = temporaryDirectory();
const snapshot = join(scratch, "prod");
mkdirSync(snapshot, { recursive: true });
writeSnapshot(snapshot, {
  resources: RESOURCES,
  nics: Object.entries(TABLES).map(([name, text]) => ({ nicId: nicId(name), body: text })),
});
const exports = exportFolder(join(scratch, "exports"), {
  "web.json": TABLES["web-nic"],
  "nva.json": TABLES["nva-nic"],
  "routes-vpn.json": JSON.stringify({
    value: [
      {
        localAddress: "10.0.0.4",
        network: "172.16.0.0/16",
        nextHop: "172.16.0.4",
        sourcePeer: "172.16.0.4",
        origin: "EBgp",
        asPath: "65001",
        weight: 32768,
      },
    ],
  }),
});
const map = join(scratch, "map.csv");
writeFileSync(map, "address,name,kind\n10.1.0.4,web,\n10.0.1.4,nva,\n10.2.0.4,db,\n10.0.0.4,vpn,vpn-gateway\n");

const env = { LANG: "C.UTF-8" };
const trace = (...args: readonly string[]) => run(["trace", ...args], { env });
const there = [snapshot, "--from", "nic:web-nic", "--to", "10.2.0.4"];

describe("trace", () => {
  it("answers first, then shows each hop with its route and its rule, and what is assumed", async () => {
    const { out, code } = await trace(...there);
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "10.1.0.4 → 10.2.0.4  delivered to db-nic in spoke2 (assumed)",
      "",
      "    HOP               ROUTE                       WHY",
      "  1 web-nic (spoke1)  0.0.0.0/0 Appliance to-nva  10.0.1.4 is nva-nic in hub (next-hop-owner, inferred)",
      "  2 nva-nic (hub)     10.2.0.0/16 Peering         db-nic in spoke2 has 10.2.0.4 (vnet-host, assumed)",
      "  3 db-nic (spoke2)                               delivered to db-nic in spoke2 (vnet-host, inferred)",
      "",
      "  assumed  nva-nic forwards it: its filters, NAT and tunnels are unknown",
      "",
      `  data  ${snapshot}, taken 2026-11-29T10:00:00Z`,
      "",
    ]);
  });

  it("shows with -v each rule with its status, and says once that an appliance is assumed to forward", async () => {
    const { out } = await trace(...there, "-v");
    const [inside] = out.match(/appliance-inside \(.*?; https/s) ?? [""];
    expect(inside.replace(/\s+/g, " ")).toBe(
      "appliance-inside (assumed): the appliance forwards, and the packet leaves by nva-nic again; https",
    );
  });

  it("traces the reply with --return, and compares the stateful hops", async () => {
    const { out } = await trace(...there, "--return");
    expect(out).toContain("10.2.0.4 → 10.1.0.4  NOT DELIVERED: ");
    expect(out).toMatch(/not symmetric {2}the reply does not arrive/);
    const { out: json } = await trace(...there, "--return", "-o", "json");
    const report = JSON.parse(json);
    expect([report.symmetric, report.return.disposition]).toEqual([false, "dropped"]);
  });

  it("says in one line with -o short where the packet goes", async () => {
    const { out } = await trace(...there, "-o", "short");
    expect(out).toBe("10.1.0.4 → 10.2.0.4  delivered to db-nic in spoke2 (assumed)  by web-nic, nva-nic, db-nic\n");
  });

  it("says once that a subnet without IPv6 sends none", async () => {
    const { out } = await trace(snapshot, "--from", "nic:web-nic", "--to", "2001:db8::1", "-o", "short");
    expect(out).toMatch(/^10\.1\.0\.4 → 2001:db8::1 {2}NOT SENT: no row is IPv6/);
  });

  it("has a row for each hop in csv, with the reply's after those of the packet", async () => {
    const { out } = await trace(
      ...there,
      "--return",
      "-o",
      "csv",
      "--columns",
      "direction,hop,name,rule,next,disposition",
    );
    expect(out.trimEnd().split("\r\n")).toEqual([
      "direction,hop,name,rule,next,disposition",
      "there,1,web-nic,next-hop-owner,2,",
      "there,2,nva-nic,appliance-inside,3,",
      "there,3,db-nic,vnet-host,,delivered",
      "back,1,db-nic,hop-own-table,,dropped",
    ]);
  });

  it("draws a flowchart and a graph", async () => {
    const { out } = await trace(...there, "--return", "-o", "mermaid");
    expect(out.split("\n").slice(0, 4)).toEqual([
      "flowchart LR",
      '  subgraph there["10.1.0.4 to 10.2.0.4: delivered to db-nic in spoke2"]',
      '    there1["web-nic<br/>0.0.0.0/0"]',
      '    there2["nva-nic<br/>10.2.0.0/16"]',
    ]);
    expect(out).toContain("    there1 -->|next-hop-owner| there2\n");
    expect(out).toContain('(["dropped"])');
    const { out: graph } = await trace(...there, "-o", "dot");
    expect(graph).toMatch(/^digraph trace \{[\s\S]*there1 -> there2 \[label="next-hop-owner"\];[\s\S]*\}\n$/);
  });

  it.each([
    { expect: ["delivered", "via=nva-nic"], code: 0, err: "" },
    { expect: ["dropped"], code: 3, err: "expected: dropped; actual: delivered" },
    { expect: ["via=10.9.9.9"], code: 3, err: "via 10.9.9.9 on every branch" },
    { expect: ["symmetric"], code: 3, err: "the reply does not arrive" },
    { expect: ["deliverd"], code: 2, err: "did you mean delivered" },
  ])("--expect $expect exits $code", async ({ expect: words, code, err }) => {
    const answer = await trace(...there, "--expect", ...words);
    expect(answer.code).toBe(code);
    expect(answer.err).toContain(err);
  });

  it.each([
    { args: [snapshot, "--to", "10.2.0.4"], err: "--from is missing" },
    { args: [snapshot], err: "--from and --to are missing" },
    { args: [snapshot, "--from", "nic:web-nik", "--to", "10.2.0.4"], err: "did you mean web-nic" },
    { args: [snapshot, "--from", "nic:web-nic", "--to", "10.2.0"], err: "not a whole IPv4 address" },
    { args: [...there, "--port", "70000"], err: "1 to 65535" },
    { args: [...there, "--protocol", "sctp"], err: "tcp, udp, icmp" },
    { args: [...there, "--protocol", "icmp", "--port", "443"], err: "icmp has no ports" },
    { args: [...there, "--addresses", join(scratch, "nothing.csv")], err: "no such file" },
    { args: [...there, exports], err: "two directories" },
    { args: ["10.1.2.3", ...there.slice(1)], err: "10.1.2.3" },
  ])("$args is refused: $err", async ({ args, err }) => {
    const answer = await trace(...args);
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toContain(err);
  });

  it.each([80, 40])("fits %i columns", async (columns) => {
    const { out } = await run(["trace", ...there, "--return"], { env, tty: true, columns });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this removes colours
    const lines = out.replace(/\u001b\[\d+m/g, "").split("\n");
    for (const line of lines.filter((each) => !each.includes(snapshot)))
      expect(line.length).toBeLessThanOrEqual(columns);
  });
});

describe("trace in a snapshot directory with routes of gateways beside", () => {
  it("reads them from the folders named after the gateways, and names the files that it does not read", async () => {
    const directory = join(scratch, "with-gateway");
    mkdirSync(join(directory, "gateways"), { recursive: true });
    const gateway = `${GROUP}.Network/virtualNetworkGateways/vpngw`;
    writeSnapshot(directory, {
      resources: [
        ...RESOURCES,
        {
          id: gateway,
          name: "vpngw",
          type: "Microsoft.Network/virtualNetworkGateways",
          properties: {
            gatewayType: "Vpn",
            ipConfigurations: [{ properties: { subnet: { id: `${networkId("hub")}/subnets/app` } } }],
            bgpSettings: { asn: 65515, bgpPeeringAddresses: [{ defaultBgpIpAddresses: ["10.0.0.4"] }] },
          },
        },
      ],
      nics: [
        {
          nicId: nicId("nva-nic"),
          body: body("10.0.0.0/16 VnetLocal", "172.16.0.0/16 VirtualNetworkGateway 10.0.0.4"),
        },
      ],
    });
    const route = {
      localAddress: "10.0.0.4",
      network: "172.16.0.0/16",
      nextHop: "172.16.0.4",
      sourcePeer: "172.16.0.4",
    };
    const args = [directory, "--from", "nic:nva-nic", "--to", "172.16.1.1", "-o", "short"];
    expect((await trace(...args)).out).toContain("unknown: the learned routes of vpngw are missing");
    const value = [{ ...route, origin: "EBgp", asPath: "65001", weight: 32768 }];
    writeFileSync(join(directory, "gateways", "vpngw.json"), JSON.stringify({ value }));
    writeFileSync(join(directory, "gateways", "notes.txt"), "nothing");
    const { out, err } = await trace(...args);
    expect(out).toContain("leaves by vpngw to BGP peer 172.16.0.4 AS 65001");
    expect(err).toMatch(/not read: .*notes\.txt/);
  });
});

describe("trace in a folder of exports", () => {
  const from = ["--from", "web", "--to", "10.2.0.4"];

  it("names next hops by --addresses, and says that it has no inventory", async () => {
    const { out } = await trace(exports, "--addresses", map, ...from, "-o", "short");
    expect(out).toContain("delivered to db (assumed)  by web, nva, db");
    const inside = join(exports, "map.csv");
    writeFileSync(inside, readFileSync(map));
    const { out: text, err } = await trace(exports, "--addresses", inside, ...from);
    rmSync(inside);
    expect(text).toContain("route tables only");
    expect(err).not.toContain("not a route table");
  });

  it("without an address map the next hop is unknown, not dropped, and a note says what to do", async () => {
    const { out, err } = await trace(exports, ...from, "-o", "short");
    expect(out).toMatch(/^web → 10\.2\.0\.4 {2}unknown: /);
    expect(err).toContain("--addresses");
  });

  it("an export of learned routes belongs to the gateway with its name", async () => {
    const { out } = await trace(
      exports,
      "--addresses",
      map,
      "--from",
      "gateway:vpn",
      "--to",
      "172.16.1.1",
      "-o",
      "short",
    );
    expect(out).toContain("leaves by vpn to BGP peer 172.16.0.4 AS 65001");
  });

  it("lists of networks, NICs, firewalls, hubs and connections in the folder make up its inventory", async () => {
    const wan = (type: string, name: string) => `${GROUP}.Network/${type}/${name}`;
    const hubId = wan("virtualHubs", "hub1");
    const connection = (of: string) => ({
      id: `${hubId}/hubVirtualNetworkConnections/${of}`,
      name: of,
      remoteVirtualNetwork: { id: networkId(of) },
    });
    const files = {
      "networks.json": [network("spoke1", "10.1.0.0/16", {}), network("spoke2", "10.2.0.0/16", {})],
      "nics.json": [nic("web-nic", "spoke1", "10.1.0.4"), nic("db-nic", "spoke2", "10.2.0.4")],
      "hubs.json": [
        { id: hubId, name: "hub1", addressPrefix: "10.100.0.0/23", virtualWan: { id: wan("virtualWans", "w") } },
      ],
      "connections.json": [connection("spoke1"), connection("spoke2")],
      "firewalls.json": [
        {
          id: wan("azureFirewalls", "fw1"),
          name: "fw1",
          virtualHub: { id: hubId },
          hubIPAddresses: { privateIPAddress: "10.100.0.132" },
        },
      ],
    };
    const table = body(
      "10.1.0.0/16 VnetLocal",
      "10.100.0.0/23 VNetPeering",
      "10.0.0.0/8 VirtualNetworkGateway 10.100.0.132",
    );
    const folder = exportFolder(join(scratch, "with-resources"), { "web-nic.json": table });
    for (const [name, list] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(list));
    const { out, err } = await trace(folder, "--from", "web-nic", "--to", "10.2.0.4", "-o", "short");
    expect(err).toBe("");
    expect(out).toContain("delivered to db-nic in spoke2 (assumed)  by web-nic, fw1, db-nic");
    expect(err).toBe("");
  });
});
