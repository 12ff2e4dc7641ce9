/** What an inventory covers. The empty scope is everything that the sign-in sees; each part narrows it. */
export interface InventoryScope {
  /** Ids or names; empty: all that the sign-in sees, or those of the management group. */
  readonly subscriptions: readonly string[];
  /** The id of a management group, not its display name. */
  readonly managementGroup: string | null;
  /** The group of NICs; with `network` the group of that network. */
  readonly resourceGroup: string | null;
  /** The name or the resource id of a virtual network. */
  readonly network: string | null;
  /** The name or the resource id of a subnet. */
  readonly subnet: string | null;
}
