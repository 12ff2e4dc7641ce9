import { isRecord, textField } from "../text/type-guards.ts";
import { nameOf } from "../topology/resource-id.ts";
import type { ArmClient } from "./arm/client.ts";
import { AT_PIPELINE_PACE, lastBody, parseAnswer } from "./arm/long-running-call.ts";
import { azureError } from "./failure/azure-error.ts";
import type { NetworkWatcher } from "./next-hop.ts";

/** What a connection check sends. Without a port it pings. */
export interface ConnectionQuestion {
  readonly address: string;
  readonly port: number | null;
}

/** What Network Watcher's connection troubleshoot found. */
export interface ConnectionCheck {
  /** `Reachable`, `Unreachable` …, in Network Watcher's words. */
  readonly status: string;
  /** From the VM to the destination. */
  readonly hops: readonly ConnectionHop[];
}

interface ConnectionHop {
  /** `Source`, `VirtualAppliance`, `VnetLocal` …, in Network Watcher's words; null where it does not say. */
  readonly type: string | null;
  readonly address: string | null;
  /** The name of its resource. */
  readonly name: string | null;
  /** The kinds of faults there: `NetworkSecurityRule`, `UserDefinedRoute` …. */
  readonly issues: readonly string[];
}

/**
 * Lets Network Watcher send packets from a virtual machine, which needs Network Watcher's agent extension there. It
 * creates nothing. A long-running call of up to some minutes.
 * https://learn.microsoft.com/rest/api/network-watcher/network-watchers/check-connectivity
 * @throws AzureError, or what the SDK throws.
 */
export async function checkConnection(
  client: ArmClient,
  watcher: NetworkWatcher,
  virtualMachineId: string,
  { address, port }: ConnectionQuestion,
): Promise<ConnectionCheck> {
  const parameters = {
    source: { resourceId: virtualMachineId },
    destination: { address, ...(port === null ? {} : { port }) },
    protocol: port === null ? "Icmp" : "Tcp",
  };
  const body = await lastBody(client, ({ context, operations }) =>
    operations.checkConnectivity(context, watcher.resourceGroup, watcher.name, parameters, AT_PIPELINE_PACE),
  );
  return readCheck(parseAnswer(body));
}

function readCheck(answer: unknown): ConnectionCheck {
  const status = textField(answer, "connectionStatus");
  if (status === null || status === "") {
    throw azureError(
      "answer-unreadable",
      "connection troubleshoot's answer has no status",
      "run again; --debug shows more",
    );
  }
  const hops = isRecord(answer) && Array.isArray(answer.hops) ? answer.hops : [];
  return { status, hops: hops.filter(isRecord).map(readHop) };
}

function readHop(hop: Readonly<Record<string, unknown>>): ConnectionHop {
  const resourceId = textField(hop, "resourceId");
  const issues = Array.isArray(hop.issues) ? hop.issues : [];
  return {
    type: textField(hop, "type"),
    address: textField(hop, "address"),
    // A hop outside Azure has the id `Internet`, or none.
    name: resourceId === null || resourceId === "" ? null : nameOf(resourceId),
    issues: issues.flatMap((issue) => textField(issue, "type") ?? []),
  };
}
