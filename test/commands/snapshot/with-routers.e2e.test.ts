import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadSnapshot } from "../../../src/commands/shared/snapshot/load-snapshot.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { nameOf } from "../../../src/topology/resource-id.ts";
import { SUBSCRIPTION } from "../../azure/live.ts";
import { runBuilt } from "../../built-program.ts";
import { Capture } from "../../terminal/capture-terminal.ts";
import { fleetProgram, smallFleet } from "./fleet-program.ts";

const fleet = fleetProgram();

/** The fleet has a gateway and a Route Server of its own. */
const HUB = {
  id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualHubs/hub1`,
  name: "hub1",
  type: "Microsoft.Network/virtualHubs",
  location: "westeurope",
  properties: { addressPrefix: "10.9.0.0/24", sku: "Standard", virtualWan: { id: "/w" } },
};
const LEARNED = {
  ...{ asPath: "65000", localAddress: "10.9.0.4", network: "10.1.0.0/16", nextHop: "10.8.0.4", origin: "EBgp" },
  ...{ sourcePeer: "10.8.0.4", weight: 32768 },
};
const EFFECTIVE = { addressPrefixes: ["10.0.0.0/8"], nextHops: [], nextHopType: "VPN_S2S_Gateway", routeOrigin: "" };
const DENIED = { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } };

function offer(): void {
  fleet.offer({ resources: [...smallFleet(), HUB] });
  fleet.arm.script("gatewayRoutes", { body: { value: [LEARNED] } });
  fleet.arm.script("hubRoutes", { body: { value: [EFFECTIVE] } });
  fleet.arm.script("routeServerRoutes", { body: { RouteServiceRole_IN_0: [LEARNED], RouteServiceRole_IN_1: [] } });
}

const filesIn = (folder: string) => readdirSync(join(fleet.directory, folder)).sort();

it("--with gateways,hubs keeps their tables, and a loaded snapshot has them", async () => {
  offer();
  const { code, stderr, stdout } = await fleet.snapshot(["--with", "gateways,hubs"]);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("not kept")]);
  expect(stdout).toMatch(/routers +3 tables of routers kept/);
  for (const folder of ["gateways", "hubs"]) {
    const [name = ""] = filesIn(folder);
    expect(statSync(join(fleet.directory, folder)).mode & 0o777).toBe(0o700);
    expect(statSync(join(fleet.directory, folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(fleet.directory, folder, name), "utf8")).toContain("gatewayTable");
  }
  const { snapshot } = await loadSnapshot(fleet.directory, {}, await openTerminal(new Capture({})));
  const tables = snapshot.gatewayTables.map(
    ({ kind, routerId, routes }) => `${kind} ${nameOf(routerId)} ${routes.length}`,
  );
  expect(tables.sort()).toEqual(["gateway-learned gw-hub 1", "hub hub1 1", "route-server-learned rs-hub 1"]);
  expect(snapshot.gatewayTables.every(({ routerId }) => routerId.startsWith("/subscriptions/"))).toBe(true);
});

const NETWORK = "providers/Microsoft.Network";
const resource = (type: string, name: string, properties: Readonly<Record<string, unknown>>) => ({
  id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-hub/${NETWORK}/${type}/${name}`,
  ...{ name, type: `Microsoft.Network/${type}`, location: "westeurope", properties },
});

it("--with circuits keeps both paths of each circuit with a private peering", async () => {
  const peerings = (...types: string[]) => ({
    serviceKey: "s3cret-of-the-fleet",
    peerings: types.map((peeringType) => ({ name: peeringType, properties: { peeringType, sharedKey: "s3cret" } })),
  });
  const gateway = smallFleet().find(({ name }) => name === "gw-hub")?.id;
  const circuit = resource("expressRouteCircuits", "er1", peerings("MicrosoftPeering", "AzurePrivatePeering"));
  fleet.offer({
    resources: [
      ...smallFleet(),
      circuit,
      resource("expressRouteCircuits", "er-unprovisioned", peerings()),
      resource("connections", "to-er", { virtualNetworkGateway1: { id: gateway }, peer: { id: circuit.id } }),
    ],
  });
  fleet.arm.script("circuitRoutes", {
    body: { value: [{ locPrf: "", network: "10.1.0.0/16", nextHop: "10.0.0.4*", path: "65515 I", weight: 0 }] },
  });
  const { code, stdout, stderr } = await fleet.snapshot(["--with", "circuits"]);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("not kept")]);
  expect(stdout).toMatch(/routers +2 tables of routers kept/);
  expect(readFileSync(join(fleet.directory, "inventory.ndjson"), "utf8")).not.toContain("s3cret");
  const { snapshot } = await loadSnapshot(fleet.directory, {}, await openTerminal(new Capture({})));
  const tables = snapshot.gatewayTables.map(({ kind, routerId, scope }) => `${kind} ${nameOf(routerId)} ${scope}`);
  expect(tables.sort()).toEqual(["circuit er1 primary", "circuit er1 secondary"]);
  const shown = await runBuilt(
    ["routes", fleet.directory, "--circuit", "er1", "--path", "secondary", "-o", "short"],
    {},
  );
  expect([shown.code, shown.stdout]).toEqual([0, "10.1.0.0/16  10.0.0.4 (gw-hub) *  Igp  65515\n"]);
  const other = await runBuilt(["routes", fleet.directory, "--circuit", "er1", "--peering", "MicrosoftPeering"], {});
  expect([other.code, other.stdout]).toEqual([2, ""]);
});

it("tables of routers replace those of an earlier run, and a run without --with keeps them", async () => {
  offer();
  await fleet.snapshot(["--with", "gateways"]);
  const [before = ""] = filesIn("gateways");
  writeFileSync(join(fleet.directory, "gateways", "notes.txt"), "mine");
  fleet.arm.script("gatewayRoutes", { body: { value: [{ ...LEARNED, weight: 1 }] } });
  await fleet.snapshot();
  expect(filesIn("gateways")).toEqual([before, "notes.txt"].sort());
  await fleet.snapshot(["--with", "gateways"]);
  expect(filesIn("gateways")).toHaveLength(2);
  expect(filesIn("gateways")).not.toContain(before);
});

it("a gateway that Azure refuses is named and makes the snapshot incomplete, and the others are kept", async () => {
  offer();
  fleet.arm.script("gatewayRoutes", DENIED);
  const { code, stderr } = await fleet.snapshot(["--with", "gateways", "--with", "hubs"]);
  expect(code).toBe(1);
  expect(stderr).toContain("not kept: gw-hub: not allowed to read the learned routes of gw-hub");
  expect(stderr).toContain("the snapshot is not complete: 1 table of routers could not be read");
  expect([filesIn("gateways").length, filesIn("hubs").length]).toEqual([0, 2]);
});

it("refuses another kind", async () => {
  const { code, stderr } = await fleet.snapshot(["--with", "firewalls"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("gateways, hubs")]);
});

it.each([
  ["changed", (path: string) => writeFileSync(path, "{}"), "was changed after the run"],
  ["missing", (path: string) => rmSync(path), "is missing"],
])("a table of a router that is %s is named, and the snapshot is incomplete", async (_, damage, why) => {
  offer();
  await fleet.snapshot(["--with", "gateways"]);
  const again = await fleet.snapshot(["--max-age", "1h"]);
  expect(again.code).toBe(0);
  const [name = ""] = filesIn("gateways");
  damage(join(fleet.directory, "gateways", name));
  const { code, stdout, stderr } = await runBuilt(["routes", fleet.directory, "-o", "json"]);
  expect([code, JSON.parse(stdout).snapshot.complete]).toEqual([0, false]);
  expect(stderr).toContain(`gateways/${name.slice(0, 12)}....json ${why}; take it again`);
});
