import { formatPrefix } from "../../net/prefix.ts";
import { hasContestedPrivateEndpoint } from "../certainty.ts";
import { describeRow } from "../describe-route.ts";
import { isAppliance, isNone, isPrivateEndpoint, isServiceEndpoint } from "../route-kinds.ts";
import type { NoteSubject } from "./note-subject.ts";

/** https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy */
export function privateEndpoint({ decision }: NoteSubject): readonly string[] {
  const [winner] = decision.winners;
  const won = decision.winners.find(({ route }) => isPrivateEndpoint(route));
  if (won !== undefined) {
    return [
      `${formatPrefix(won.prefix)} is a private endpoint. A user route 0.0.0.0/0 never overrides its route; one at least as long as its network's prefix does where the endpoint's subnet has network policies on.`,
    ];
  }
  const inactive = decision.inactive.find(({ route }) => isPrivateEndpoint(route));
  if (inactive === undefined || hasContestedPrivateEndpoint(decision)) return [];
  const is = `${formatPrefix(inactive.prefix)} is a private endpoint whose route is ${inactive.route.state}`;
  if (winner === undefined) return [`${is}: nothing replaces it.`];
  if (isAppliance(winner.route) && !isNone(winner.route)) {
    return [
      `${is}: the traffic goes through the appliance of the ${describeRow(winner)}. The endpoint answers directly, so the appliance needs source NAT or a symmetric return path.`,
    ];
  }
  return [`${is}: the traffic takes the winner instead.`];
}

/** https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview#considerations */
export function endpointEffects({ decision }: NoteSubject): readonly string[] {
  if (!decision.winners.some(({ route }) => isServiceEndpoint(route))) return [];
  return [
    "Through a service endpoint the service sees this network interface's private address: its IP firewall rules for public addresses do not match. Allow the subnet with a virtual network rule.",
  ];
}
