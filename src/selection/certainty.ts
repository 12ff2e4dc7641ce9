import type { Decision } from "./decision.ts";
import {
  isBgp,
  isConnectedGroup,
  isDefault,
  isNetworkOrPeering,
  isPrivateEndpoint,
  isServiceEndpoint,
  isUser,
  isVnetLocal,
} from "./route-kinds.ts";
import { type RuleId, type RuleStatus, ruleOf } from "./rules.ts";

/**
 * How sure the answer is: the status of the rule that decided, or `contested` where any rule that separated the rows
 * is.
 */
export type Certainty = RuleStatus;

const SUREST_FIRST: readonly Certainty[] = ["documented", "observed", "inferred", "contested"];

/** The least sure of several certainties; documented where there are none. */
export function leastSure(certainties: Iterable<Certainty>): Certainty {
  let worst: Certainty = "documented";
  for (const each of certainties) if (SUREST_FIRST.indexOf(each) > SUREST_FIRST.indexOf(worst)) worst = each;
  return worst;
}

/** The contested rules that separated the rows, once each, the deciding one first. */
export function contestedRules({ rule, winners, losers }: Decision): readonly RuleId[] {
  const endpointWon = winners.some(({ route }) => isServiceEndpoint(route));
  const isContested = (id: RuleId) => (id === "system-over-bgp" ? endpointWon : ruleOf(id).status === "contested");
  return [...new Set([rule, ...losers.map(({ reason }) => reason)])].filter(isContested);
}

/**
 * Whether a user route to VnetLocal wins where a private endpoint's own route is not active: the table and docs#128666
 * disagree about whether that user route works.
 */
export function hasContestedPrivateEndpoint({ winners, inactive }: Decision): boolean {
  return (
    winners.some(({ route }) => isUser(route) && isVnetLocal(route)) &&
    inactive.some(({ route }) => isPrivateEndpoint(route))
  );
}

/** Whether the result rests on a precedence that no text of Microsoft's names. */
function restsOnUnwrittenPrecedence({ winners, losers }: Decision): boolean {
  const [winner] = winners;
  if (winner === undefined) return false;
  if (isBgp(winner.route)) {
    return losers.some(
      ({ row: { route } }) => isDefault(route) && (isConnectedGroup(route) || isPrivateEndpoint(route)),
    );
  }
  // Default rows of one prefix.
  return (
    isDefault(winner.route) && losers.some(({ row, reason }) => reason === "source-precedence" && isDefault(row.route))
  );
}

function statusOfRule({ rule, winners }: Decision): RuleStatus {
  switch (rule) {
    case "system-over-bgp":
      if (winners.some(({ route }) => isServiceEndpoint(route))) return "contested";
      return winners.every(({ route }) => isNetworkOrPeering(route)) ? "documented" : "inferred";
    case "equal-cost":
      // Documented for BGP, seen for user routes, not described for system routes.
      if (winners.every(({ route }) => isBgp(route))) return "documented";
      return winners.every(({ route }) => isUser(route)) ? "observed" : "inferred";
    default:
      return ruleOf(rule).status;
  }
}

/** The status of the deciding rule for these rows. It may be less sure than the catalogue's. */
export function statusOf(decision: Decision): RuleStatus {
  return leastSure([statusOfRule(decision), restsOnUnwrittenPrecedence(decision) ? "inferred" : "documented"]);
}

/** How sure the decision is: the status of its rule, or contested where any rule that separated the rows is. */
export function certaintyOf(decision: Decision): Certainty {
  const isContested = contestedRules(decision).length > 0 || hasContestedPrivateEndpoint(decision);
  return isContested ? "contested" : statusOf(decision);
}
