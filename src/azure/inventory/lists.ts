import { same } from "../../text/same.ts";
import { textField } from "../../text/type-guards.ts";
import { groupOf, idKey } from "../../topology/resource-id.ts";
import { APPLIANCE_API_VERSION, COMPUTE_API_VERSION, RESOURCES_API_VERSION } from "../arm/api-version.ts";
import type { AzureCalls } from "../arm/calls.ts";
import { listOf } from "../arm/reads.ts";
import { isAzureError } from "../failure/azure-error.ts";
import { mapBounded } from "../map-bounded.ts";
import type { OnGap } from "./gaps.ts";
import { INVENTORY_KINDS, type InventoryResource, kept } from "./kinds.ts";
import { rawList } from "./raw-list.ts";

const MOST_LISTS_AT_ONCE = 4;

const NIC_TYPE = "Microsoft.Network/networkInterfaces";

/** Without these there is no inventory of a subscription. */
const ESSENTIAL = [NIC_TYPE, "Microsoft.Network/virtualNetworks"];

/** The errors of a subscription without resources of a kind. */
const NONE: readonly string[] = ["provider-not-registered", "not-found"];

/**
 * The resources of one subscription by Azure's lists, one for each kind. Gateways, connections and their sites have no
 * list for a whole subscription: a general list says which groups have some, and each of those is listed. A kind that
 * cannot be listed is a gap. @throws AzureError where NICs or networks cannot be listed.
 */
export async function listInventory(
  calls: AzureCalls,
  subscriptionId: string,
  apiVersion: string,
  onGap: OnGap,
): Promise<readonly InventoryResource[]> {
  const scope = `/subscriptions/${encodeURIComponent(subscriptionId)}`;
  const ofKind = (type: string, within: string) => listKind(calls, type, within, apiVersion);
  const tolerant = async (type: string, within: string) => {
    try {
      return await ofKind(type, within);
    } catch (error) {
      if (!isAzureError(error) || ESSENTIAL.includes(type)) throw error;
      if (!NONE.includes(error.code)) onGap({ resourceId: scope, what: listOf(type).what, error });
      return [];
    }
  };
  const types = INVENTORY_KINDS.filter(({ listed }) => listed === "of-subscription").map(({ type }) => type);
  // NICs first, alone: where they are refused, nothing else is worth a request.
  const [nics = "", ...others] = types;
  const first = await tolerant(nics, scope);
  const ofSubscription = await mapBounded(others, MOST_LISTS_AT_ONCE, (type) => tolerant(type, scope));
  const places = await placesOfGroupKinds(calls, scope, onGap);
  const ofGroups = await mapBounded(places, MOST_LISTS_AT_ONCE, ({ type, group }) =>
    tolerant(type, `${scope}/resourceGroups/${encodeURIComponent(group)}`),
  );
  return withPowerStates([first, ...ofSubscription, ...ofGroups].flat(), await powerStates(calls, scope));
}

/** The NICs of a subscription. @throws AzureError */
export function listNics(
  calls: AzureCalls,
  subscriptionId: string,
  apiVersion: string,
): Promise<readonly InventoryResource[]> {
  return listKind(calls, NIC_TYPE, `/subscriptions/${encodeURIComponent(subscriptionId)}`, apiVersion);
}

function listKind(calls: AzureCalls, type: string, within: string, apiVersion: string) {
  return rawList(calls, listOf(type), `${within}/providers/${type}?api-version=${versionOf(type, apiVersion)}`, kept);
}

function versionOf(type: string, apiVersion: string): string {
  if (type.startsWith("Microsoft.Compute/")) return COMPUTE_API_VERSION;
  return type.endsWith("/virtualNetworkAppliances") ? APPLIANCE_API_VERSION : apiVersion;
}

/** The resource groups that have resources of the kinds that are listed by group. */
async function placesOfGroupKinds(calls: AzureCalls, scope: string, onGap: OnGap) {
  const types = INVENTORY_KINDS.filter(({ listed }) => listed === "of-group").map(({ type }) => type);
  const filter = types.map((type) => `resourceType eq '${type}'`).join(" or ");
  const path = `${scope}/resources?$filter=${encodeURIComponent(filter)}&api-version=${RESOURCES_API_VERSION}`;
  const read = { ...listOf("Microsoft.Resources/subscriptions/resources"), what: "the list of gateways" };
  const places = new Map<string, { readonly type: string; readonly group: string }>();
  try {
    for (const { id, type } of await rawList(calls, read, path, idAndType)) {
      const known = types.find((each) => same(each, type));
      const group = groupOf(id);
      if (known !== undefined && group !== "") places.set(`${known} ${group.toLowerCase()}`, { type: known, group });
    }
  } catch (error) {
    if (!isAzureError(error)) throw error;
    onGap({ resourceId: scope, what: read.what, error });
  }
  return [...places.values()];
}

function idAndType(resource: unknown): { readonly id: string; readonly type: string } | null {
  const id = textField(resource, "id");
  const type = textField(resource, "type");
  return id === null || type === null ? null : { id, type };
}

/**
 * The run-time states of the subscription's VMs, which the plain list lacks; empty where Azure refuses.
 * https://learn.microsoft.com/rest/api/compute/virtual-machines/list-all
 */
async function powerStates(calls: AzureCalls, scope: string): Promise<readonly InventoryResource[]> {
  const type = "Microsoft.Compute/virtualMachines";
  const path = `${scope}/providers/${type}?statusOnly=true&api-version=${COMPUTE_API_VERSION}`;
  try {
    return await rawList(calls, listOf(type), path, kept);
  } catch (error) {
    if (!isAzureError(error)) throw error;
    return []; // the power state stays unknown
  }
}

function withPowerStates(
  resources: readonly InventoryResource[],
  states: readonly InventoryResource[],
): readonly InventoryResource[] {
  const views = new Map(states.map(({ id, properties }) => [idKey(id), properties.instanceView]));
  return resources.map((resource) => {
    const instanceView = views.get(idKey(resource.id));
    return instanceView === undefined
      ? resource
      : { ...resource, properties: { ...resource.properties, instanceView } };
  });
}
