import { azureError } from "../failure/azure-error.ts";

/** The place of a network interface in Azure. Names keep the spelling of the input. */
export interface NicId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The value of `--nic`, read. */
export type NicReference = { readonly kind: "name"; readonly name: string } | ResourceReference;

/** A resource id, read. */
export type ResourceReference =
  | { readonly kind: "nic"; readonly id: NicId }
  | { readonly kind: "vm"; readonly id: string; readonly subscriptionId: string; readonly name: string }
  | { readonly kind: "scale-set"; readonly place: ScaleSetPlace };

/** A scale set in uniform mode, an instance of it, or a NIC of an instance. */
export interface ScaleSetPlace {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly scaleSet: string;
  /** The number of the instance; null for the whole set. */
  readonly instance: string | null;
  /** Null where it is not named. */
  readonly nic: string | null;
}

const RESOURCE = /\/?subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/([^/]+)\/([^/]+)(\/[^?#]*)?/i;
/** Text that would end its part of a URL, or change the path: `%2F`, `..`. */
const NO_PART = /[/\\?#%\p{C}]|^\.{0,2}$|^\s|\s$/u;
const NAME = /^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/;

/**
 * Reads a NIC's name or resource id, in any case, also as part of a portal address or of an IP configuration's id. VM
 * ids are distinguished from NIC ids.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 * @throws AzureError (usage) for anything else.
 */
export function readNicReference(text: string): NicReference {
  const given = text.trim();
  return NAME.test(given) ? { kind: "name", name: given } : readResourceId(given, "--nic");
}

/**
 * Reads the id of a NIC or a VM, as above, or of what a scale set has in their place. Instances of a set in uniform
 * mode have numbers. Those of a set in flexible mode are ordinary VMs, also where they are named by their set.
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-instance-ids
 * @throws AzureError (usage) for anything else.
 */
export function readResourceId(text: string, option: "--nic" | "--vm"): ResourceReference {
  const [what, how] = option === "--nic" ? (["NIC", HOW] as const) : (["VM", HOW_VM] as const);
  const match = RESOURCE.exec(text);
  if (match === null) throw azureError("resource-id", `${option} is neither a ${what}'s name nor its resource id`, how);
  const [, subscriptionId = "", resourceGroup = "", provider = "", type = "", name = "", rest = ""] = match.map(
    (part) => (part === undefined ? "" : decode(part)),
  );
  if ([subscriptionId, resourceGroup, name].some((part) => NO_PART.test(part))) {
    throw azureError("resource-id", `${option} is an id with a part that is not a valid Azure name`, how);
  }
  const kind = `${provider}/${type}`.toLowerCase();
  if (kind === "microsoft.network/networkinterfaces")
    return { kind: "nic", id: { subscriptionId, resourceGroup, name } };
  if (kind === "microsoft.compute/virtualmachines") {
    return vmReference(subscriptionId, resourceGroup, name);
  }
  if (kind === "microsoft.compute/virtualmachinescalesets") {
    const [, instance = null, nic = null] = IN_SCALE_SET.exec(rest) ?? [];
    if ([instance, nic].some((part) => part !== null && NO_PART.test(part))) {
      throw azureError("resource-id", `${option} is an id with a part that is not a valid Azure name`, how);
    }
    if (instance !== null && !/^\d+$/.test(instance)) return vmReference(subscriptionId, resourceGroup, instance);
    return { kind: "scale-set", place: { subscriptionId, resourceGroup, scaleSet: name, instance, nic } };
  }
  throw azureError("resource-id", `${option} is the id of another kind of resource: ${kind.slice(0, 45)}`, how);
}

const IN_SCALE_SET = /^\/virtualMachines\/([^/]+)(?:\/networkInterfaces\/([^/]+))?/i;

function vmReference(subscriptionId: string, resourceGroup: string, name: string): ResourceReference {
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/${name}`;
  return { kind: "vm", id, subscriptionId, name };
}

const HOW =
  "give the name, or /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Network/networkInterfaces/NAME";

const HOW_VM =
  "give the name, or /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Compute/virtualMachines/NAME";

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The resource id in Azure's spelling. */
export function formatNicId({ subscriptionId, resourceGroup, name }: NicId): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/networkInterfaces/${name}`;
}

/** The resource id of an instance's NIC in Azure's spelling. */
export function formatScaleSetNicId(
  place: ScaleSetPlace & { readonly instance: string; readonly nic: string },
): string {
  const { subscriptionId, resourceGroup, scaleSet, instance, nic } = place;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/${scaleSet}/virtualMachines/${instance}/networkInterfaces/${nic}`;
}
