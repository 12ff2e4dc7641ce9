import type { RouteTable, RouteTableOrigin } from "./effective-route.ts";
import { nicName } from "./nic-name.ts";

const OF_SCALE_SETS = "Azure has no effective routes for NICs of scale sets";

/**
 * The table of one NIC as that of another in the same subnet, with a note that says so and why the NIC has no table of
 * its own. Both are resource ids. Microsoft describes effective routes as those of "all network interfaces in a
 * subnet". That a NIC for which Azure computes none, such as a scale set's, has them too is inferred.
 * https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
 */
export function withStandIn(
  table: RouteTable,
  nicId: string,
  standIn: string,
  why: string = OF_SCALE_SETS,
  isInferred = true,
): RouteTable & { readonly origin: RouteTableOrigin & { readonly note: string } } {
  const inferred = isInferred ? ", inferred to be the same" : "";
  const note = `${why}. These are the routes of ${nicName(standIn)} in the same subnet${inferred}`;
  return { ...table, origin: { ...table.origin, name: nicId, note, standIn } };
}
