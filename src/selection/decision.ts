import type { CoveringRow } from "./covering.ts";
import type { Verdict } from "./explanation.ts";
import { isActive, isBgp, isNetworkOrPeering, isNone, isServiceEndpoint, isUser } from "./route-kinds.ts";
import { type RuleId, ruleOf } from "./rules.ts";
import { type Loser, type Settlement, settleTie } from "./tie.ts";

/** What wins for an address, by which rule, and by which rule each other covering row lost. */
export interface Decision {
  readonly verdict: Verdict;
  readonly rule: RuleId;
  /** Several when they are of equal cost; none for `platform` and `no-route`. */
  readonly winners: readonly CoveringRow[];
  readonly losers: readonly Loser[];
  readonly inactive: readonly CoveringRow[];
}

function longest(rows: readonly CoveringRow[]): CoveringRow[] {
  const length = rows.reduce((most, row) => Math.max(most, row.prefix.length), 0);
  return rows.filter((row) => row.prefix.length === length);
}

/** Whether the winners lead to more than one next hop. */
export function isEqualCost(winners: readonly CoveringRow[]): boolean {
  const hops = new Set<string>();
  for (const { route } of winners) {
    if (route.nextHopIpAddress.length === 0) hops.add(route.nextHopType.toLowerCase());
    for (const ip of route.nextHopIpAddress) hops.add(ip);
  }
  return hops.size > 1;
}

/**
 * What takes a BGP route's place although its prefix is shorter: a user route with BGP override, else the longest system
 * route of the network, a peering or a service endpoint. Null where nothing does.
 */
function insteadOfBgp(active: readonly CoveringRow[]): { readonly rule: RuleId; readonly settled: Settlement } | null {
  const overriding = active.filter(({ route }) => isUser(route) && route.hasBgpOverride);
  if (overriding.length > 0) return { rule: "bgp-override", settled: settleTie(longest(overriding)) };
  const system = active.filter(({ route }) => isNetworkOrPeering(route) || isServiceEndpoint(route));
  if (system.length > 0) return { rule: "system-over-bgp", settled: settleTie(longest(system)) };
  return null;
}

function ruleThatDecided(rule: RuleId, winners: readonly CoveringRow[], losers: readonly Loser[]): RuleId {
  if (losers.some((loser) => loser.reason === "longer-udr-over-endpoint")) return "longer-udr-over-endpoint";
  return isEqualCost(winners) && winners.length > 1 && ruleOf(rule).status !== "contested" ? "equal-cost" : rule;
}

/**
 * Azure's choice among the rows that cover an address (ROUTE-SELECTION's rules in their order), for any address but the
 * platform's. Cost: linear in the covering rows.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route
 */
export function decide(covering: readonly CoveringRow[]): Decision {
  const inactive = covering.filter(({ route }) => !isActive(route));
  const active = covering.filter(({ route }) => isActive(route));
  if (active.length === 0) return { verdict: "no-route", rule: "no-route", winners: [], losers: [], inactive };

  const level = longest(active);
  const tie = settleTie(level);
  let { winners, losers } = tie;
  let rule: RuleId = tie.rule ?? "longest-prefix";
  const instead = winners.some(({ route }) => isBgp(route)) ? insteadOfBgp(active) : null;
  if (instead !== null) {
    const kept = instead.settled;
    const won = new Set(kept.winners);
    rule = instead.rule;
    losers = [
      ...winners.map((row) => ({ row, reason: instead.rule })),
      ...losers.filter(({ row }) => !won.has(row)),
      ...kept.losers,
    ];
    winners = kept.winners;
  }
  const settled = new Set([...winners, ...losers.map(({ row }) => row)]);
  const userLength = winners[0] !== undefined && isUser(winners[0].route) ? winners[0].prefix.length : -1;
  const shorter = active
    .filter((row) => !settled.has(row))
    .sort((a, b) => b.prefix.length - a.prefix.length || a.index - b.index)
    .map((row): Loser => {
      const overridden = isServiceEndpoint(row.route) && userLength > row.prefix.length;
      return { row, reason: overridden ? "longer-udr-over-endpoint" : "longest-prefix" };
    });
  losers = [...losers, ...shorter];
  return {
    verdict: winners.every(({ route }) => isNone(route)) ? "drop" : "forward",
    rule: ruleThatDecided(rule, winners, losers),
    winners,
    losers,
    inactive,
  };
}

/** The decision for a platform address: every active row that covers it loses without being asked. */
export function decidePlatform(covering: readonly CoveringRow[]): Decision {
  return {
    verdict: "platform",
    rule: "platform-address",
    winners: [],
    losers: covering
      .filter(({ route }) => isActive(route))
      .map((row) => ({ row, reason: "platform-address" as const })),
    inactive: covering.filter(({ route }) => !isActive(route)),
  };
}
