import { formatPrefix } from "../net/prefix.ts";
import type { CoveringRow } from "./covering.ts";
import type { Decision } from "./decision.ts";
import { factsOf, firstLoserBy, preferredOverBgp } from "./decision-facts.ts";
import { shortName } from "./describe-route.ts";
import { isBgp, isConnectedGroup, isDefault, isNone, isPrivateEndpoint, isUser } from "./route-kinds.ts";
import type { RuleId } from "./rules.ts";

/** Turns rules into a few words about rows, for a table with one reason a row. */

const SAME = "(same prefix)";

const sourceWord = ({ route }: CoveringRow) => (isBgp(route) ? "BGP" : route.source);

/** Which of two rows of one prefix comes first. */
function precedence(winner: CoveringRow, loser: CoveringRow): string {
  if (isDefault(winner.route) && isDefault(loser.route)) {
    if (isNone(loser.route)) return `None comes last ${SAME}`;
    if (isConnectedGroup(loser.route)) return `peering before connected group ${SAME}`;
    return `network before other system routes ${SAME}`;
  }
  return `${sourceWord(winner)} before ${sourceWord(loser)} ${SAME}`;
}

function tagWord({ route }: CoveringRow): string {
  const tags = route.destinationServiceTags;
  return tags.length === 0 ? "explicit prefix" : `tag ${tags.join(", ")}`;
}

const breadth = (winner: CoveringRow, loser: CoveringRow) => `${tagWord(winner)} before ${tagWord(loser)} ${SAME}`;

/** Why a winner won, in a few words. */
export function winnerLabel(row: CoveringRow, { rule, winners, losers }: Decision): string {
  switch (rule) {
    case "longest-prefix":
    case "longer-udr-over-endpoint":
      if (winners.length > 1) return `one of ${winners.length} paths`;
      return losers.length === 0 ? "only active route" : "longest prefix";
    case "equal-cost":
      return `one of ${winners.length} equal routes`;
    case "bgp-override":
      return row.route.hasBgpOverride ? "before BGP (hasBgpOverride)" : "longest prefix without BGP";
    case "system-over-bgp":
      return isUser(row.route) ? "longest prefix without BGP" : "system route before BGP";
    case "source-precedence":
      return precedence(row, firstLoserBy(rule, { losers }));
    case "service-endpoint-tie":
      return isUser(row.route) ? `overrides the endpoint ${SAME}` : `endpoint before Internet ${SAME}`;
    case "tag-specificity":
      return breadth(row, firstLoserBy(rule, { losers }));
    case "platform-address":
    case "inactive-route":
    case "no-route":
      throw new RangeError(`no row wins by ${rule}`);
    default:
      return rule satisfies never;
  }
}

/** Why a covering row lost, in a few words. */
export function loserLabel(row: CoveringRow, reason: RuleId, decision: Decision): string {
  if (reason === "platform-address") return "not used for this address";
  const [winner] = decision.winners;
  if (winner === undefined) throw new RangeError(`a row lost by ${reason} to no winner`);
  switch (reason) {
    case "longest-prefix":
    case "longer-udr-over-endpoint":
      return `/${row.prefix.length} is shorter than /${winner.prefix.length}`;
    case "bgp-override":
      return "BGP comes after hasBgpOverride";
    case "system-over-bgp":
      return `BGP comes after system route ${formatPrefix(preferredOverBgp(decision).prefix)}`;
    case "source-precedence":
      return precedence(winner, row);
    case "service-endpoint-tie":
      return isUser(row.route) ? `endpoint before Internet ${SAME}` : `overridden by ${shortName(winner)} ${SAME}`;
    case "tag-specificity":
      return breadth(winner, row);
    case "inactive-route":
    case "equal-cost":
    case "no-route":
      throw new RangeError(`no row loses by ${reason}`);
    default:
      return reason satisfies never;
  }
}

/** Why a row that covers the address does not compete, in a few words. */
export function inactiveLabel(row: CoveringRow, decision: Decision): string {
  const { state } = row.route;
  const { twinOf, overNetwork } = factsOf(decision);
  const twin = twinOf(row);
  if (twin !== undefined) return `${state}: overridden by ${shortName(twin)} ${SAME}`;
  if (isPrivateEndpoint(row.route) && overNetwork !== undefined) {
    return `${state}: likely overridden by ${shortName(overNetwork)} (network policies)`;
  }
  return `${state}: not used`;
}
