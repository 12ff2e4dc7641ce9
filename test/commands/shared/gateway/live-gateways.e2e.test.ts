import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SUBSCRIPTION } from "../../../azure/live.ts";
import { liveProgram } from "../../live-program.ts";

const live = liveProgram();

const row = (network: string, nextHop: string, localAddress = "10.9.0.4") => ({
  ...{ asPath: "65000", localAddress, network, nextHop, origin: "EBgp", sourcePeer: nextHop, weight: 32768 },
});
const ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Network/virtualNetworkGateways/gw1`;
const HUB = {
  addressPrefixes: ["10.0.0.0/8"],
  nextHopType: "Azure Firewall",
  nextHops: ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/azureFirewalls/fw1"],
  routeOrigin: "",
};

describe("tables of routers in Azure", () => {
  it("are printed, saved, read back and compared", async () => {
    live.arm.script("resources", { body: { value: [{ id: ID }] } });
    live.arm.script("gatewayRoutes", { body: { value: [row("10.1.0.0/16", "10.8.0.4")] } });
    const saved = join(live.directory, "gw1.json");
    const routes = await live.run("routes", "--gateway", "gw1", "--save", saved);
    expect(routes.code).toBe(0);
    expect(routes.stdout).toMatch(
      /^PREFIX +NEXT HOP +ORIGIN +AS PATH +WEIGHT\n10\.1\.0\.0\/16 +10\.8\.0\.4 +EBgp +65000 +32768\n/,
    );
    expect(routes.stdout).toContain("gateway gw1, learned routes, fetched ");
    expect(routes.stderr).toContain(`saved Azure's response to ${saved}`);
    expect(existsSync(saved)).toBe(true);

    const again = await live.run("whichroute", "10.1.2.3", saved, "-o", "json");
    expect(JSON.parse(again.stdout)).toMatchObject({
      explanations: [{ nextHops: [{ text: "10.8.0.4" }] }],
      gatewayTable: { kind: "gateway-learned", routerId: ID, origin: { kind: "file" } },
    });

    live.arm.script("gatewayRoutes", { body: { value: [row("10.1.0.0/16", "10.8.0.5")] } });
    const diff = await live.run("diff", saved, "gateway:gw1", "-g", "rg-demo", "--exit-code", "-o", "short");
    expect([diff.code, diff.stdout]).toEqual([
      3,
      expect.stringMatching(/^10\.1\.0\.0\/16 {2}moved {2}10\.8\.0\.4 .* 10\.8\.0\.5 /),
    ]);
  });

  it("name their next hops where Resource Graph knows them, by one query of the router's subscription", async () => {
    const id = (type: string, name: string) => ID.replace("virtualNetworkGateways/gw1", `${type}/${name}`);
    const found = (type: string, name: string, properties: object) => ({
      ...{ id: id(type, name), name, type: `microsoft.network/${type.toLowerCase()}`, ...properties },
    });
    const data = [
      found("connections", "c1", {
        virtualNetworkGateway1: { id: ID },
        localNetworkGateway2: { id: id("localNetworkGateways", "office") },
      }),
      found("localNetworkGateways", "office", { bgpSettings: { bgpPeeringAddress: "10.8.0.4" } }),
    ];
    const learned = { body: { value: [row("10.1.0.0/16", "10.8.0.4"), row("10.2.0.0/16", "10.8.0.5")] } };
    live.arm.script("resourceGraph", { body: { totalRecords: 2, count: 2, resultTruncated: "false", data } });
    live.arm.script("gatewayRoutes", learned);
    const { stdout } = await live.run("routes", "--gateway", "gw1", "-g", "rg-demo", "-o", "short");
    expect(stdout).toBe("10.1.0.0/16  10.8.0.4 (office)  EBgp  65000\n10.2.0.0/16  10.8.0.5  EBgp  65000\n");
    const queries = live.arm.seen.filter(({ operation }) => operation === "resourceGraph");
    expect(queries).toHaveLength(1);
    expect(JSON.parse(queries[0]?.body ?? "")).toMatchObject({
      subscriptions: [SUBSCRIPTION],
      query: expect.stringContaining(String.raw`contains "\"10.8.0.5\""`) as string,
    });

    live.arm.script("gatewayRoutes", learned);
    const map = join(live.directory, "map.csv");
    writeFileSync(map, "address,name\n10.8.0.5,partner\n");
    const options = ["--gateway", "gw1", "-g", "rg-demo", "--addresses", map, "-o", "short"];
    live.arm.script("resourceGraph", { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } });
    const refused = await live.run("routes", ...options);
    expect([refused.code, refused.stderr]).toEqual([0, expect.not.stringContaining("not allowed")]);
    expect(refused.stdout).toBe("10.1.0.0/16  10.8.0.4  EBgp  65000\n10.2.0.0/16  10.8.0.5 (partner)  EBgp  65000\n");
  });

  it("answer whichroute", async () => {
    live.arm.script("hubRoutes", { body: { value: [HUB] } });
    const hub = await live.run("whichroute", "10.1.2.3", "--hub", "hub1", "-g", "rg-demo");
    expect(hub.code).toBe(0);
    expect(hub.stdout).toContain("Azure Firewall fw1 by 10.0.0.0/8 (inferred)");
    expect(hub.stdout).toContain("With routing intent");
    expect(hub.stdout).toContain("virtual hub hub1, effective routes of defaultRouteTable");
  });

  it("of a gateway can be its peers, and of a Route Server need a peer", async () => {
    const peer = { asn: 65000, localAddress: "10.9.0.4", neighbor: "10.8.0.4", state: "Connected", routesReceived: 2 };
    live.arm.script("gatewayPeers", { body: { value: [peer] } });
    const peers = await live.run("routes", "--gateway", "gw1", "-g", "rg-demo", "--peers", "-o", "tsv");
    expect(peers.stdout).toBe("10.8.0.4\t65000\tConnected\t2\t-\t10.9.0.4\t-\t-\n");
    live.arm.script("routeServerRoutes", {
      body: { RouteServiceRole_IN_0: [row("10.1.0.0/16", "10.8.0.4")], RouteServiceRole_IN_1: [] },
    });
    const learned = await live.run("routes", "--route-server", "rs1", "--peer", "nva1", "-g", "rg-demo");
    expect(learned.stdout).toContain("RouteServiceRole_IN_1 has no routes");
    expect(learned.stdout).toContain("Route Server rs1, routes learned from nva1");
  });

  it("of a circuit are of one path", async () => {
    live.arm.script("circuitRoutes", {
      body: { value: [{ locPrf: "", network: "10.1.0.0/16", nextHop: "10.8.0.4", path: "65515 I", weight: 0 }] },
    });
    const circuit = await live.run("routes", "--circuit", "c1", "--path", "secondary", "-g", "rg-demo", "-o", "short");
    expect(circuit.stdout).toBe("10.1.0.0/16  10.8.0.4  Igp  65515\n");
    const asked = live.arm.seen.findLast(({ operation }) => operation === "circuitRoutes");
    expect(asked?.path).toMatch(/\/peerings\/AzurePrivatePeering\/routeTables\/secondary$/);
  });

  it("that the caller may not read are exit 4 with the action", async () => {
    live.arm.script("gatewayRoutes", { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } });
    const { code, stderr } = await live.run("routes", "--gateway", "gw1", "-g", "rg-demo");
    expect(code).toBe(4);
    expect(stderr).toContain("not allowed to read the learned routes of gw1");
    expect(stderr).toContain("missing: Microsoft.Network/virtualnetworkgateways/getlearnedroutes/action");
  });
});

describe("options", () => {
  it.each<[readonly string[], string]>([
    [["--peers"], "--peers works only with --gateway"],
    [["--hub", "h", "--peer", "p"], "--peer works only with --route-server"],
    [["--hub", "h", "--route-table", "t", "--connection", "c"], "--route-table and --connection cannot be combined"],
    [["--gateway", "g", "--peers", "--advertised-to", "10.0.0.4"], "--peers and --advertised-to cannot be combined"],
    [["--route-server", "r"], "--route-server needs --peer"],
    [["--gateway", "g", "--nic", "n"], "cannot be used with option"],
    [["--gateway", "g", "--hub", "h"], "cannot be used with option"],
  ])("%j", async (args, message) => {
    const { code, stderr } = await live.run("routes", ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("a file and a gateway are two tables", async () => {
    const file = join(live.directory, "x.json");
    writeFileSync(file, "{}");
    const { code, stderr } = await live.run("routes", file, "--gateway", "g");
    expect([code, stderr]).toEqual([2, expect.stringContaining("two route tables given")]);
  });
});
