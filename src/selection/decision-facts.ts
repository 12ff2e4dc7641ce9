import { same } from "../text/same.ts";
import type { CoveringRow } from "./covering.ts";
import { type Decision, isEqualCost } from "./decision.ts";
import { isNetworkOrPeering, isPreferredOverBgp, isUser } from "./route-kinds.ts";
import type { RuleId } from "./rules.ts";

/** Facts that the sentences about a decision's rows share. */
export interface DecisionFacts {
  /** Whether the winners lead to more than one next hop. */
  readonly isEqualCost: boolean;
  /** The longest active system route that Azure prefers to BGP routes. */
  readonly preferredOverBgp: CoveringRow | undefined;
  /**
   * The first active row with the row's prefix length and another source. (Covering prefixes of one length are one
   * prefix.)
   */
  twinOf(row: CoveringRow): CoveringRow | undefined;
  /**
   * The first active user route at least as long as every prefix of the network and its peerings, except a default
   * route.
   */
  readonly overNetwork: CoveringRow | undefined;
}

const known = new WeakMap<Decision, DecisionFacts>();

/**
 * The facts of a decision, found once: it may have thousands of rows and a sentence for each. Cost: linear in the
 * covering rows.
 */
export function factsOf(decision: Decision): DecisionFacts {
  let facts = known.get(decision);
  if (facts === undefined) {
    facts = findFacts(decision);
    known.set(decision, facts);
  }
  return facts;
}

/**
 * The longest active system route that Azure prefers to BGP routes.
 * @throws RangeError where there is none, and so no row lost by `system-over-bgp`.
 */
export function preferredOverBgp(decision: Decision): CoveringRow {
  const row = factsOf(decision).preferredOverBgp;
  if (row === undefined) throw new RangeError("no system route comes before BGP");
  return row;
}

/**
 * The first row that lost by a rule.
 * @throws RangeError where none did: a rule that separates rows decides only where it takes one out.
 */
export function firstLoserBy(rule: RuleId, { losers }: Pick<Decision, "losers">): CoveringRow {
  const loser = losers.find(({ reason }) => reason === rule);
  if (loser === undefined) throw new RangeError(`no row lost by ${rule}`);
  return loser.row;
}

function findFacts({ winners, losers, inactive }: Decision): DecisionFacts {
  const active = [...winners, ...losers.map(({ row }) => row)];
  // For each prefix length the first row, and the first row of another source.
  const twins = new Map<number, { readonly first: CoveringRow; other: CoveringRow | undefined }>();
  for (const row of active) {
    const seen = twins.get(row.prefix.length);
    if (seen === undefined) twins.set(row.prefix.length, { first: row, other: undefined });
    else if (!same(seen.first.route.source, row.route.source)) seen.other ??= row;
  }
  let longest = 1;
  for (const { route, prefix } of [...active, ...inactive]) {
    if (isNetworkOrPeering(route)) longest = Math.max(longest, prefix.length);
  }
  return {
    isEqualCost: isEqualCost(winners),
    // Where BGP rows lost to it, the others lost from the longest to the shortest.
    preferredOverBgp: active.find(({ route }) => isPreferredOverBgp(route)),
    twinOf: (row) => {
      const seen = twins.get(row.prefix.length);
      return seen === undefined || !same(seen.first.route.source, row.route.source) ? seen?.first : seen.other;
    },
    overNetwork: active.find(({ route, prefix }) => isUser(route) && prefix.length >= longest),
  };
}
