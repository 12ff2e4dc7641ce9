import type { CoveringRow } from "./covering.ts";
import { isActive, isBgp, isNone, isPreferredOverBgp, isServiceEndpoint, isUser } from "./route-kinds.ts";
import { type RuleId, ruleOf } from "./rules.ts";
import { type Loser, settleTie } from "./tie.ts";

/**
 * `forward`: the packet leaves by the winner. `drop`: the winner is a None route. `platform`: the host answers without
 * the table.
 */
export type Verdict = "forward" | "drop" | "platform" | "no-route";

/** The routes that win for an address, the rule that decided, and the rule by which each other covering row lost. */
export interface Decision {
  readonly verdict: Verdict;
  readonly rule: RuleId;
  /** Several when they are of equal cost; none for `platform` and `no-route`. */
  readonly winners: readonly CoveringRow[];
  /** In the order in which they lost. */
  readonly losers: readonly Loser[];
  /** Covering rows whose state is not Active, in table order. */
  readonly inactive: readonly CoveringRow[];
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

const longestFirst = (a: CoveringRow, b: CoveringRow) => b.prefix.length - a.prefix.length || a.index - b.index;

interface Contest {
  readonly winners: readonly CoveringRow[];
  readonly losers: readonly Loser[];
  readonly rule: RuleId;
}

/** Longest prefix first, then precedence among equal prefixes. */
function contest(active: readonly CoveringRow[]): Contest {
  const length = active.reduce((most, row) => Math.max(most, row.prefix.length), 0);
  const { winners, losers, rule } = settleTie(active.filter((row) => row.prefix.length === length));
  const shorter = active.filter((row) => row.prefix.length < length).sort(longestFirst);
  return {
    winners,
    losers: [...losers, ...shorter.map((row): Loser => ({ row, reason: "longest-prefix" }))],
    rule: rule ?? "longest-prefix",
  };
}

/** The rule that takes every BGP row out of the contest where one would win; null where none does. */
function ruleAgainstBgp(active: readonly CoveringRow[]): "bgp-override" | "system-over-bgp" | null {
  if (active.some(({ route }) => isUser(route) && route.hasBgpOverride)) return "bgp-override";
  return active.some(({ route }) => isPreferredOverBgp(route)) ? "system-over-bgp" : null;
}

/**
 * Decides among active rows. Where a BGP row would win against a rule, all BGP rows leave and the rest decides again.
 */
function decideActive(active: readonly CoveringRow[]): Contest {
  const first = contest(active);
  const rule = first.winners.some(({ route }) => isBgp(route)) ? ruleAgainstBgp(active) : null;
  if (rule === null) return first;
  const { winners, losers } = contest(active.filter(({ route }) => !isBgp(route)));
  const bgp = active.filter(({ route }) => isBgp(route)).sort(longestFirst);
  return { winners, losers: [...bgp.map((row): Loser => ({ row, reason: rule })), ...losers], rule };
}

/**
 * Marks the service endpoint rows that a longer user route beat: a disputed result, though it follows from length
 * alone.
 */
function withOverriddenEndpoints({ winners, losers, rule }: Contest): Contest {
  if (!winners.some(({ route }) => isUser(route))) return { winners, losers, rule };
  const isOverridden = ({ row, reason }: Loser) => reason === "longest-prefix" && isServiceEndpoint(row.route);
  if (!losers.some(isOverridden)) return { winners, losers, rule };
  const marked = losers.map(
    (loser): Loser => (isOverridden(loser) ? { row: loser.row, reason: "longer-udr-over-endpoint" } : loser),
  );
  return { winners, losers: marked, rule: "longer-udr-over-endpoint" };
}

const sharesTraffic = ({ winners, rule }: Contest) =>
  winners.length > 1 &&
  isEqualCost(winners) &&
  rule !== "bgp-override" &&
  rule !== "system-over-bgp" &&
  ruleOf(rule).status !== "contested";

/**
 * Azure's choice among the rows that cover an address: the rules of docs/route-selection.md in their order, for any
 * address but the platform's. Cost: that of sorting the covering rows.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route
 */
export function decide(covering: readonly CoveringRow[]): Decision {
  const inactive = covering.filter(({ route }) => !isActive(route));
  const active = covering.filter(({ route }) => isActive(route));
  if (active.length === 0) return { verdict: "no-route", rule: "no-route", winners: [], losers: [], inactive };
  const decided = withOverriddenEndpoints(decideActive(active));
  const { winners, losers } = decided;
  return {
    verdict: winners.every(({ route }) => isNone(route)) ? "drop" : "forward",
    rule: sharesTraffic(decided) ? "equal-cost" : decided.rule,
    winners: winners.slice(), // a filtered array has room for 16 more, and a large table as many decisions as prefixes
    losers,
    inactive,
  };
}

/** The decision for a platform address: no row that covers it is used. */
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
