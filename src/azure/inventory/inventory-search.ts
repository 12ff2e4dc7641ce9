import type { AzureConnection } from "../connection.ts";
import { type AzureError, azureError, isAzureError } from "../failure/azure-error.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import { childResources } from "./child-resources.ts";
import { batches, fetchInventory, NO_GRAPH, subscriptionOf } from "./fetch-inventory.ts";
import type { InventoryResource } from "./kinds.ts";
import { inventoryQuery, type ResourceSearch, resourceOf, searchCondition } from "./query.ts";
import { ResourceGraph } from "./resource-graph.ts";

/**
 * Finds single resources in subscriptions, by Resource Graph: one request for a search, for each tenant. Where it does
 * not answer, Azure's lists give everything, once.
 */
export class InventorySearch {
  readonly #connection: AzureConnection;
  readonly #subscriptions: readonly Subscription[];
  readonly #graph: ResourceGraph;
  /** Parts that could not be read. */
  readonly gaps: AzureError[] = [];
  #everything: Promise<readonly InventoryResource[]> | null = null;

  constructor(connection: AzureConnection, subscriptions: readonly Subscription[]) {
    this.#connection = connection;
    this.#subscriptions = subscriptions;
    this.#graph = new ResourceGraph(connection.pace);
  }

  /**
   * A search in the subscription that is named, else in all that the sign-in sees.
   * @throws AzureError
   */
  static async within(connection: AzureConnection, named: string | null): Promise<InventorySearch> {
    if (named !== null) return new InventorySearch(connection, [await connection.named(named)]);
    const visible = await connection.visible();
    const from = "Azure's list of subscriptions" as const;
    if (visible.length > 0)
      return new InventorySearch(
        connection,
        visible.map((each) => ({ ...each, from })),
      );
    throw azureError(
      "no-subscription",
      "no subscription is visible to you",
      "check the account and --cloud (az account list -o table), or ask for a role on the subscription",
    );
  }

  /**
   * The resources that a search wants, with the connections of hubs and the places of Route Servers; more where lists
   * answer.
   * @throws AzureError
   */
  async find(search: ResourceSearch): Promise<readonly InventoryResource[]> {
    if (this.#everything !== null) return this.#everything;
    const condition = searchCondition(search);
    if (condition === "") return [];
    try {
      const found = await Promise.all(
        batches(this.#subscriptions).map(async (group) => {
          const [first] = group;
          if (first === undefined) return [];
          const scope = { subscriptions: group.map(({ id }) => id) };
          return this.#graph.rows(this.#connection.calls(first), inventoryQuery(condition), scope, resourceOf);
        }),
      );
      const resources = found.flat();
      return [...resources, ...(await this.#children(resources))];
    } catch (error) {
      if (!isAzureError(error) || !NO_GRAPH.includes(error.code)) throw error;
      this.#everything ??= this.#lists();
      return this.#everything;
    }
  }

  async #lists(): Promise<readonly InventoryResource[]> {
    const scope = { managementGroup: null, resourceGroup: null, network: null, subnet: null };
    const subscriptions = this.#subscriptions.map(({ id }) => id);
    const {
      resources,
      gaps,
      subscriptions: outcomes,
    } = await fetchInventory(this.#connection, { ...scope, subscriptions });
    for (const { error } of [...gaps, ...outcomes]) if (error !== null) this.gaps.push(error);
    return resources;
  }

  #children(resources: readonly InventoryResource[]): Promise<readonly InventoryResource[]> {
    const byId = new Map(this.#subscriptions.map((subscription) => [subscription.id.toLowerCase(), subscription]));
    const callsOf = (resourceId: string) => {
      const subscription = byId.get(subscriptionOf(resourceId));
      return subscription === undefined ? null : this.#connection.calls(subscription);
    };
    return childResources(resources, callsOf, this.#connection.apiVersion, ({ error }) => this.gaps.push(error));
  }
}
