import type { AzureError } from "../failure/azure-error.ts";

/** A part of the inventory that could not be read. */
export interface InventoryGap {
  /** Of the subscription, the hub or the scale set. */
  readonly resourceId: string;
  /** `the list of routeTables` */
  readonly what: string;
  readonly error: AzureError;
}

export type OnGap = (gap: InventoryGap) => void;
