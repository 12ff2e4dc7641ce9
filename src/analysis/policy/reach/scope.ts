import type { Address } from "../../../net/address.ts";
import { unionOf } from "../../../net/address-ranges.ts";
import { isVnetLocal } from "../../../selection/route-kinds.ts";
import type { NetworkInterface } from "../../../topology/topology.ts";
import { countAddresses } from "../../destinations/address-counts.ts";
import type { TraceData } from "../../trace/question.ts";
import type { JudgedAddresses } from "../judged-addresses.ts";
import type { LeftOut } from "../result.ts";
import type { AddressClass } from "./classes.ts";

/** The addresses that a rule is judged on from one source, in classes, and those that are left out. */
export interface Scope extends JudgedAddresses {
  readonly classes: readonly AddressClass[];
}

/**
 * Leaves out, for a rule with `through`, each sender's own network: packets usually pass no appliance in it. A rule
 * whose senders are all asked about nothing but their own network means it, and is judged on it. Null for a sender that
 * has no address left. Cost: for each distinct table a look-up per class.
 */
export function withoutOwnNetwork(
  sources: ReadonlyMap<NetworkInterface, Scope>,
  data: TraceData,
): ReadonlyMap<NetworkInterface, Scope | null> {
  const known = new Map<unknown, Scope | null>();
  const narrowed = new Map(
    Array.from(sources, ([nic, scope]) => {
      const routes = data.tables.ofNic(nic.id).table?.table.routes ?? [];
      let own = known.get(routes);
      if (own === undefined) {
        own = outside(scope, (address) => {
          const row = data.lookups.systemRow(routes, address);
          return row !== null && isVnetLocal(row);
        });
        known.set(routes, own);
      }
      return [nic, own] as const;
    }),
  );
  return [...narrowed.values()].some((each) => each !== null) ? narrowed : sources;
}

/** The part of a scope outside the network; null where nothing is. Each class lies on one side. */
function outside(scope: Scope, isOwn: (address: Address) => boolean): Scope | null {
  const own: AddressClass[] = [];
  const others: AddressClass[] = [];
  for (const each of scope.classes) {
    const [range] = each.ranges;
    const isIn = range !== undefined && isOwn({ family: range.family, value: range.first });
    (isIn ? own : others).push(each);
  }
  if (own.length === 0) return scope;
  if (others.length === 0) return null;
  const leftOut: LeftOut = {
    id: "own-network",
    addresses: countAddresses(rangesOf(own)),
    text: "A rule with through leaves out the sender's own network: packets usually pass no appliance in it.",
  };
  return { classes: others, ranges: rangesOf(others), leftOut: [...scope.leftOut, leftOut] };
}

const rangesOf = (classes: readonly AddressClass[]) => unionOf(classes.flatMap(({ ranges }) => ranges));
