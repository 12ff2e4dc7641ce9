import { same } from "../text/same.ts";
import type { CoveringRow } from "./covering.ts";
import type { Decision } from "./decision.ts";
import { isActive, isNetworkOrPeering, isUser } from "./route-kinds.ts";

/** What the sentences about a decision's rows have in common. */
export interface DecisionFacts {
  /** The active row with the longest prefix, where it did not win; null where it did. */
  readonly gaveWay: CoveringRow | null;
  /** The first active row of that prefix length whose source is another. (Covering prefixes of one length are one prefix.) */
  twinOf(row: CoveringRow): CoveringRow | undefined;
  /** The first active user route that is at least as long as every prefix of the network and its peerings, a default route aside. */
  readonly overNetwork: CoveringRow | undefined;
}

const known = new WeakMap<Decision, DecisionFacts>();

/** Finds them once for each decision, for it may have thousands of rows and a sentence on each. Cost: linear in the covering rows. */
export function factsOf(decision: Decision): DecisionFacts {
  let facts = known.get(decision);
  if (facts === undefined) {
    facts = findFacts(decision);
    known.set(decision, facts);
  }
  return facts;
}

function findFacts({ winners, losers, inactive }: Decision): DecisionFacts {
  const competing = [...winners, ...losers.map(({ row }) => row)];
  const active = competing.filter(({ route }) => isActive(route));
  let leader: CoveringRow | null = null;
  for (const row of competing) if (leader === null || row.prefix.length > leader.prefix.length) leader = row;
  // Of each prefix length the first row, and the first of another source.
  const twins = new Map<number, { readonly first: CoveringRow; other: CoveringRow | undefined }>();
  for (const row of active) {
    const seen = twins.get(row.prefix.length);
    if (seen === undefined) twins.set(row.prefix.length, { first: row, other: undefined });
    else if (!same(seen.first.route.source, row.route.source)) seen.other ??= row;
  }
  let longest = 1;
  for (const { route, prefix } of [...active, ...inactive]) {
    if (isNetworkOrPeering(route) && prefix.length > longest) longest = prefix.length;
  }
  return {
    gaveWay: leader === null || winners.includes(leader) ? null : leader,
    twinOf: (row) => {
      const seen = twins.get(row.prefix.length);
      return seen === undefined || !same(seen.first.route.source, row.route.source) ? seen?.first : seen.other;
    },
    overNetwork: active.find(({ route, prefix }) => isUser(route) && prefix.length >= longest),
  };
}
