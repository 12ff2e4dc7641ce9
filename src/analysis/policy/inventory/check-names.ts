/** What a rule can expect of an inventory. */
export const INVENTORY_CHECK_NAMES = [
  "appliances-found",
  "appliances-running",
  "appliances-forwarding",
  "peerings-connected",
  "peerings-allow-access",
  "gateway-transit-allowed",
  "no-endpoint-bypass",
  "internet-outbound",
  "route-tables-used",
] as const;

export type InventoryCheckName = (typeof INVENTORY_CHECK_NAMES)[number];
