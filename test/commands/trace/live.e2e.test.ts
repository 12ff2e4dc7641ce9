import { describe, expect, it } from "vitest";
import { kustoDiagnostics } from "../../analysis/export/kusto-parser.ts";
import { SyntheticAzure, type SyntheticOptions } from "../../azure/fleet/synthetic-azure.ts";
import { type FleetResource, syntheticFleet } from "../../azure/fleet/synthetic-fleet.ts";
import { SUBSCRIPTION } from "../../azure/live.ts";
import { armError, type Operation, type Reply } from "../../azure/loopback-arm.ts";
import { liveProgram } from "../live-program.ts";

const program = liveProgram();

/** Spokes of 10.1.0.0/18, 10.1.64.0/18 … around a hub with two appliances behind a load balancer. */
const FLEET = syntheticFleet({ subscription: SUBSCRIPTION, networks: 3, subnets: 2, nics: 40 });

const row = (text: string) => {
  const [prefix = "", nextHopType = "", hop] = text.split(" ");
  return {
    name: hop === undefined ? null : "to-nva",
    source: hop === undefined ? "Default" : nextHopType === "VirtualNetworkGateway" ? nextHopType : "User",
    state: "Active",
    addressPrefix: [prefix],
    nextHopType,
    nextHopIpAddress: hop === undefined ? [] : [hop],
  };
};
const table = (...rows: readonly string[]): Reply => ({ body: { value: rows.map(row) } });

/** What Azure computes for the NICs of these networks. */
const TABLES: readonly (readonly [RegExp, Reply])[] = [
  [
    /\/nic-vm-nva\d\//,
    table(
      "10.0.0.0/16 VnetLocal",
      "10.1.0.0/18 VNetPeering",
      "10.1.64.0/18 VNetPeering",
      "192.168.0.0/16 VirtualNetworkGateway 10.0.0.4",
    ),
  ],
  [/\/nic-vm-0-/, table("10.1.0.0/18 VnetLocal", "10.0.0.0/16 VNetPeering", "0.0.0.0/0 VirtualAppliance 10.0.2.99")],
  [/\/nic-vm-1-/, table("10.1.64.0/18 VnetLocal", "10.0.0.0/16 VNetPeering", "0.0.0.0/0 VirtualAppliance 10.0.2.99")],
];
const NO_TABLE: Reply = { status: 400, body: armError("NotFound", "no table") };
const STOPPED: Reply = {
  status: 400,
  body: armError("NicMustBeAttachedToRunningVmToGetEffectiveRoutes", "It must be attached to a running VM."),
};

function serve(options: Partial<SyntheticOptions> = {}, special: (path: string) => Reply | null = () => null): void {
  const resources: readonly FleetResource[] = options.resources ?? FLEET;
  const azure = new SyntheticAzure({ subscriptions: [{ id: SUBSCRIPTION, name: "main" }], ...options, resources });
  program.arm.serve((request) => azure.respond(request));
  program.arm.answer(
    "effectiveRouteTable",
    (path) => special(path) ?? TABLES.find(([pattern]) => pattern.test(path))?.[1] ?? NO_TABLE,
  );
}

const asked = (...operations: readonly Operation[]) =>
  operations.map((wanted) => program.arm.seen.filter(({ operation }) => operation === wanted).length);

interface Printed {
  readonly trace: {
    readonly disposition: string;
    readonly text: string;
    readonly hops: readonly { readonly name: string }[];
  };
  readonly return: Printed["trace"] | null;
  readonly symmetric: boolean | null;
  readonly snapshot: { readonly name: string; readonly complete: boolean };
}

async function traced(...args: string[]) {
  const run = await program.run("trace", ...args, "-o", "json");
  expect(run.code, run.stderr).toBe(0);
  return { ...run, report: JSON.parse(run.stdout) as Printed };
}

const names = ({ hops }: Printed["trace"]) => hops.map(({ name }) => name);

describe("a trace through Azure", () => {
  it("requests the networks once, and only the tables of the hops, there and back", async () => {
    serve();
    const { report } = await traced("--from", "vm:vm-0-0-0", "--to", "10.1.64.4", "--return");
    expect(names(report.trace)).toEqual(["nic-vm-0-0-0", "lb-nva", "nic-vm-nva1", "nic-vm-1-0-0", "nic-vm-nva2"]);
    expect(report.trace.disposition).toBe("delivered");
    expect(report.return && names(report.return)).toEqual([
      "nic-vm-1-0-0",
      "lb-nva",
      "nic-vm-nva1",
      "nic-vm-0-0-0",
      "nic-vm-nva2",
    ]);
    expect(report.symmetric).toBe(true);
    expect(report.snapshot).toMatchObject({ name: "Azure", complete: true });
    expect(asked("subscriptions", "resourceGraph", "effectiveRouteTable", "networkInterfaces")).toEqual([1, 3, 4, 0]);
    // One Route Server: its place and its peers.
    expect(program.arm.seen).toHaveLength(1 + 3 + 4 + 2);
  });

  it("follows packet and reply at the same time: the tables of both ends are requested first", async () => {
    serve();
    await traced("--from", "vm:vm-0-0-0", "--to", "vm:vm-1-0-0", "--return");
    const tables = program.arm.seen.filter(({ operation }) => operation === "effectiveRouteTable");
    const first = tables.slice(0, 2).map(({ path }) => path.split("/").at(-2));
    expect(first.sort()).toEqual(["nic-vm-0-0-0", "nic-vm-1-0-0"]);
  });

  it("an expectation that is not met is exit 3", async () => {
    serve();
    const run = await program.run(
      ...["trace", "--from", "vm:vm-0-0-0", "--to", "10.1.64.4", "--expect", "via=nic-vm-nva1", "-o", "none"],
    );
    expect([run.code, run.stdout]).toEqual([3, ""]);
    expect(run.stderr).toContain("nic-vm-nva1");
  });

  it("reads no NIC that is not on the path", async () => {
    serve();
    await traced("--from", "nic:nic-vm-0-0-0", "--to", "10.1.64.4");
    const tables = program.arm.seen.filter(({ operation }) => operation === "effectiveRouteTable");
    expect(tables.map(({ path }) => path.split("/").at(-2)).sort()).toEqual([
      "nic-vm-0-0-0",
      "nic-vm-nva1",
      "nic-vm-nva2",
    ]);
    const queries = program.arm.seen.filter(({ operation }) => operation === "resourceGraph").map(({ body }) => body);
    expect(queries.join()).not.toContain("'microsoft.network/networkinterfaces',");
  });

  it("leaves by the gateway as its learned routes say, which are read too", async () => {
    serve();
    program.arm.answer("gatewayRoutes", () => ({
      body: {
        value: [
          {
            network: "192.168.0.0/16",
            nextHop: "192.168.0.4",
            origin: "EBgp",
            asPath: "65001",
            weight: 32768,
            localAddress: "10.0.0.4",
          },
        ],
      },
    }));
    const { report } = await traced("--from", "nic:nic-vm-nva1", "--to", "192.168.7.7");
    expect(names(report.trace)).toEqual(["nic-vm-nva1", "gw-hub"]);
    expect(report.trace.disposition).toBe("leaves-azure");
    expect(asked("gatewayRoutes", "effectiveRouteTable")).toEqual([1, 1]);
  });

  it.each([
    ["a stopped machine", STOPPED, "its virtual machine does not run", "must be attached to a running VM"],
    [
      "no permission",
      { status: 403, body: armError("AuthorizationFailed", "no") },
      "no permission to read them",
      "effectiveRouteTable/action",
    ],
    ["an answer without routes", { body: "null" }, "Azure's answer holds no list of routes", "run again"],
  ] as const)("%s: that branch is unknown, with the reason, and the others are traced", async (_, reply, why, note) => {
    serve({}, (path) => (path.includes("/nic-vm-nva2/") ? reply : null));
    const { report, stderr } = await traced("--from", "vm:vm-0-0-0", "--to", "10.1.64.4");
    expect(report.trace.disposition).toBe("depends");
    expect(report.trace.text).toMatch(/^delivered to /);
    expect(report.trace.text).toContain(`; the effective routes of nic-vm-nva2 are missing: ${why}`);
    expect(report.snapshot.complete).toBe(false);
    expect(stderr).toContain("not read: the effective routes of nic-vm-nva2");
    expect(stderr).toContain(note);
  });

  it("continues in the hub's route table of the connection, which is read when the packet reaches the hub", async () => {
    const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-fleet/providers`;
    const hub = `${group}/Microsoft.Network/virtualHubs/hub1`;
    const resource = (id: string, properties: object): FleetResource => {
      const [, provider = "", rest = ""] = /\/providers\/([^/]+)\/(.+)$/.exec(id) ?? [];
      const parts = rest.split("/");
      const type = [provider, ...parts.filter((_, at) => at % 2 === 0)].join("/");
      return { id, name: parts.at(-1) ?? "", type, location: "westeurope", properties: { ...properties } };
    };
    const spoke = (name: string, prefix: string, address: string) => {
      const network = `${group}/Microsoft.Network/virtualNetworks/${name}`;
      const ip = { primary: true, privateIPAddress: address, subnet: { id: `${network}/subnets/main` } };
      return [
        resource(network, {
          addressSpace: { addressPrefixes: [prefix] },
          subnets: [{ id: `${network}/subnets/main`, name: "main", properties: { addressPrefix: prefix } }],
        }),
        resource(`${hub}/hubVirtualNetworkConnections/to-${name}`, { remoteVirtualNetwork: { id: network } }),
        resource(`${group}/Microsoft.Network/networkInterfaces/nic-${name}`, {
          ipConfigurations: [{ name: "i", properties: ip }],
        }),
      ];
    };
    const wan = { id: `${group}/Microsoft.Network/virtualWans/wan` };
    const resources = [
      resource(hub, { virtualWan: wan, addressPrefix: "10.100.0.0/23", virtualRouterIps: ["10.100.0.68"] }),
      ...spoke("a", "10.60.0.0/16", "10.60.0.4"),
      ...spoke("b", "10.61.0.0/16", "10.61.0.4"),
    ];
    const toHub = "10.61.0.0/16 VirtualNetworkGateway 10.100.0.68";
    serve({ resources }, () => table("10.60.0.0/16 VnetLocal", "10.100.0.0/23 VNetPeering", toHub));
    const to = `${hub}/hubVirtualNetworkConnections/to-b`;
    const inHub = { addressPrefixes: ["10.61.0.0/16"], nextHopType: "Virtual Network Connection", routeOrigin: to };
    program.arm.script("hubRoutes", { body: { value: [{ ...inHub, nextHops: [to] }] } });
    const { report } = await traced("--from", "nic:nic-a", "--to", "10.61.0.4");
    expect(names(report.trace)).toEqual(["nic-a", "hub1", "nic-b"]);
    expect(report.trace.disposition).toBe("delivered");
    const ofHub = program.arm.seen
      .filter(({ operation }) => operation === "hubRoutes")
      .map(({ body }) => (JSON.parse(body) as { resourceId: string }).resourceId.split("/").at(-1));
    expect(ofHub.sort()).toEqual(["defaultRouteTable", "to-a"]);
  });

  it("without access to Resource Graph, Azure's lists give the same answer", async () => {
    serve({ graph: () => ({ status: 403, body: armError("AuthorizationFailed", "no") }) });
    const { report } = await traced("--from", "vm:vm-0-0-0", "--to", "10.1.64.4");
    expect(names(report.trace)).toEqual(["nic-vm-0-0-0", "lb-nva", "nic-vm-nva1", "nic-vm-1-0-0", "nic-vm-nva2"]);
    expect(asked("effectiveRouteTable")).toEqual([3]);
  });

  it("a table of another subscription's NIC is read through that subscription", async () => {
    const other = "00000000-0000-0000-0000-000000000002";
    const moved = FLEET.map((each) =>
      /vm-nva/.test(each.name)
        ? (JSON.parse(JSON.stringify(each).replaceAll(SUBSCRIPTION, other)) as FleetResource)
        : each,
    );
    // The networks and the load balancer stay where they are, and name the appliances there.
    const NETWORK = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-fleet/providers/Microsoft.Network/`;
    const elsewhere = NETWORK.replace(SUBSCRIPTION, other);
    const named = (text: string) =>
      text
        .replaceAll(`${elsewhere}virtualNetworks`, `${NETWORK}virtualNetworks`)
        .replaceAll(`${elsewhere}loadBalancers`, `${NETWORK}loadBalancers`)
        .replaceAll(`${NETWORK}networkInterfaces/nic-vm-nva`, `${elsewhere}networkInterfaces/nic-vm-nva`);
    const resources = moved.map((each) => ({
      ...each,
      properties: JSON.parse(named(JSON.stringify(each.properties))) as FleetResource["properties"],
    }));
    serve({
      subscriptions: [
        { id: SUBSCRIPTION, name: "main" },
        { id: other, name: "hub" },
      ],
      resources,
    });
    const { report } = await traced("--from", "10.1.0.4", "--to", "10.1.64.4");
    expect(names(report.trace)).toContain("nic-vm-nva1");
    const paths = program.arm.seen
      .filter(({ operation }) => operation === "effectiveRouteTable")
      .map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith(`/subscriptions/${other}/`))).toHaveLength(2);
  });

  it.each([
    ["nic:nope", "unknown NIC 'nope' in Azure", "check the name, --subscription"],
    ["vm:nope", "unknown virtual machine 'nope' in Azure", "check the name, --subscription"],
    ["10.77.0.1", "no NIC with address 10.77.0.1 is known in Azure", "check the name, --subscription"],
  ])("--from %s: nothing but the search is asked", async (from, message, hint) => {
    serve();
    const run = await program.run("trace", "--from", from, "--to", "10.1.64.4");
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
    expect(run.stderr.replace(/\s+/g, " ")).toContain(hint);
    expect(asked("effectiveRouteTable", "resourceGraph")).toEqual([0, 1]);
  });

  it("a hostile name stays a quoted text in the query", async () => {
    serve();
    const name = `x') or 1 == 1 //"'`;
    await program.run("trace", "--from", `nic:${name}`, "--to", "10.1.64.4");
    const [query] = program.arm.seen.filter(({ operation }) => operation === "resourceGraph");
    expect((JSON.parse(query?.body ?? "") as { query: string }).query).toContain(`name in~ (${JSON.stringify(name)})`);
  });

  it("a sign-in that Azure refuses is exit 4", async () => {
    program.arm.script("subscriptions", { status: 401, body: armError("InvalidAuthenticationToken", "no") });
    const run = await program.run("trace", "--from", "nic:web", "--to", "10.1.64.4");
    expect(run.code).toBe(4);
  });

  it("Microsoft's parser accepts the searches", { timeout: 30_000 }, async () => {
    serve();
    await traced("--from", "vm:vm-0-0-0", "--to", "10.1.64.4");
    const queries = program.arm.seen
      .filter(({ operation }) => operation === "resourceGraph")
      .map(({ body }) => (JSON.parse(body) as { query: string }).query);
    const columns = "id: string, name: string, type: string, location: string, ['kind']: string, properties: dynamic";
    for (const query of queries) {
      expect(kustoDiagnostics(`let resources = datatable(${columns})[];\n${query}`)).toEqual([]);
    }
  });
});
