import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { ownField, textField } from "../../text/type-guards.ts";
import { subscriptionOf } from "../../topology/resource-id.ts";
import { MANAGEMENT_GROUPS_API_VERSION } from "../arm/api-version.ts";
import type { AzureCalls } from "../arm/calls.ts";
import { MANAGEMENT_GROUP } from "../arm/reads.ts";
import type { AzureConnection } from "../connection.ts";
import { mapBounded } from "../map-bounded.ts";
import type { Subscription } from "../sign-in/subscription.ts";
import { noSubscription, visibleSubscriptions } from "../visible-subscriptions.ts";
import { rawList } from "./raw-list.ts";
import { needsLists, type ResourceGraph } from "./resource-graph.ts";
import type { InventoryScope } from "./scope.ts";

const MOST_SUBSCRIPTIONS_A_QUERY = 500;

const SUBSCRIPTIONS_QUERY = [
  "resourcecontainers",
  "| where type =~ 'microsoft.resources/subscriptions'",
  "| project id, name, subscriptionId",
  "| order by id asc",
].join("\n");

/** The subscriptions that a scope names, else all that the sign-in sees: at least one. @throws AzureError */
export async function subscriptionsInScope(
  connection: AzureConnection,
  graph: ResourceGraph,
  { subscriptions, managementGroup, network }: InventoryScope,
): Promise<readonly Subscription[]> {
  if (subscriptions.length > 0) {
    const named = await mapBounded(subscriptions, 1, (given) => connection.named(given));
    return named.filter((each, index) => named.findIndex(({ id }) => same(id, each.id)) === index);
  }
  if (managementGroup !== null) return ofManagementGroup(connection, graph, managementGroup);
  const ofNetwork = subscriptionOf(network ?? "");
  return ofNetwork === "" ? visibleSubscriptions(connection) : [await connection.named(ofNetwork)];
}

async function ofManagementGroup(
  connection: AzureConnection,
  graph: ResourceGraph,
  group: string,
): Promise<readonly Subscription[]> {
  const calls = connection.calls(null);
  let found: readonly Subscription[];
  try {
    found = await graph.rows(calls, SUBSCRIPTIONS_QUERY, { managementGroups: [group] }, (row) =>
      listed(textField(row, "subscriptionId"), textField(row, "name")),
    );
  } catch (error) {
    if (!needsLists(error)) throw error;
    const path = `/providers/Microsoft.Management/managementGroups/${encodeURIComponent(group)}/descendants`;
    const address = `${path}?api-version=${MANAGEMENT_GROUPS_API_VERSION}`;
    found = await rawList(calls, MANAGEMENT_GROUP, address, (descendant) =>
      same(textField(descendant, "type") ?? "", "/subscriptions")
        ? listed(textField(descendant, "name"), textField(ownField(descendant, "properties"), "displayName"))
        : null,
    );
  }
  if (found.length > 0) return found;
  throw noSubscription(`no subscription of the management group ${quotedText(group)} is visible to you`);
}

function listed(id: string | null, name: string | null): Subscription | null {
  return id === null ? null : { id, name, tenantId: null, from: "Azure's list of subscriptions" };
}

/** One tenant at a time: a token is for one, and so is a query. */
export function batches(subscriptions: readonly Subscription[]): readonly (readonly Subscription[])[] {
  const byTenant = new Map<string, Subscription[]>();
  for (const subscription of subscriptions) {
    const tenant = subscription.tenantId?.toLowerCase() ?? "";
    const group = byTenant.get(tenant);
    if (group === undefined) byTenant.set(tenant, [subscription]);
    else group.push(subscription);
  }
  return [...byTenant.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MOST_SUBSCRIPTIONS_A_QUERY) }, (_, k) =>
      group.slice(k * MOST_SUBSCRIPTIONS_A_QUERY, (k + 1) * MOST_SUBSCRIPTIONS_A_QUERY),
    ),
  );
}

/** Gives the calls about the subscription of a resource; null for a resource of any other subscription. */
export function callsBySubscription(
  connection: AzureConnection,
  subscriptions: readonly Subscription[],
): (resourceId: string) => AzureCalls | null {
  const byId = new Map(subscriptions.map((subscription) => [subscription.id.toLowerCase(), subscription]));
  return (resourceId) => {
    const subscription = byId.get(subscriptionOf(resourceId));
    return subscription === undefined ? null : connection.calls(subscription);
  };
}
