import { formatPrefix } from "../net/prefix.ts";
import type { ServiceTagMatch } from "../routes/annotation.ts";
import { same } from "../text/same.ts";
import type { CoveringRow } from "./covering.ts";
import { type Decision, isEqualCost } from "./decision.ts";
import { describeNextHop, describeRow } from "./describe-route.ts";
import type { Note } from "./explanation.ts";
import {
  isAppliance,
  isBgp,
  isNone,
  isPrivateEndpoint,
  isServiceEndpoint,
  isUnreachableAppliance,
  isUser,
} from "./route-kinds.ts";
import { type RuleId, ruleOf } from "./rules.ts";

const nextHops = (row: CoveringRow) => row.route.nextHopIpAddress.join(", ");

/** The contested rules that separated the rows, once each, the deciding one first. */
export function contestedRules(decision: Decision): RuleId[] {
  const applied = [decision.rule, ...decision.losers.map((loser) => loser.reason)];
  return [...new Set(applied)].filter((id) => ruleOf(id).status === "contested");
}

function contested(decision: Decision): Note[] {
  return contestedRules(decision).map((id) => ({
    id: "contested",
    text: `${id}: ${ruleOf(id).dispute} Settle it with Network Watcher's next hop for this address.`,
  }));
}

/** A user route that system-over-bgp passes over: longer than the winning system route, shorter than the BGP route. */
function passedOver(decision: Decision): Note[] {
  const winner = decision.winners[0];
  if (decision.rule !== "system-over-bgp" || winner === undefined) return [];
  return decision.losers
    .filter(({ row }) => isUser(row.route) && row.prefix.length >= winner.prefix.length)
    .map(({ row }) => ({
      id: "contested",
      text: `The ${describeRow(row)} stands between the BGP route and the ${describeRow(winner)}; no source says which of them wins then.`,
    }));
}

function unreachable(decision: Decision): Note[] {
  const rows = [...decision.winners, ...decision.losers.map((loser) => loser.row)];
  return rows
    .filter(({ route }) => isUnreachableAppliance(route))
    .map((row) => ({
      id: "appliance-unreachable",
      text: `The ${describeRow(row)} is listed as None with next hop ${nextHops(row)}: it was made for a virtual appliance that is missing or down, so everything that this route wins is dropped.`,
    }));
}

function bypass(decision: Decision): Note[] {
  const winner = decision.winners[0];
  if (winner === undefined || decision.verdict !== "forward") return [];
  if (isUser(winner.route) || same(winner.route.nextHopType, "VnetLocal")) return [];
  const appliance = decision.losers.find(({ row }) => isAppliance(row.route))?.row;
  if (appliance === undefined) return [];
  const address = nextHops(appliance) === "" ? "" : ` (${nextHops(appliance)})`;
  return [
    {
      id: "bypasses-appliance",
      text: `This traffic leaves by the ${describeRow(winner)} and bypasses the appliance of the ${describeRow(appliance)}${address}: it never appears in the appliance's logs.`,
    },
  ];
}

function onDrop(decision: Decision): Note[] {
  const dropping = decision.winners.filter(({ route }) => isNone(route) && !isUnreachableAppliance(route));
  if (decision.verdict !== "drop" || dropping[0] === undefined) return [];
  const by = isUser(dropping[0].route)
    ? "a user route says so"
    : "a system default for address space that is not in use";
  return [{ id: "drop-none", text: `Dropped on purpose: next hop None, ${by}.` }];
}

function onNextHop(decision: Decision, tags: readonly ServiceTagMatch[]): Note[] {
  const notes: Note[] = [];
  const hops = new Set(decision.winners.map(({ route }) => describeNextHop(route)));
  if (isEqualCost(decision.winners)) {
    notes.push({
      id: "equal-cost",
      text: `The traffic is shared among several next hops (ECMP): ${[...hops].join("; ")}.`,
    });
  }
  const winner = decision.winners[0];
  if (winner === undefined) return notes;
  const handing = decision.winners.filter(({ route }) => (isAppliance(route) || isBgp(route)) && !isNone(route));
  const addresses = [...new Set(handing.flatMap(({ route }) => route.nextHopIpAddress))];
  if (addresses.length > 0) {
    const again = addresses.length === 1 ? "that address is" : "these addresses are";
    notes.push({
      id: "no-recursion",
      text: `Azure hands the packet to ${addresses.join(", ")} as it is; ${again} not looked up in this table again.`,
    });
  }
  if (same(winner.route.nextHopType, "Internet") && tags[0] !== undefined) {
    notes.push({
      id: "internet-to-azure",
      text: `The destination belongs to Azure (${tags[0].name}), so the packet stays on Microsoft's backbone. The route says where it goes, not that it arrives: outbound access, NSGs and firewalls come after.`,
    });
  }
  return notes;
}

function privateEndpoint(decision: Decision): Note[] {
  const won = decision.winners.find(({ route }) => isPrivateEndpoint(route));
  if (won !== undefined) {
    return [
      {
        id: "private-endpoint",
        text: `${formatPrefix(won.prefix)} is a private endpoint; a 0.0.0.0/0 user route never takes its place, a user route as long as its network's prefix does where the endpoint's subnet has network policies on.`,
      },
    ];
  }
  const inactive = decision.inactive.find(({ route }) => isPrivateEndpoint(route));
  if (inactive === undefined) return [];
  const instead = decision.winners.length === 0 ? "nothing takes its place" : "the traffic takes the winner instead";
  return [
    {
      id: "private-endpoint",
      text: `${formatPrefix(inactive.prefix)} is a private endpoint whose route is ${inactive.route.state}: ${instead}.`,
    },
  ];
}

/** What a reader of the decision should know besides: both sides of a contested rule, and what the next hop means. */
export function notesFor(decision: Decision, tags: readonly ServiceTagMatch[]): Note[] {
  const endpointWon = decision.winners.some(({ route }) => isServiceEndpoint(route));
  return [
    ...contested(decision),
    ...passedOver(decision),
    ...onDrop(decision),
    ...(endpointWon
      ? [...bypass(decision), ...unreachable(decision)]
      : [...unreachable(decision), ...bypass(decision)]),
    ...onNextHop(decision, tags),
    ...privateEndpoint(decision),
  ];
}
