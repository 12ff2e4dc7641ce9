import type { AzureConnection } from "../connection.ts";
import type { AzureError } from "../failure/azure-error.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import { visibleSubscriptions } from "../visible-subscriptions.ts";
import { childResources } from "./child-resources.ts";
import { fetchInventory } from "./fetch-inventory.ts";
import type { InventoryResource } from "./kinds.ts";
import { inventoryQuery, type ResourceSearch, resourceOf, searchCondition } from "./query.ts";
import { needsLists, ResourceGraph } from "./resource-graph.ts";
import { batches, callsBySubscription } from "./subscriptions.ts";

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
    const subscriptions = named === null ? await visibleSubscriptions(connection) : [await connection.named(named)];
    return new InventorySearch(connection, subscriptions);
  }

  /**
   * The resources that a search wants, with the connections of hubs and the places of Route Servers; more where lists
   * answer.
   * @throws AzureError
   */
  async find(search: ResourceSearch): Promise<readonly InventoryResource[]> {
    if (this.#everything !== null) return this.#everything;
    try {
      return await this.byGraph(search);
    } catch (error) {
      if (!needsLists(error)) throw error;
      this.#everything ??= this.#lists();
      return this.#everything;
    }
  }

  /**
   * The same without the lists, for what is not worth so many requests.
   * @throws AzureError, also where Resource Graph does not answer.
   */
  async byGraph(search: ResourceSearch): Promise<readonly InventoryResource[]> {
    const condition = searchCondition(search);
    if (condition === "") return [];
    const found = await Promise.all(
      batches(this.#subscriptions).map((group) => {
        const scope = { subscriptions: group.map(({ id }) => id) };
        const calls = this.#connection.calls(group[0] ?? null);
        return this.#graph.rows(calls, inventoryQuery(condition), scope, resourceOf);
      }),
    );
    const resources = found.flat();
    return [...resources, ...(await this.#children(resources))];
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
    const callsOf = callsBySubscription(this.#connection, this.#subscriptions);
    return childResources(resources, callsOf, this.#connection.apiVersion, ({ error }) => this.gaps.push(error));
  }
}
