import { same } from "../text/same.ts";
import { nonEmptyText, ownField } from "../text/type-guards.ts";
import { groupOf, nameOf } from "../topology/resource-id.ts";
import type { ArmClient } from "./arm/client.ts";
import { AT_PIPELINE_PACE, lastBody, parseAnswer } from "./arm/long-running-call.ts";
import { listed } from "./arm/pages.ts";
import { azureError } from "./failure/azure-error.ts";
import type { Nic } from "./nic/nic.ts";

/** What Network Watcher says about one destination. */
export interface NextHop {
  readonly destination: string;
  /** Network Watcher's own name for it. */
  readonly nextHopType: string;
  readonly nextHopIpAddress: string | null;
  /** The route table that holds the route; null for a route of Azure's own (`System Route`). */
  readonly routeTableId: string | null;
}

/** A Network Watcher, as its calls address it. */
export interface NetworkWatcher {
  readonly resourceGroup: string;
  readonly name: string;
}

/** @throws AzureError when the region has none that the caller may see, or what the SDK throws. */
export async function findNetworkWatcher(client: ArmClient, region: string | null): Promise<NetworkWatcher> {
  const all = listed(client, ({ context, operations }) => operations.listNetworkWatchers(context));
  for await (const watcher of all) {
    const { id, location } = watcher;
    const sameRegion = region !== null && location !== undefined && same(location.replaceAll(" ", ""), region);
    if (sameRegion && id !== undefined) return { resourceGroup: groupOf(id), name: nameOf(id) };
  }
  throw azureError(
    "no-network-watcher",
    `no Network Watcher in ${region ?? "the NIC's region"} that you may use`,
    `enable it: az network watcher configure -g NetworkWatcherRG -l ${region ?? "REGION"} --enabled true`,
  );
}

/**
 * Asks Network Watcher where the NIC's VM sends packets to one destination.
 * https://learn.microsoft.com/rest/api/network-watcher/network-watchers/get-next-hop
 * @throws AzureError, or what the SDK throws. A long-running call of some seconds.
 */
export async function nextHop(
  client: ArmClient,
  watcher: NetworkWatcher,
  nic: Nic,
  destination: string,
): Promise<NextHop> {
  const sourceIPAddress = nic.privateIpAddresses.find((address) => address.includes(":") === destination.includes(":"));
  if (nic.virtualMachineId === null || sourceIPAddress === undefined) {
    throw azureError(
      "nic-detached",
      "the NIC has no VM or no address of that family",
      "Network Watcher answers only for a running VM's NIC",
    );
  }
  const parameters = {
    targetResourceId: nic.virtualMachineId,
    targetNicResourceId: nic.resourceId,
    sourceIPAddress,
    destinationIPAddress: destination,
  };
  const body = await lastBody(client, ({ context, operations }) =>
    operations.getNextHop(context, watcher.resourceGroup, watcher.name, parameters, AT_PIPELINE_PACE),
  );
  return readNextHop(parseAnswer(body), destination);
}

function readNextHop(answer: unknown, destination: string): NextHop {
  const text = (field: string) => nonEmptyText(ownField(answer, field));
  const nextHopType = text("nextHopType");
  if (nextHopType === null) {
    throw azureError("answer-unreadable", "Network Watcher's answer has no next hop", "run again; --debug shows more");
  }
  const table = text("routeTableId");
  return {
    destination,
    nextHopType,
    nextHopIpAddress: text("nextHopIpAddress"),
    routeTableId: table === null || same(table, "System Route") ? null : table,
  };
}
