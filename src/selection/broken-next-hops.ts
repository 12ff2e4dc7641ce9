import type { RouteTable } from "../routes/effective-route.ts";
import type { CoveringRow } from "./covering.ts";
import type { Decision } from "./decision.ts";
import { isNextHopInTable } from "./next-hop-prefixes.ts";
import { isAppliance, isNone } from "./route-kinds.ts";

/** A winning user route to an appliance that cannot work. */
export interface BrokenNextHop {
  readonly row: CoveringRow;
  /** `outside`: in no network, peering or gateway prefix of the table. `own`: an address of the NIC itself. */
  readonly defect: "no-address" | "outside" | "own";
  /** The next hops with the defect; empty for `no-address`. */
  readonly hops: readonly string[];
}

/**
 * The winning user routes to an appliance that cannot work, in the order of the winners. Empty where the table does not
 * tell.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined
 */
export function brokenNextHops({ winners }: Decision, { routes, nic }: RouteTable): readonly BrokenNextHop[] {
  const own = nic?.privateIpAddresses ?? [];
  return winners
    .filter(({ route }) => isAppliance(route) && !isNone(route))
    .flatMap((row): BrokenNextHop[] => {
      const all = row.route.nextHopIpAddress;
      if (all.length === 0) return [{ row, defect: "no-address", hops: [] }];
      const found = (defect: BrokenNextHop["defect"], hops: readonly string[]) =>
        hops.length === 0 ? [] : [{ row, defect, hops }];
      return [
        ...found(
          "outside",
          all.filter((hop) => isNextHopInTable(routes, hop) === false),
        ),
        ...found(
          "own",
          all.filter((hop) => own.includes(hop)),
        ),
      ];
    });
}
