import type { AzureConnection } from "../connection.ts";
import { azureError } from "../failure/azure-error.ts";
import { InventorySearch } from "../inventory/inventory-search.ts";
import type { InventoryResource } from "../inventory/kinds.ts";

/** The most addresses in a query, which has a condition for each. */
const MOST_ADDRESSES = 100;

/** How long a table waits for the names in it. */
const PATIENCE_MS = 5000;

/**
 * The resources that can name the next hops of a router, by one query of Resource Graph: the NICs with these addresses,
 * the networks, and what routes between them, in the router's subscription.
 * @throws AzureError where Resource Graph does not answer, or not in five seconds.
 */
export async function nextHopResources(
  connection: AzureConnection,
  subscriptionId: string,
  addresses: readonly string[],
): Promise<readonly InventoryResource[]> {
  const search = new InventorySearch(connection, [await connection.named(subscriptionId)]);
  const nothing = { nicNames: [], machineNames: [], ids: [], machineIds: [], subnets: [] };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), PATIENCE_MS);
  });
  try {
    const found = search.byGraph({ ...nothing, routers: true, addresses: addresses.slice(0, MOST_ADDRESSES) });
    found.catch(() => {}); // it may fail after the race
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
  }
}

const tooLate = () =>
  azureError("timeout", "Resource Graph did not answer within 5 s", "the table is complete without the names");
