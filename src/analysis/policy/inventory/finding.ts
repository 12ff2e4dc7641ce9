/** A resource that does not meet an inventory rule, or perhaps not: the inventory does not say. */
export interface InventoryFinding {
  /** `unknown`: the inventory lacks the field or resource that decides. */
  readonly status: "violated" | "unknown";
  /** The id of the resource to look at. */
  readonly resourceId: string;
  /** What it is, in words: `peering to-hub of vnet-spoke`. */
  readonly resource: string;
  /** What is wrong with it, or what is not known. */
  readonly text: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** The outcome of an inventory rule. */
export interface Judgement {
  /** The number of resources that were judged, those with findings included. */
  readonly resources: number;
  readonly findings: readonly InventoryFinding[];
}
