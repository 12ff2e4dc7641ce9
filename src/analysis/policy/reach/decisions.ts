import type { AddressRange } from "../../../net/address-ranges.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import type { CoveringRow } from "../../../selection/covering.ts";
import type { Decision } from "../../../selection/decision.ts";
import { isConnectedGroup, isNetworkOrPeering } from "../../../selection/route-kinds.ts";
import { ForwardingTable } from "../../bulk/forwarding-table.ts";
import { outcomeKeys } from "../../destinations/outcome.ts";
import { piecesWithin } from "../../destinations/pieces.ts";
import type { TraceData } from "../../trace/question.ts";
import type { KeyedRange } from "./marks.ts";

/** Returns the distinct tables of all NICs. */
export function distinctTables({ index, tables }: TraceData): readonly (readonly EffectiveRoute[])[] {
  const found = new Set<readonly EffectiveRoute[]>();
  for (const { id } of index.topology.nics) {
    const { table } = tables.ofNic(id);
    if (table !== null) found.add(table.table.routes);
  }
  return [...found];
}

/**
 * Yields how a table decides for the addresses, and which row says whose network they are in. Equal keys mean equal
 * walks through a router with this table. Cost: a step per piece of the table in the ranges.
 */
export function* keysOfTable(
  routes: readonly EffectiveRoute[],
  ranges: readonly AddressRange[],
): Generator<KeyedRange> {
  const outcome = outcomeKeys();
  const known = new Map<Decision, string>();
  for (const { family, first, last, decision } of piecesWithin(new ForwardingTable(routes), ranges)) {
    let key = known.get(decision);
    if (key === undefined) {
      key = `${outcome(decision)} ${systemRowOf(decision)}`;
      known.set(decision, key);
    }
    yield { family, first, last, key };
  }
}

/** The index of the longest row of the network or a peering that covers the addresses, the first of several. */
function systemRowOf({ winners, losers, inactive }: Decision): number {
  let best: CoveringRow | null = null;
  for (const row of [...winners, ...losers.map((loser) => loser.row), ...inactive]) {
    if (!isNetworkOrPeering(row.route) && !isConnectedGroup(row.route)) continue;
    const order = best === null ? 1 : row.prefix.length - best.prefix.length || best.index - row.index;
    if (order > 0) best = row;
  }
  return best?.index ?? -1;
}
