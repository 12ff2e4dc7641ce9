import { expect, test } from "vitest";
import * as reads from "../../../src/azure/arm/reads.ts";
import { statusFailure } from "../../../src/azure/failure/arm-status.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";

const context = { subscriptionFrom: "--subscription", servedBy: null, host: "h", proxy: null, now: 0 };
const answer = { code: "", message: "", retryAfter: null, requestId: "r", cut: false, isPoll: false };

const NEW = "; new role assignments can take a few minutes";

test.each<[read: reads.AzureRead, what: string, action: string, ask: string, missing: string, check: string]>([
  [
    reads.CONNECTION_CHECK,
    "connection troubleshoot",
    "Microsoft.Network/networkWatchers/connectivityCheck/action",
    "ask for a role with that action on the VM's and Network Watcher's resource groups: 'Network Contributor' has it, Reader does not",
    "connection troubleshoot",
    "the VM or Network Watcher may have been removed: run again with --refresh",
  ],
  [
    reads.INSTANCE_NICS,
    "the NIC of the scale set's instance",
    "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces/read",
    "ask for the role Reader on the scale set's resource group, or for another with that action",
    "the NIC of the scale set's instance",
    "the instance may be gone: az vmss list-instances -g GROUP -n SCALE-SET -o table",
  ],
  [
    reads.MANAGEMENT_GROUP,
    "the subscriptions of the management group",
    "Microsoft.Management/managementGroups/descendants/read",
    "ask for the role Reader on the management group, or for another with that action",
    "the subscriptions of the management group",
    "check --management-group: az account management-group list -o table",
  ],
  [
    reads.NETWORK_WATCHERS,
    "the list of Network Watchers",
    "Microsoft.Network/networkWatchers/read",
    "ask for the role Reader on the subscription, or for another with that action",
    "the list of Network Watchers",
    "check --subscription and --cloud",
  ],
  [
    reads.NEXT_HOP,
    "Network Watcher's next hop",
    "Microsoft.Network/networkWatchers/nextHop/action",
    "ask for a role with that action on the NIC's and Network Watcher's resource groups: 'Network Contributor' has it, Reader does not",
    "Network Watcher's next hop",
    "the VM or Network Watcher may have been removed: run again with --refresh",
  ],
  [
    reads.NIC_LIST,
    "the list of NICs",
    "Microsoft.Network/networkInterfaces/read",
    "ask for the role Reader on the subscription (or name the NIC's group with -g), or for another with that action",
    "the list of NICs",
    "check --subscription and --cloud",
  ],
  [
    reads.NIC_LIST_OF_GROUP,
    "the list of NICs",
    "Microsoft.Network/networkInterfaces/read",
    "ask for the role Reader on the resource group, or for another with that action",
    "the list of NICs",
    "check the name, -g and --subscription",
  ],
  [
    reads.ONE_NIC,
    "the NIC",
    "Microsoft.Network/networkInterfaces/read",
    "ask for the role Reader on the resource group, or for another with that action",
    "the NIC",
    "check the name, -g and --subscription",
  ],
  [
    reads.RESOURCE_GRAPH,
    "the inventory from Resource Graph",
    "Microsoft.ResourceGraph/resources/read",
    "ask for the role Reader on the subscriptions, or for another with that action",
    "the inventory from Resource Graph",
    "check --cloud and --arm-endpoint",
  ],
  [
    reads.SCALE_SETS,
    "the list of scale sets",
    "Microsoft.Compute/virtualMachineScaleSets/read",
    "ask for the role Reader on the subscription (or name the scale set's group with -g), or for another with that action",
    "the list of scale sets",
    "check -g, --subscription and --cloud",
  ],
  [
    reads.SCALE_SET_NICS,
    "the NICs of the scale set",
    "Microsoft.Compute/virtualMachineScaleSets/networkInterfaces/read",
    "ask for the role Reader on the scale set's resource group, or for another with that action",
    "the NICs of the scale set",
    "check the name and its group: az vmss list -o table",
  ],
  [
    reads.SERVICE_TAGS,
    "the service tags",
    "Microsoft.Network/locations/serviceTags/read",
    "ask for the role Reader on the subscription, or for another with that action",
    "the service tags",
    "check --subscription and --cloud, or leave --from arm out: the Download Center has them too",
  ],
  [
    reads.SUBNET,
    "the subnet",
    "Microsoft.Network/virtualNetworks/subnets/read",
    "ask for the role Reader on the virtual network's resource group, or for another with that action",
    "the subnet",
    "check the name, -g and --subscription",
  ],
  [
    reads.SUBSCRIPTION_LIST,
    "the list of subscriptions",
    "Microsoft.Resources/subscriptions/read",
    "ask for the role Reader on the subscription, or for another with that action",
    "the list of subscriptions",
    "check --cloud and --arm-endpoint",
  ],
  [
    reads.listOf("Microsoft.Network/routeTables"),
    "the list of routeTables",
    "Microsoft.Network/routeTables/read",
    "ask for the role Reader on the subscription, or for another with that action",
    "the list of routeTables",
    "check --subscription and --cloud",
  ],
  [
    reads.routesOf("vm-app197"),
    "the effective routes of vm-app197",
    "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
    "ask for a role with that action on the resource group: 'Network Contributor' has it, Reader does not",
    "network interface vm-app197",
    "check the name, -g and --subscription",
  ],
  [
    reads.routesOf("x".repeat(40)),
    `the effective routes of ${"x".repeat(30)}`,
    "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
    "ask for a role with that action on the resource group: 'Network Contributor' has it, Reader does not",
    `network interface ${"x".repeat(30)}`,
    "check the name, -g and --subscription",
  ],
])(
  "a read that is refused says what to ask for, and one of what is missing what to check: %j",
  (read, what, action, ask, missing, check) => {
    const failed = (status: number) =>
      statusFailure({ ...answer, status }, { ...read, ...context, scrubber: new Scrubber() }, "");
    expect(failed(403)).toMatchObject({
      message: `not allowed to read ${what}\n  missing: ${action}`,
      hint: ask + NEW,
    });
    expect(failed(404)).toMatchObject({ message: `Azure cannot find ${missing}`, hint: check });
  },
);
