import type { NetworkInterface } from "@azure/arm-network";
import { describe, expect, test } from "vitest";
import { azureError } from "../../../src/azure/failure/azure-error.ts";
import { nicLine, nicOf, scaleSetNicOf } from "../../../src/azure/nic/nic.ts";
import { notRunning } from "../../../src/azure/nic/not-running.ts";

const GROUP = "/subscriptions/S/resourceGroups/RG/providers";
const ID = `${GROUP}/Microsoft.Network/networkInterfaces/n1`;
const IN_SET = `${GROUP}/Microsoft.Compute/virtualMachineScaleSets/pool/virtualMachines/12/networkInterfaces/n1`;
const SUBNETS = `${GROUP}/Microsoft.Network/virtualNetworks/v/subnets`;
const VM = `${GROUP}/Microsoft.Compute/virtualMachines/vm1`;

const BARE = {
  resourceId: ID,
  region: null,
  primary: false,
  privateIpAddresses: [],
  publicIpAddresses: null,
  subnetId: null,
};
const OWN = {
  ...BARE,
  id: { subscriptionId: "S", resourceGroup: "RG", name: "n1" },
  virtualMachineId: null,
  privateEndpointId: null,
};

describe("a NIC in an answer", () => {
  test.each<[rule: string, answer: NetworkInterface, nic: unknown]>([
    [
      "of which little is known",
      { id: ID.toUpperCase().replace("/S/", "/s/") },
      expect.objectContaining({
        resourceId: `/subscriptions/s/resourceGroups/RG/providers/Microsoft.Network/networkInterfaces/N1`,
      }),
    ],
    ["with an id alone", { id: ID }, OWN],
    ["of a region in words", { id: ID, location: "West Europe 2" }, { ...OWN, region: "westeurope2" }],
    [
      "that is a VM's primary one",
      { id: ID, primary: true, virtualMachine: { id: VM } },
      { ...OWN, primary: true, virtualMachineId: VM },
    ],
    [
      "of a private endpoint",
      { id: ID, primary: false, privateEndpoint: { id: "/pe" } },
      { ...OWN, privateEndpointId: "/pe" },
    ],
    ["without configurations", { id: ID, ipConfigurations: [] }, { ...OWN, publicIpAddresses: [] }],
    [
      "whose second configuration is the primary one",
      {
        id: ID,
        ipConfigurations: [
          { privateIPAddress: "10.0.0.4", subnet: { id: `${SUBNETS}/a` }, publicIPAddress: { id: "/pip" } },
          { primary: true, subnet: { id: `${SUBNETS}/b` }, publicIPAddress: { id: "/pip2", ipAddress: "20.0.0.1" } },
        ],
      },
      { ...OWN, privateIpAddresses: ["10.0.0.4"], publicIpAddresses: ["/pip", "20.0.0.1"], subnetId: `${SUBNETS}/b` },
    ],
    [
      "none of whose configurations is the primary one",
      { id: ID, ipConfigurations: [{ primary: false, subnet: { id: `${SUBNETS}/a` } }, {}] },
      { ...OWN, publicIpAddresses: [], subnetId: `${SUBNETS}/a` },
    ],
    ["of a scale set's instance", { id: IN_SET }, null],
    ["without an id", {}, null],
    ["with a name for an id", { id: "n1" }, null],
    ["with an id that is none", { id: "/x" }, null],
  ])("%s", (_, answer, nic) => {
    expect(nicOf(answer)).toEqual(nic);
  });

  test.each<[rule: string, answer: NetworkInterface, nic: unknown]>([
    ["of an instance", { id: IN_SET }, { ...BARE, resourceId: IN_SET, scaleSet: "pool", instance: "12" }],
    ["of a set alone", { id: IN_SET.slice(0, IN_SET.indexOf("/virtualMachines")) }, null],
    ["of an instance without its name", { id: IN_SET.slice(0, IN_SET.indexOf("/networkInterfaces")) }, null],
    ["of its own", { id: ID }, null],
    ["without an id", {}, null],
  ])("of a scale set: %s", (_, answer, nic) => {
    expect(scaleSetNicOf(answer)).toEqual(nic);
  });
});

test.each([
  [{}, null, "  --nic n1 -g RG (no VM)"],
  [{ primary: true }, null, "  --nic n1 -g RG (no VM)"],
  [{ virtualMachineId: VM }, null, "  --nic n1 -g RG (VM vm1)"],
  [
    { virtualMachineId: VM, primary: true, privateIpAddresses: ["10.0.0.4", "fd00::4"] },
    "subscription Prod",
    "  --nic n1 -g RG (subscription Prod, VM vm1, primary, 10.0.0.4, fd00::4)",
  ],
])("a NIC in a line: %j in %s", (more, subscription, line) => {
  expect(nicLine({ ...OWN, ...more }, subscription)).toBe(line);
});

describe("why a NIC has no routes", () => {
  const error = azureError("vm-not-running", "cannot read it", "start the VM", "in full");
  const named = (group: string, name: string) => ({
    virtualMachineId: `/subscriptions/S/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`,
  });
  test.each([
    [
      "a private endpoint",
      { privateEndpointId: "/x/pe1/" },
      "private-endpoint-nic",
      "n1 is the NIC of the private endpoint pe1, which has no routes",
      "name the NIC of a VM that connects to the endpoint: its table has the endpoint's /32 row",
    ],
    [
      "no VM",
      {},
      "vm-not-running",
      "n1 is attached to no VM, so it has no effective routes",
      "attach it to a VM that runs, or name another NIC of its subnet, which has the same routes",
    ],
    [
      "a VM",
      named("rg.(1)_-", "vm-1"),
      "vm-not-running",
      "cannot read it",
      "start the VM: az vm start -g rg.(1)_- -n vm-1; Azure computes routes only while it runs",
    ],
    ["a VM's name that a shell would run", named("rg", "$(x)"), "vm-not-running", "cannot read it", "start the VM"],
    ["a group's name that a shell would run", named("r g", "x"), "vm-not-running", "cannot read it", "start the VM"],
    ["a name with a blank at its start", named("rg", " x"), "vm-not-running", "cannot read it", "start the VM"],
    ["a name with a blank at its end", named("rg", "x "), "vm-not-running", "cannot read it", "start the VM"],
  ])("%s", (_, more, code, message, hint) => {
    expect(notRunning(error, { ...OWN, ...more })).toMatchObject({ code, message, hint, detail: "in full" });
  });
});
