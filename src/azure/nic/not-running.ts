import { quotedText } from "../../text/quoted-text.ts";
import { groupOf, nameOf } from "../../topology/resource-id.ts";
import { type AzureError, azureError } from "../failure/azure-error.ts";
import type { Nic } from "./nic.ts";

/** Characters that need no quotes in any shell. */
const PLAIN = /^[\w.()-]+$/;

/**
 * A better error than `vm-not-running` for a NIC that was read: a private endpoint's, one without a VM, or one whose VM
 * the advice can name.
 */
export function notRunning(error: AzureError, { id, privateEndpointId, virtualMachineId }: Nic): AzureError {
  const name = quotedText(id.name);
  if (privateEndpointId !== null) {
    return azureError(
      "private-endpoint-nic",
      `${name} is the NIC of the private endpoint ${quotedText(nameOf(privateEndpointId))}, which has no routes`,
      "name the NIC of a VM that connects to the endpoint: its table has the endpoint's /32 row",
      error.detail,
    );
  }
  if (virtualMachineId === null) {
    return azureError(
      error.code,
      `${name} is attached to no VM, so it has no effective routes`,
      "attach it to a VM that runs, or name another NIC of its subnet, which has the same routes",
      error.detail,
    );
  }
  const [group, vm] = [groupOf(virtualMachineId), nameOf(virtualMachineId)];
  if (!PLAIN.test(group) || !PLAIN.test(vm)) return error;
  const hint = `start the VM: az vm start -g ${group} -n ${vm}; Azure computes routes only while it runs`;
  return azureError(error.code, error.message, hint, error.detail);
}
