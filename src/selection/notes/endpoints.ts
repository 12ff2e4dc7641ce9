import { formatPrefix } from "../../net/prefix.ts";
import { hasContestedPrivateEndpoint } from "../certainty.ts";
import { shortName } from "../describe-route.ts";
import { isAppliance, isNone, isPrivateEndpoint, isServiceEndpoint } from "../route-kinds.ts";
import type { NoteSubject } from "./note-subject.ts";

/** https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy */
export function privateEndpoint({ decision }: NoteSubject): readonly string[] {
  const [winner] = decision.winners;
  const won = decision.winners.find(({ route }) => isPrivateEndpoint(route));
  if (won !== undefined) {
    return [
      `${formatPrefix(won.prefix)} is a private endpoint. 0.0.0.0/0 never overrides its route. With network policies on in its subnet, a user route at least as long as its network's prefix does.`,
    ];
  }
  const inactive = decision.inactive.find(({ route }) => isPrivateEndpoint(route));
  if (inactive === undefined || hasContestedPrivateEndpoint(decision)) return [];
  const is = `${formatPrefix(inactive.prefix)} is a private endpoint whose route is ${inactive.route.state}`;
  if (winner === undefined) return [`${is}: nothing replaces it.`];
  if (isAppliance(winner.route) && !isNone(winner.route)) {
    return [
      `${is}: traffic takes the appliance of ${shortName(winner)}, which needs source NAT, since the endpoint answers directly.`,
    ];
  }
  return [`${is}: traffic takes the winner instead.`];
}

/** https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview#considerations */
export function endpointEffects({ decision }: NoteSubject): readonly string[] {
  if (!decision.winners.some(({ route }) => isServiceEndpoint(route))) return [];
  return ["The service sees a private source address: no IP rule of its firewall matches. Allow the subnet there."];
}
