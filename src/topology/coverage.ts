import { same } from "../text/same.ts";
import { groupOf, nameOf, networkOf, sameResource, subscriptionOf } from "./resource-id.ts";

/** A subscription that was in scope and could not be read. */
export interface MissingSubscription {
  readonly id: string;
  /** Null where Azure does not say. */
  readonly name: string | null;
  /** Why, in one line. */
  readonly reason: string;
}

/** The NICs that a snapshot has if they exist. */
export interface Coverage {
  /** In lower case; null: all that the sign-in could see. */
  readonly subscriptionIds: readonly string[] | null;
  /** The group of the NICs; with `network` or `subnet` the group of the network. */
  readonly resourceGroup: string | null;
  /** The name or the resource id of a virtual network. */
  readonly network: string | null;
  /** The name or the resource id of a subnet. */
  readonly subnet: string | null;
  readonly unreadSubscriptions: readonly MissingSubscription[];
}

/** The subscription of a NIC or a subnet that the snapshot could not read; null where it could. */
export function missingSubscriptionOf(id: string, { unreadSubscriptions }: Coverage): MissingSubscription | null {
  const subscription = subscriptionOf(id);
  return unreadSubscriptions.find((each) => same(each.id, subscription)) ?? null;
}

/** Whether a NIC of this subnet is in the scope of the snapshot, read or not. */
export function isInScope(
  { id, subnetId }: { readonly id: string; readonly subnetId: string | null },
  { subscriptionIds, resourceGroup, network, subnet }: Coverage,
): boolean {
  if (subscriptionIds !== null && !subscriptionIds.includes(subscriptionOf(id))) return false;
  const networkId = subnetId === null ? null : networkOf(subnetId);
  const isNamed = (own: string | null, wanted: string | null) =>
    wanted === null || (own !== null && (wanted.includes("/") ? sameResource(wanted, own) : same(nameOf(own), wanted)));
  if (!isNamed(networkId, network) || !isNamed(subnetId, subnet)) return false;
  if (resourceGroup === null || network?.includes("/")) return true; // an id has its own group
  return same(groupOf(network === null && subnet === null ? id : (networkId ?? "")), resourceGroup);
}
