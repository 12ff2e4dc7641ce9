import { describe, expect, it } from "vitest";
import {
  groupOf,
  idKey,
  nameOf,
  networkOf,
  parentOf,
  sameResource,
  subscriptionOf,
  typeOf,
} from "../../src/topology/resource-id.ts";
import { GROUP, networkId, nicId, subnetId } from "./resources.ts";

describe("a resource id", () => {
  const instanceNic = `${GROUP}/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/networkInterfaces/n`;
  for (const [id, type, parent] of [
    [nicId("n"), "microsoft.network/networkinterfaces", null],
    [subnetId("v"), "microsoft.network/virtualnetworks/subnets", networkId("v")],
    [`${subnetId("v")}//`, "microsoft.network/virtualnetworks/subnets", networkId("v")],
    [
      instanceNic,
      "microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces",
      `${GROUP}/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0`,
    ],
    [`${nicId("n")}/ipConfigurations`, null, null],
    [`${GROUP}/Microsoft.Network//x`, null, null],
    [`${GROUP}//virtualNetworks/v`, null, null],
    ["/subscriptions/s/resourceGroups/rg", null, null],
    ["", null, null],
    [`${"/providers/".repeat(20_000)}`, null, null],
  ] satisfies readonly [string, string | null, string | null][]) {
    it(id.slice(-60), () => {
      expect([typeOf(id), parentOf(id)]).toEqual([type, parent]);
    });
  }

  it("has a subscription and a group, in any spelling of their names", () => {
    const id = "/Subscriptions/ABC/resourcegroups/My-RG/providers/Microsoft.Network/virtualNetworks/v";
    expect([subscriptionOf(id), groupOf(id)]).toEqual(["abc", "My-RG"]);
    expect([subscriptionOf("/subscriptions/abc"), groupOf("/subscriptions/abc")]).toEqual(["abc", ""]);
    expect([subscriptionOf(`x${id}`), groupOf("nic1"), subscriptionOf("nic1")]).toEqual(["", "", ""]);
    expect([sameResource(id, `${id.toUpperCase()}/`), sameResource(id, `${id}2`)]).toEqual([true, false]);
    expect([nameOf(""), nameOf("///"), idKey("//")]).toEqual(["", "", ""]);
  });

  it("has a name, compares without case, and a subnet's has its network", () => {
    expect(nameOf(`${subnetId("v", "app")}/`)).toBe("app");
    expect(idKey(`${networkId("V")}/`)).toBe(idKey(networkId("v")));
    expect([networkOf(subnetId("v")), networkOf("v/subnets/app"), networkOf("/subnets/app"), networkOf("v")]).toEqual([
      networkId("v"),
      "v",
      null,
      null,
    ]);
  });
});
