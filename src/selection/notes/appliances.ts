import { sameAddress } from "../../net/address.ts";
import { isPrivate, isPublic } from "../../net/address-scope.ts";
import { formatPrefix } from "../../net/prefix.ts";
import { same } from "../../text/same.ts";
import type { CoveringRow } from "../covering.ts";
import { isEqualCost } from "../decision.ts";
import { describeNextHop, shortName } from "../describe-route.ts";
import { nextHopAddress } from "../next-hop-prefixes.ts";
import { isAppliance, isBgp, isNone, isPeering, isPrivateEndpoint, isUser, isVnetLocal } from "../route-kinds.ts";
import { type NoteSubject, nextHopAddresses } from "./note-subject.ts";

/**
 * Traffic that leaves by a system or gateway route although a user route to an appliance covers it. Never for the
 * appliance's own address, nor for traffic that stays in the network.
 */
export function bypassesAppliance(subject: NoteSubject): readonly string[] {
  const { decision } = subject;
  const [winner] = decision.winners;
  if (winner === undefined || decision.verdict !== "forward") return [];
  if (isUser(winner.route) || isVnetLocal(winner.route)) return [];
  const appliances = decision.losers.map(({ row }) => row).filter(({ route }) => isAppliance(route));
  const [appliance] = appliances;
  if (appliance === undefined || appliances.some((row) => isNextHopOf(row, subject))) return [];
  const its = `${nextHopAddresses(appliance)} of ${shortName(appliance)}`.trimStart();
  const isBeatenDefault = isPeering(winner.route) && appliance.prefix.length === 0;
  const remedy = isBeatenDefault ? ` To inspect it, add a user route for ${formatPrefix(winner.prefix)}.` : "";
  return [`Bypasses appliance ${its}: its logs never show this traffic.${remedy}`];
}

function isNextHopOf({ route }: CoveringRow, { destination }: NoteSubject): boolean {
  return route.nextHopIpAddress.some((hop) => {
    const address = nextHopAddress(hop);
    return address !== null && sameAddress(address, destination);
  });
}

/**
 * An appliance on the way to a private destination sees both directions only if the other side's route table agrees.
 */
export function returnPath({ decision, destination }: NoteSubject): readonly string[] {
  const appliances = decision.winners.filter(({ route }) => isAppliance(route) && !isNone(route));
  if (appliances.length === 0 || !isPrivate(destination)) return [];
  // The private endpoint's own note says it.
  if (decision.inactive.some(({ route }) => isPrivateEndpoint(route))) return [];
  const check = "Prove it with a symmetric rule of vnet-explain check.";
  if (isEqualCost(appliances)) {
    return [
      `The reply may pass another of these appliances; a stateful one drops a flow if it sees only one direction. ${check}`,
    ];
  }
  return [`A stateful appliance drops the flow unless the reply returns through it. ${check}`];
}

/** A default route to an appliance or a gateway takes more than web traffic with it. */
export function defaultToAppliance({ decision, destination }: NoteSubject): readonly string[] {
  const [winner] = decision.winners;
  if (winner === undefined || winner.prefix.length !== 0 || decision.verdict !== "forward") return [];
  if (!(isUser(winner.route) || isBgp(winner.route)) || !isPublic(destination)) return [];
  if (!leadsToApplianceOrGateway(winner)) return [];
  return [
    `The default route also sends traffic for Azure services and Windows activation (KMS) to ${describeNextHop(winner.route)}. Replies to connections from the Internet go there too.`,
  ];
}

const leadsToApplianceOrGateway = ({ route }: CoveringRow) =>
  isAppliance(route) || same(route.nextHopType, "VirtualNetworkGateway");
