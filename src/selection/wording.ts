import { formatPrefix } from "../net/prefix.ts";
import type { CoveringRow } from "./covering.ts";
import type { Decision } from "./decision.ts";
import { factsOf, firstLoserBy, preferredOverBgp } from "./decision-facts.ts";
import { describeNextHop, describeRow } from "./describe-route.ts";
import { isBgp, isConnectedGroup, isDefault, isNone, isPrivateEndpoint, isUser } from "./route-kinds.ts";
import type { RuleId } from "./rules.ts";

/** Turns rules into sentences about rows. */

function breadthOf(row: CoveringRow): string {
  const tags = row.route.destinationServiceTags;
  return tags.length === 0 ? "an explicit prefix" : `a prefix of the service tag ${tags.join(", ")}`;
}

/** Why a row lost to one of the same prefix by `source-precedence`. */
function precedenceText(row: CoveringRow, winner: CoveringRow, beater: string): string {
  const wins = `so ${beater} wins`;
  if (isDefault(winner.route) && isBgp(row.route)) {
    return `Equal prefix: a virtual network or peering route comes before BGP, ${wins}.`;
  }
  if (isDefault(winner.route) && isDefault(row.route)) {
    if (isNone(row.route)) return `Equal prefix: any other system route comes before None, ${wins}.`;
    if (isConnectedGroup(row.route)) return `Equal prefix: a peering comes before a connected group, ${wins}.`;
    return `Equal prefix: a virtual network or peering route comes before other system routes, ${wins}.`;
  }
  return `Equal prefix: source ${winner.route.source} comes before ${row.route.source}, ${wins}.`;
}

/** Why a covering row lost, as one sentence. */
export function loserText(row: CoveringRow, reason: RuleId, decision: Decision): string {
  if (reason === "platform-address") return "Not used: the platform answers this address itself.";
  const [winner] = decision.winners;
  if (winner === undefined) throw new RangeError(`a row lost by ${reason} to no winner`);
  const beater = `the ${describeRow(winner)}`;
  switch (reason) {
    case "longest-prefix":
      return `Its /${row.prefix.length} is shorter than the winner's /${winner.prefix.length}.`;
    case "bgp-override":
      return `A user route's hasBgpOverride takes BGP routes out of the contest; ${beater} wins.`;
    case "system-over-bgp":
      return `The ${describeRow(preferredOverBgp(decision))} takes BGP routes out of the contest; ${beater} wins.`;
    case "source-precedence":
      return precedenceText(row, winner, beater);
    case "service-endpoint-tie":
      return isUser(row.route)
        ? "Equal prefix: a user route to Internet does not override a service endpoint."
        : `Equal prefix: ${beater} to ${winner.route.nextHopType} overrides the service endpoint.`;
    case "longer-udr-over-endpoint":
      return `Its /${row.prefix.length} is shorter than the /${winner.prefix.length} of ${beater}, which overrides the service endpoint.`;
    case "tag-specificity":
      return `Equal prefix, both user routes: ${breadthOf(row)} gives way to ${breadthOf(winner)}.`;
    case "inactive-route":
    case "equal-cost":
    case "no-route":
      throw new RangeError(`no row loses by ${reason}`);
    default:
      return reason satisfies never;
  }
}

/** Why a row that covers the address does not compete, with the likely cause of its state. */
export function inactiveText(row: CoveringRow, decision: Decision): string {
  const { state } = row.route;
  const facts = factsOf(decision);
  const twin = facts.twinOf(row);
  if (twin !== undefined) return `${state}: overridden by the ${describeRow(twin)} (same prefix).`;
  if (isPrivateEndpoint(row.route)) {
    // A default route never invalidates a private endpoint's route, nor does one shorter than its network's prefix.
    const user = facts.overNetwork;
    const by = user === undefined ? "a user route" : `the ${describeRow(user)}`;
    return `${state}: likely the endpoint's subnet has network policies on and ${by} is at least as long as its network's prefix.`;
  }
  return `${state}: Azure does not use it.`;
}

/** Why a winner won, as a candidate's sentence. */
export function winnerText({ route }: CoveringRow, decision: Decision): string {
  const { winners } = decision;
  const hop = describeNextHop(route);
  if (winners.length === 1) return `Wins: next hop ${hop}.`;
  return factsOf(decision).isEqualCost
    ? `One of ${winners.length} equal routes, to ${hop}.`
    : `One of ${winners.length} paths to ${hop}.`;
}

function lengthSentence(winner: CoveringRow, { losers, inactive }: Decision): string {
  const runnerUp = losers[0]?.row;
  const prefix = formatPrefix(winner.prefix);
  if (runnerUp !== undefined)
    return `${prefix} is the longest active prefix; the next is ${formatPrefix(runnerUp.prefix)}.`;
  return inactive.length > 0
    ? `${prefix} is the only active prefix that covers the address.`
    : `${prefix} is the only prefix that covers the address.`;
}

/** The deciding rule, applied to this destination, in one sentence. */
export function ruleText(decision: Decision): string {
  const { rule, inactive, winners } = decision;
  if (rule === "platform-address") return "The platform answers this address itself and does not use the route table.";
  const [winner] = winners;
  if (winner === undefined) {
    return inactive.length > 0
      ? "Only inactive rows cover the address, so it has no route and is dropped."
      : "No row covers the address, so it has no route and is dropped.";
  }
  if (rule === "longest-prefix") return lengthSentence(winner, decision);
  if (rule === "equal-cost") return `${winners.length} routes of equal prefix and source share the traffic.`;
  if (rule === "inactive-route" || rule === "no-route") throw new RangeError(`no row wins by ${rule}`);
  const name = describeRow(winner);
  const lost = firstLoserBy(rule, decision);
  const other = `the ${describeRow(lost)}`;
  switch (rule) {
    case "bgp-override": {
      const by = isUser(winner.route) && winner.route.hasBgpOverride ? "its" : "another user route's";
      return `The ${name} wins: ${by} hasBgpOverride takes BGP routes such as ${other} out of the contest.`;
    }
    case "system-over-bgp": {
      const system = preferredOverBgp(decision);
      const by = winners.includes(system) ? "it" : `the ${describeRow(system)}`;
      return `The ${name} wins: ${by} takes BGP routes such as ${other} out of the contest.`;
    }
    case "source-precedence":
      if (isDefault(winner.route) && isDefault(lost.route)) {
        return `Equal prefix: the ${name} to ${winner.route.nextHopType} wins over the one to ${lost.route.nextHopType}.`;
      }
      return `Equal prefix: the ${name} (source ${winner.route.source}) wins over ${other}.`;
    case "service-endpoint-tie":
      return `Equal prefix: the ${name} wins over ${other}.`;
    case "longer-udr-over-endpoint":
      return `The ${name} is longer than ${other} and wins by length.`;
    case "tag-specificity":
      return `Equal prefix: the ${name}, ${breadthOf(winner)}, wins over ${other}.`;
    default:
      return rule satisfies never;
  }
}
