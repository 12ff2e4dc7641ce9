import { same } from "../../text/same.ts";
import { readTopology } from "../../topology/read/read-topology.ts";
import { SCALE_SET_NIC_API_VERSION } from "../arm/api-version.ts";
import type { AzureCalls } from "../arm/calls.ts";
import { type AzureRead, listOf, SCALE_SET_NICS } from "../arm/reads.ts";
import { isAzureError } from "../failure/azure-error.ts";
import { mapBounded } from "../map-bounded.ts";
import type { OnGap } from "./gaps.ts";
import { type InventoryResource, kept } from "./kinds.ts";
import { pathOf, rawList } from "./raw-list.ts";

const MOST_PARENTS_AT_ONCE = 8;

/** One list that belongs to a resource. */
interface ChildList {
  readonly parentId: string;
  readonly name: string;
  readonly read: AzureRead;
  readonly apiVersion: string;
}

/**
 * The resources that neither Resource Graph nor a list of a subscription has: the NICs of uniform scale sets, the
 * connections of virtual hubs, the places and peers of Route Servers. One request for each, or two. A list that cannot
 * be read is a gap. `callsOf` gives the calls about the subscription of a resource.
 */
export async function childResources(
  parents: readonly InventoryResource[],
  callsOf: (resourceId: string) => AzureCalls | null,
  apiVersion: string,
  onGap: OnGap,
): Promise<readonly InventoryResource[]> {
  const lists = parents.flatMap((parent) => childLists(parent, apiVersion));
  const found = await mapBounded(lists, MOST_PARENTS_AT_ONCE, async ({ parentId, name, read, apiVersion }) => {
    const path = pathOf(parentId);
    const calls = callsOf(parentId);
    if (path === null || calls === null) return [];
    try {
      return await rawList(calls, read, `${path}/${name}?api-version=${apiVersion}`, kept);
    } catch (error) {
      if (!isAzureError(error)) throw error;
      onGap({ resourceId: parentId, what: read.what, error });
      return [];
    }
  });
  return found.flat();
}

function childLists(parent: InventoryResource, apiVersion: string): readonly ChildList[] {
  const { id, type } = parent;
  const list = (name: string): ChildList => ({ parentId: id, name, read: listOf(`${type}/${name}`), apiVersion });
  const { scaleSets, hubs } = readTopology([parent]).topology;
  const ofScaleSets = scaleSets
    .filter(({ orchestrationMode }) => !same(orchestrationMode ?? "", "Flexible"))
    .map(() => ({ ...list("networkInterfaces"), read: SCALE_SET_NICS, apiVersion: SCALE_SET_NIC_API_VERSION }));
  const ofHubs = hubs.flatMap(({ kind }) =>
    kind === "route-server"
      ? [list("ipConfigurations"), list("bgpConnections")]
      : [list("hubVirtualNetworkConnections")],
  );
  return [...ofScaleSets, ...ofHubs];
}
