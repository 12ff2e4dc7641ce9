import type { RouteTable, RouteTableOrigin } from "./effective-route.ts";
import { nicName } from "./nic-name.ts";

/**
 * The table of one NIC as that of another in the same subnet, with a note that says so. Both are resource ids.
 * Microsoft describes effective routes as those of "all network interfaces in a subnet"; that a scale set's NIC has
 * them too is inferred.
 * https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
 */
export function withStandIn(
  table: RouteTable,
  nicId: string,
  standIn: string,
): RouteTable & { readonly origin: RouteTableOrigin & { readonly note: string } } {
  const note = `Azure has no effective routes for NICs of scale sets. These are the routes of ${nicName(standIn)} in the same subnet, inferred to be the same`;
  return { ...table, origin: { ...table.origin, name: nicId, note, standIn } };
}
