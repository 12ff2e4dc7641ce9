import { expect, it } from "vitest";
import { readTopology } from "../../src/topology/read/read-topology.ts";
import { TopologyIndex } from "../../src/topology/topology-index.ts";
import { machineId, network, networkId, nic, nicId, resourceId, subnetId } from "./resources.ts";

const lb = resourceId("loadBalancers", "lb");
const pool = `${lb}/backendAddressPools/p`;
const inPool = (name: string) =>
  nic(name, subnetId("core"), "10.0.1.9", {
    ipConfigurations: [
      { id: `${nicId(name)}/ipConfigurations/i`, properties: { loadBalancerBackendAddressPools: [{ id: pool }] } },
    ],
  });

const INDEX = new TopologyIndex(
  readTopology([
    network("spoke", "10.1.0.0/16", ["core", "gone"]),
    { id: `${networkId("core")}/virtualNetworkPeerings/nowhere`, name: "nowhere" },
    network("core", "10.0.0.0/16", ["spoke"]),
    nic("app", subnetId("spoke"), "10.1.0.4"),
    nic("second", subnetId("spoke"), "10.1.0.5", { virtualMachine: { id: machineId("VM-app") } }),
    inPool("a"),
    inPool("b"),
    { id: machineId("vm-app"), powerState: "VM running" },
    { id: resourceId("routeTables", "rt"), routes: [] },
    {
      id: lb,
      frontendIPConfigurations: [{ id: `${lb}/frontendIPConfigurations/f` }],
      backendAddressPools: [
        {
          id: pool,
          backendIPConfigurations: [
            { id: `${nicId("A")}/ipConfigurations/i` },
            { id: `${nicId("app")}/ipConfigurations/i` },
            { id: "none" },
          ],
        },
      ],
    },
  ]).topology,
);

it("finds resources by their ids in any case", () => {
  expect(INDEX.network(networkId("SPOKE"))?.name).toBe("spoke");
  expect(INDEX.subnet(subnetId("Spoke"))?.name).toBe("app");
  expect(INDEX.virtualMachine(`${machineId("VM-APP")}/`)?.powerState).toBe("running");
  expect(INDEX.routeTable(resourceId("routeTables", "RT"))?.name).toBe("rt");
  expect(INDEX.frontend(`${lb}/frontendIPConfigurations/F`)?.loadBalancer.name).toBe("lb");
  for (const find of ["network", "subnet", "virtualMachine", "routeTable", "frontend"] as const) {
    expect(INDEX[find](nicId("none"))).toBeNull();
  }
});

it("knows the NICs of a VM, and those of a pool by the reference of either side, each once", () => {
  expect(INDEX.nicsOf(machineId("vm-app")).map(({ name }) => name)).toEqual(["app", "second"]);
  expect([INDEX.nicsOf(machineId("none")), INDEX.nicsInPool(`${pool}2`)]).toEqual([[], []]);
  expect(INDEX.nicsInPool(pool).map(({ name }) => name)).toEqual(["a", "b", "app"]);
});

it("knows the other side of a peering if the inventory has it", () => {
  const [toCore, toGone] = INDEX.network(networkId("spoke"))?.peerings ?? [];
  expect(toCore && INDEX.otherSide(toCore)?.networkId).toBe(networkId("core"));
  expect(toGone && INDEX.otherSide(toGone)).toBeNull();
});
