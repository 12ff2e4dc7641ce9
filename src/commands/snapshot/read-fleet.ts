import { fetchPlan, type NicGroup } from "../../analysis/snapshot/fetch-plan.ts";
import type { InventoryGap, UnreadSubscription } from "../../analysis/snapshot/summary.ts";
import type { AzureConnection } from "../../azure/connection.ts";
import { fetchInventory } from "../../azure/inventory/fetch-inventory.ts";
import type { SnapshotScope } from "../../store/snapshot/manifest.ts";
import type { SnapshotBeginning } from "../../store/snapshot/snapshot-writer.ts";
import { UserError } from "../../text/user-error.ts";
import { readTopology } from "../../topology/read/read-topology.ts";
import { idKey } from "../../topology/resource-id.ts";
import type { Topology } from "../../topology/topology.ts";

/** The NICs of a scope by subnet, and the parts of the scope that could not be read. */
export interface Fleet {
  readonly groups: readonly NicGroup[];
  /** How the inventory was read. */
  readonly source: string;
  readonly subscriptions: number;
  readonly unreadSubscriptions: readonly UnreadSubscription[];
  readonly gaps: readonly InventoryGap[];
  /** The routers of the inventory. */
  readonly routers: Pick<Topology, "gateways" | "hubs" | "circuits">;
}

type InventoryParts = Pick<SnapshotBeginning, "resources" | "nicIds" | "source" | "subscriptions" | "gaps">;

/**
 * Reads the inventory of a scope, hands it to `keep`, and returns the plan without it: the resources of a large scope
 * take much memory.
 * @throws AzureError, and UserError for a scope without NICs.
 */
export async function readFleet(
  connection: AzureConnection,
  scope: SnapshotScope,
  keep: (inventory: InventoryParts) => void,
): Promise<Fleet> {
  const { resources, nicIds, source, subscriptions, gaps } = await fetchInventory(connection, scope);
  if (nicIds.length === 0) throw noNics(subscriptions.length);
  const read = subscriptions.map(({ error, ...rest }) => ({
    ...rest,
    error: error && { code: error.code, message: error.message },
  }));
  const missing = gaps.map(({ error: { code, message }, ...rest }) => ({ ...rest, error: { code, message } }));
  keep({ resources, nicIds, source, subscriptions: read, gaps: missing });
  const { topology } = readTopology(resources);
  const wanted = new Set(nicIds.map(idKey));
  return {
    groups: fetchPlan({ ...topology, nics: topology.nics.filter(({ id }) => wanted.has(idKey(id))) }),
    source,
    subscriptions: subscriptions.length,
    unreadSubscriptions: read.flatMap(({ id, name, outcome, error }) =>
      outcome === "ok" ? [] : [{ id, name, outcome, code: error?.code ?? outcome, message: error?.message ?? outcome }],
    ),
    routers: { gateways: topology.gateways, hubs: topology.hubs, circuits: topology.circuits },
    gaps: missing.map(({ resourceId, what, error }) => ({ resourceId, what, ...error })),
  };
}

function noNics(subscriptions: number): UserError {
  const where = subscriptions === 1 ? "the subscription" : `the ${subscriptions.toLocaleString("en")} subscriptions`;
  return new UserError(
    "snapshot-no-nics",
    `no network interface of ${where} is in scope`,
    "check --subscription, -g, --vnet and --subnet, and your roles: az network nic list -o table",
    "failed",
  );
}
