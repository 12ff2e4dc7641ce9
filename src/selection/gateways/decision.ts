import type { Address } from "../../net/address.ts";
import { contains } from "../../net/prefix.ts";
import { isOwn } from "../../routes/gateways/gateway-report.ts";
import type { GatewayRoute } from "../../routes/gateways/gateway-table.ts";
import { same } from "../../text/same.ts";
import type { GatewayLossId, GatewayRuleId } from "./rules.ts";

/** A row that covers the address and lost, with the rule by which it did. */
interface GatewayLoser {
  readonly route: GatewayRoute;
  readonly reason: GatewayLossId;
}

/** Which rows of one router, or of one of its instances, win for an address. */
export interface GatewayDecision {
  /** The rule that decided: the last one that took a row out of the contest. */
  readonly rule: GatewayRuleId;
  /** Several where they are level; none without a route. */
  readonly winners: readonly GatewayRoute[];
  /** In the order in which they lost, the last one first. */
  readonly losers: readonly GatewayLoser[];
}

/** A rule that compares rows: the rows with the highest rank stay. Null where it says nothing about a row. */
interface Step {
  readonly rule: GatewayLossId;
  rank(route: GatewayRoute): number | null;
}

const STEPS: readonly Step[] = [
  { rule: "gateway-longest-prefix", rank: ({ prefix }) => prefix.length },
  { rule: "gateway-own-network", rank: (route) => Number(isOwn(route)) },
  { rule: "gateway-weight", rank: ({ weight }) => weight },
  { rule: "gateway-local-preference", rank: ({ localPreference }) => localPreference },
  { rule: "gateway-as-path", rank: ({ asPath }) => (asPath === null ? null : -asPath.length) },
  { rule: "gateway-origin", rank: originRank },
  { rule: "gateway-best-mark", rank: ({ best }) => (best === null ? null : Number(best)) },
];

function originRank({ origin }: GatewayRoute): number | null {
  const at = ["IBgp", "EBgp"].findIndex((name) => same(name, origin ?? ""));
  return at < 0 ? null : at;
}

/**
 * The rows that win for an address among the rows of a router, or of one of its instances: by the longest prefix, then
 * by weight, local preference and AS path, and by what else tells rows apart. A rule that does not apply to one of the
 * rows takes none out. Every answer is inferred. Linear in the rows.
 */
export function decideGateway(routes: readonly GatewayRoute[], address: Address): GatewayDecision {
  let left = routes.filter(({ prefix }) => contains(prefix, address));
  if (left.length === 0) return { rule: "gateway-no-route", winners: [], losers: [] };
  let decided: GatewayRuleId = "gateway-longest-prefix";
  let losers: readonly GatewayLoser[] = [];
  for (const { rule, rank } of STEPS) {
    const ranks = left.map(rank);
    const known = ranks.filter((each) => each !== null);
    if (known.length < ranks.length) continue;
    const highest = known.reduce((a, b) => Math.max(a, b));
    const out = left.filter((_, at) => ranks[at] !== highest);
    if (out.length === 0) continue;
    left = left.filter((_, at) => ranks[at] === highest);
    losers = [...out.map((route) => ({ route, reason: rule })), ...losers];
    decided = rule;
  }
  return { rule: hasSeveralHops(left) ? "gateway-equal" : decided, winners: left, losers };
}

function hasSeveralHops(winners: readonly GatewayRoute[]): boolean {
  return new Set(winners.flatMap(({ nextHops }) => nextHops.map(({ text }) => text))).size > 1;
}
