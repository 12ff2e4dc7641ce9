import type { RouteTable } from "../../routes/effective-route.ts";
import { isEqualCost } from "../decision.ts";
import { describeNextHop } from "../describe-route.ts";
import { isAppliance, isBgp, isInternet, isNone } from "../route-kinds.ts";
import { isPublic, type NoteSubject } from "./note-subject.ts";

const distinct = (texts: readonly string[]) => [...new Set(texts)];

/** Several next hops share the traffic, or several gateway rows are paths to one next hop. */
export function equalCost({ decision: { winners } }: NoteSubject): readonly string[] {
  const hops = distinct(winners.map(({ route }) => describeNextHop(route)));
  if (isEqualCost(winners)) return [`Several next hops share the traffic (ECMP): ${hops.join("; ")}.`];
  if (winners.length < 2 || !winners.every(({ route }) => isBgp(route))) return [];
  return [`${winners.length} rows lead to ${hops.join("; ")}: ${winners.length} paths to it, such as tunnels.`];
}

/** https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined */
export function noRecursion({ decision }: NoteSubject): readonly string[] {
  const handing = decision.winners.filter(({ route }) => (isAppliance(route) || isBgp(route)) && !isNone(route));
  const addresses = distinct(handing.flatMap(({ route }) => route.nextHopIpAddress));
  if (addresses.length === 0) return [];
  const them = addresses.length === 1 ? "that address" : "these addresses";
  return [`Azure hands the packet to ${addresses.join(", ")} and does not look ${them} up in this table again.`];
}

export function internetToAzure({ decision, tags }: NoteSubject): readonly string[] {
  const [winner] = decision.winners;
  if (winner === undefined || !isInternet(winner.route) || tags[0] === undefined) return [];
  return [
    `The destination belongs to Azure (${tags[0].name}), so the packet stays on Microsoft's backbone. The route does not say whether it arrives: NSGs and firewalls come after.`,
  ];
}

/**
 * How a packet to the Internet gets out of the subnet. A NAT gateway comes before a public address, and both before
 * default outbound access.
 * https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
 */
export function outboundAccess({ decision, destination, table }: NoteSubject): readonly string[] {
  if (!decision.winners.some(({ route }) => isInternet(route)) || !isPublic(destination)) return [];
  return [destination.family === 4 ? outboundMethod(table) : UNKNOWN_METHOD];
}

const UNKNOWN_METHOD =
  "The Internet needs an outbound method: a NAT gateway, a public IP address, or a load balancer's outbound rule. Subnets of networks created since 31 March 2026 have no default outbound access.";

function outboundMethod({ subnet, nic }: RouteTable): string {
  if (typeof subnet?.natGateway === "string") {
    return `Outbound method: the subnet's NAT gateway ${subnet.natGateway.split("/").at(-1)}.`;
  }
  const addresses = nic?.publicIpAddresses ?? [];
  if (addresses.length > 0) {
    const names = addresses.map((address) => address.split("/").at(-1));
    const unless = subnet?.natGateway === null ? "" : ", unless the subnet has a NAT gateway";
    return `Outbound method: the network interface's public IP address ${names.join(", ")}${unless}.`;
  }
  // What was not read is not known to be missing.
  const isComplete = subnet?.natGateway === null && Array.isArray(nic?.publicIpAddresses);
  if (!isComplete || subnet.defaultOutboundAccess === undefined) return UNKNOWN_METHOD;
  return subnet.defaultOutboundAccess === false
    ? "No outbound method found: the subnet is private (defaultOutboundAccess is false) and has no NAT gateway, and the network interface has no public IP address. Only a load balancer's outbound rule lets the packet out."
    : "Outbound method: Azure's default outbound access, unless a load balancer has an outbound rule. Its address can change; a NAT gateway is Microsoft's recommendation.";
}
