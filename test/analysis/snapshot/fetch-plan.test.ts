import { describe, expect, it } from "vitest";
import { fetchPlan } from "../../../src/analysis/snapshot/fetch-plan.ts";
import { nameOf } from "../../../src/topology/resource-id.ts";
import { subnetId, topologyOf } from "./topology-for-tests.ts";

describe("what can be asked for effective routes", () => {
  for (const [rule, nic, expected] of [
    ["a running VM's NIC", { power: "running" }, "askable"],
    ["whatever case the power state has", { power: "Running" }, "askable"],
    ["a VM whose power state is not known", {}, "askable"],
    ["a VM that starts", { power: "starting" }, "askable"],
    ["a deallocated VM", { power: "deallocated" }, "stopped"],
    ["a stopped VM", { power: "stopped" }, "stopped"],
    ["a VM that is being deallocated", { power: "deallocating" }, "stopped"],
    ["a VM that stops, in any case", { power: "Stopping" }, "stopped"],
    ["a private endpoint's NIC before all else", { power: "running", scaleSet: true, privateEndpoint: true }, "no-api"],
    ["a scale set's instance without a VM", { power: null, scaleSet: true }, "no-api"],
    ["a NIC without a VM", { power: null }, "unattached"],
    ["a scale set's instance", { power: "running", scaleSet: true }, "no-api"],
    ["a private endpoint", { privateEndpoint: true }, "no-api"],
  ] as const) {
    it(`${rule}: ${expected}`, () => {
      const [group] = fetchPlan(topologyOf([{ name: "n", ...nic }]));
      expect([
        ...(group?.askable ?? []).map(() => "askable"),
        ...(group?.silent ?? []).map(({ outcome }) => outcome),
      ]).toEqual([expected]);
    });
  }
});

describe("groups", () => {
  it("are the subnets, whatever case their ids have; running VMs first, in the order of ids", () => {
    const topology = topologyOf([
      { name: "d", power: "running" },
      { name: "a" },
      { name: "C", power: "running" },
      { name: "b", power: "deallocated" },
      { name: "other", subnet: "b", power: "running" },
    ]);
    const upper = topology.nics.map((nic, index) =>
      index === 0
        ? {
            ...nic,
            ipConfigurations: nic.ipConfigurations.map((each) => ({ ...each, subnetId: subnetId("A").toUpperCase() })),
          }
        : nic,
    );
    const groups = fetchPlan({ ...topology, nics: upper });
    expect(
      groups.map(({ askable, silent }) => [
        askable.map(({ id }) => nameOf(id)),
        silent.map(({ nic }) => nameOf(nic.id)),
      ]),
    ).toEqual([
      [["C", "d", "a"], ["b"]],
      [["other"], []],
    ]);
    expect(groups.map((group) => nameOf(group.subnetId ?? ""))).toEqual(["a", "b"]);
  });

  it("are found by the first configuration of a NIC whose subnet is known", () => {
    const topology = topologyOf([{ name: "a", power: "running" }]);
    const nics = topology.nics.map((nic) => ({
      ...nic,
      ipConfigurations: nic.ipConfigurations.flatMap((each) => [{ ...each, subnetId: null }, each]),
    }));
    expect(fetchPlan({ ...topology, nics }).map((group) => group.subnetId)).toEqual([subnetId("a")]);
  });

  it("of NICs without a known subnet hold one NIC", () => {
    const groups = fetchPlan(
      topologyOf([
        { name: "a", subnet: null },
        { name: "b", subnet: null },
      ]),
    );
    expect(groups.map(({ subnetId, askable }) => [subnetId, askable.length])).toEqual([
      [null, 1],
      [null, 1],
    ]);
  });
});
