import { formatPrefix } from "../net/prefix.ts";
import type { CoveringRow } from "./covering.ts";
import type { Decision } from "./decision.ts";
import { factsOf } from "./decision-facts.ts";
import { describeNextHop, describeRow } from "./describe-route.ts";
import { isBgp, isPrivateEndpoint, isUser } from "./route-kinds.ts";
import type { RuleId } from "./rules.ts";

/** The one place where rules become sentences about rows. */

function shorterText(row: CoveringRow, decision: Decision): string {
  const winnerLength = decision.winners[0]?.prefix.length ?? 0;
  const leader = factsOf(decision).gaveWay;
  // An override competes with overrides alone, so the longer one beat it. Another row had lost to the BGP route before.
  const overriding = decision.rule === "bgp-override" && row.route.hasBgpOverride;
  if (leader === null || overriding) {
    return `Its /${row.prefix.length} is shorter than the winner's /${winnerLength}.`;
  }
  return `Its /${row.prefix.length} is shorter than the /${leader.prefix.length} of the ${describeRow(leader)}, which gave way in turn.`;
}

function breadthOf(row: CoveringRow): string {
  const tags = row.route.destinationServiceTags;
  return tags.length === 0 ? "an explicit prefix" : `a prefix of the service tag ${tags.join(", ")}`;
}

/** Why a covering row lost, as one sentence. */
export function loserText(row: CoveringRow, reason: RuleId, decision: Decision): string {
  const winner = decision.winners[0];
  const beater = winner === undefined ? "another route" : `the ${describeRow(winner)}`;
  switch (reason) {
    case "platform-address":
      return "Not asked: the platform answers this address itself.";
    case "inactive-route":
      return inactiveText(row, decision);
    case "longest-prefix":
      return shorterText(row, decision);
    case "bgp-override":
      return `A longer BGP prefix, but ${beater} is marked to override BGP.`;
    case "system-over-bgp":
      return `A BGP route gives way to ${beater}, even where the BGP prefix is longer.`;
    case "source-precedence":
      return winner !== undefined && !isUser(winner.route) && !isBgp(winner.route) && isBgp(row.route)
        ? `Equal prefix: a virtual network or peering route comes before BGP, so ${beater} wins.`
        : `Equal prefix: source ${winner?.route.source ?? "?"} comes before ${row.route.source}, so ${beater} wins.`;
    case "service-endpoint-tie":
      return isUser(row.route)
        ? "Equal prefix: a user route to Internet does not override a service endpoint."
        : `Equal prefix: ${beater} to ${winner?.route.nextHopType ?? "?"} overrides the service endpoint.`;
    case "longer-udr-over-endpoint":
      return `/${row.prefix.length} is shorter than /${winner?.prefix.length ?? 0} of ${beater}, which overrides the service endpoint.`;
    case "tag-specificity":
      return `Equal prefix, both user routes: ${breadthOf(row)} gives way to ${winner === undefined ? "a narrower one" : breadthOf(winner)}.`;
    case "equal-cost":
    case "no-route":
      return "Not separated by any rule.";
    default:
      return reason satisfies never;
  }
}

/** Why a row that covers the address does not compete, with the likely cause of its state. */
export function inactiveText(row: CoveringRow, decision: Decision): string {
  const state = `Azure lists it as ${row.route.state}`;
  const facts = factsOf(decision);
  const twin = facts.twinOf(row);
  if (twin !== undefined) return `${state}: the ${describeRow(twin)} has the same prefix and takes its place.`;
  if (isPrivateEndpoint(row.route)) {
    // A default route never invalidates a private endpoint's route, nor does one that is shorter than its network's prefix.
    const user = facts.overNetwork;
    const by = user === undefined ? "a user route" : `the ${describeRow(user)}`;
    return `${state}: likely the endpoint's subnet has network policies on and ${by} is at least as long as its network's prefix.`;
  }
  return `${state}: it takes no part in the choice.`;
}

/** Why a winner won, as a candidate's sentence. */
export function winnerText(row: CoveringRow, decision: Decision): string {
  return decision.winners.length > 1
    ? `One of ${decision.winners.length} equal routes to ${describeNextHop(row.route)}.`
    : `Wins: next hop ${describeNextHop(row.route)}.`;
}

function lengthSentence(winner: CoveringRow, decision: Decision): string {
  const runnerUp = decision.losers[0]?.row;
  const prefix = formatPrefix(winner.prefix);
  if (runnerUp !== undefined)
    return `${prefix} is the longest active prefix; the next is ${formatPrefix(runnerUp.prefix)}.`;
  return decision.inactive.length > 0
    ? `${prefix} is the only active prefix that covers the address.`
    : `${prefix} is the only prefix that covers the address.`;
}

/** The deciding rule, applied to this destination, in one sentence. */
export function ruleText(decision: Decision): string {
  const winner = decision.winners[0];
  const name = winner === undefined ? "" : describeRow(winner);
  const lost = decision.losers.find((loser) => loser.reason === decision.rule)?.row;
  const other = lost === undefined ? "the others" : `the ${describeRow(lost)}`;
  switch (decision.rule) {
    case "platform-address":
      return "The platform answers this address itself; the route table is never asked.";
    case "no-route":
      return decision.inactive.length > 0
        ? "Only inactive rows cover the address, so there is no route for it and it is dropped."
        : "No row covers the address, so there is no route for it and it is dropped.";
    case "inactive-route":
    case "longest-prefix":
      return winner === undefined ? "" : lengthSentence(winner, decision);
    case "bgp-override":
      return `The ${name} is marked hasBgpOverride and wins over ${other}, although that prefix is longer.`;
    case "system-over-bgp":
      return `The ${name} wins over ${other}: routes of the network, its peerings and service endpoints come before BGP.`;
    case "source-precedence":
      return `Equal prefix: the ${name} (source ${winner?.route.source ?? "?"}) wins over ${other}.`;
    case "service-endpoint-tie":
      return `Equal prefix: the ${name} wins over ${other}.`;
    case "longer-udr-over-endpoint":
      return `The ${name} is longer than ${other} and wins by length.`;
    case "tag-specificity":
      return `Equal prefix: the ${name}, ${winner === undefined ? "" : breadthOf(winner)}, wins over ${other}.`;
    case "equal-cost":
      return `${decision.winners.length} routes of equal prefix and source share the traffic.`;
    default:
      return decision.rule satisfies never;
  }
}
