import { subscriptionOf } from "../../topology/resource-id.ts";
import type { AzureConnection } from "../connection.ts";
import { type AzureError, isAzureError } from "../failure/azure-error.ts";
import { mapBounded } from "../map-bounded.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import { childResources } from "./child-resources.ts";
import type { InventoryGap } from "./gaps.ts";
import type { InventoryResource } from "./kinds.ts";
import { listInventory, listNics } from "./lists.ts";
import { type NarrowedInventory, narrowed } from "./narrow.ts";
import { inventoryQuery, resourceOf, WHOLE_INVENTORY } from "./query.ts";
import { type GraphScope, needsLists, ResourceGraph } from "./resource-graph.ts";
import type { InventoryScope } from "./scope.ts";
import { batches, callsBySubscription, subscriptionsInScope } from "./subscriptions.ts";

/** The outcome of reading one subscription. */
interface SubscriptionOutcome {
  readonly id: string;
  /** Null where neither Azure nor the Azure CLI names it. */
  readonly name: string | null;
  readonly outcome: "ok" | "denied" | "failed";
  /** Null where the outcome is `ok`. */
  readonly error: AzureError | null;
}

/** Resources as Azure has them, without what the program does not use, and without secrets. */
export interface Inventory extends NarrowedInventory {
  readonly subscriptions: readonly SubscriptionOutcome[];
  /** `lists` where Resource Graph did not answer for one of the subscriptions, or more. */
  readonly source: "resource-graph" | "lists";
  /** Parts that could not be read, of subscriptions that otherwise could. */
  readonly gaps: readonly InventoryGap[];
}

const MOST_SUBSCRIPTIONS_AT_ONCE = 4;

/** Each of them takes one request. */
const MOST_CONFIRMED_AT_ONCE = 16;

/**
 * The networks and NICs of a scope, by Resource Graph, or by lists where it does not answer. A subscription that
 * cannot be read has an outcome of its own.
 * @throws AzureError where no subscription can be read, or the scope names something that does not exist.
 */
export async function fetchInventory(connection: AzureConnection, scope: InventoryScope): Promise<Inventory> {
  return new InventoryFetch(connection).fetch(scope);
}

class InventoryFetch {
  readonly #connection: AzureConnection;
  readonly #graph: ResourceGraph;
  readonly #gaps: InventoryGap[] = [];
  readonly #outcomes = new Map<string, SubscriptionOutcome>();
  #source: Inventory["source"] = "resource-graph";

  constructor(connection: AzureConnection) {
    this.#connection = connection;
    this.#graph = new ResourceGraph(connection.pace);
  }

  async fetch(scope: InventoryScope): Promise<Inventory> {
    this.#connection.pace.progress("reading the inventory");
    const subscriptions = await subscriptionsInScope(this.#connection, this.#graph, scope);
    const groups = batches(subscriptions);
    const found = await mapBounded(groups, 1, (group) => this.#resourcesOf(group));
    this.#failIfNone();
    const own = found.flat();
    const children = await childResources(
      own,
      callsBySubscription(this.#connection, subscriptions),
      this.#connection.apiVersion,
      (gap) => this.#gaps.push(gap),
    );
    return {
      ...narrowed([...own, ...children], scope),
      subscriptions: subscriptions.flatMap(({ id }) => this.#outcomes.get(id) ?? []),
      source: this.#source,
      gaps: this.#gaps,
    };
  }

  async #resourcesOf(group: readonly Subscription[]): Promise<readonly InventoryResource[]> {
    try {
      const found = await this.#byGraph(group);
      const seen = new Set(found.map(({ id }) => subscriptionOf(id)));
      const [full, empty] = [true, false].map((wanted) => {
        return group.filter(({ id }) => seen.has(id.toLowerCase()) === wanted);
      });
      for (const subscription of full ?? []) this.#succeeded(subscription);
      return [...found, ...(await this.#confirmEmpty(empty ?? []))];
    } catch (error) {
      if (!isAzureError(error) || error.exit === "usage") throw error;
      if (needsLists(error)) return this.#byLists(group);
      for (const subscription of group) this.#failed(subscription, error);
      return [];
    }
  }

  #byGraph(group: readonly Subscription[]): Promise<readonly InventoryResource[]> {
    const scope: GraphScope = { subscriptions: group.map(({ id }) => id) };
    return this.#graph.rows(
      this.#connection.calls(group[0] ?? null),
      inventoryQuery(WHOLE_INVENTORY),
      scope,
      resourceOf,
      (rows, total) =>
        this.#connection.pace.progress(
          `reading the inventory: ${rows.toLocaleString("en")} of ${total.toLocaleString("en")} resources`,
        ),
    );
  }

  /**
   * Resource Graph silently leaves out a subscription that the sign-in may not read. So the NICs of a subscription
   * without resources are listed: that is refused, or empty too. Returns what Resource Graph did not have.
   */
  async #confirmEmpty(subscriptions: readonly Subscription[]): Promise<readonly InventoryResource[]> {
    const found = await mapBounded(subscriptions, MOST_CONFIRMED_AT_ONCE, async (subscription) => {
      try {
        const { apiVersion } = this.#connection;
        const nics = await listNics(this.#connection.calls(subscription), subscription.id, apiVersion);
        if (nics.length > 0) return await this.#byLists([subscription]);
        this.#succeeded(subscription);
      } catch (error) {
        if (!isAzureError(error)) throw error;
        if (error.code === "provider-not-registered") this.#succeeded(subscription);
        else this.#failed(subscription, error);
      }
      return [];
    });
    return found.flat();
  }

  async #byLists(group: readonly Subscription[]): Promise<readonly InventoryResource[]> {
    this.#source = "lists";
    let done = 0;
    const found = await mapBounded(group, MOST_SUBSCRIPTIONS_AT_ONCE, async (subscription) => {
      try {
        const calls = this.#connection.calls(subscription);
        const { apiVersion } = this.#connection;
        const resources = await listInventory(calls, subscription.id, apiVersion, (gap) => this.#gaps.push(gap));
        this.#succeeded(subscription);
        return resources;
      } catch (error) {
        if (!isAzureError(error)) throw error;
        this.#failed(subscription, error);
        return [];
      } finally {
        done++;
        this.#connection.pace.progress(`reading the inventory: ${done} of ${group.length} subscriptions`);
      }
    });
    return found.flat();
  }

  #succeeded({ id, name }: Subscription): void {
    this.#outcomes.set(id, { id, name, outcome: "ok", error: null });
  }

  #failed({ id, name }: Subscription, error: AzureError): void {
    // Azure does not find a subscription that the sign-in may not see.
    const isDenied = error.exit === "notAllowed" || error.code === "subscription-not-found";
    const outcome = isDenied ? "denied" : "failed";
    this.#outcomes.set(id, { id, name, outcome, error });
  }

  #failIfNone(): void {
    const errors = [...this.#outcomes.values()].map(({ error }) => error);
    if (!errors.includes(null)) throw errors[0];
  }
}
