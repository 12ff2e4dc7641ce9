import { isPublic } from "../../net/address-scope.ts";
import { isEqualCost } from "../decision.ts";
import { describeNextHop } from "../describe-route.ts";
import { type OutboundMethod, outboundMethodOf } from "../outbound-method.ts";
import { isAppliance, isBgp, isInternet, isNone } from "../route-kinds.ts";
import type { NoteSubject } from "./note-subject.ts";

const distinct = (texts: readonly string[]) => [...new Set(texts)];

/** Several next hops share the traffic, or several gateway rows are paths to one next hop. */
export function equalCost({ decision: { winners } }: NoteSubject): readonly string[] {
  const hops = distinct(winners.map(({ route }) => describeNextHop(route)));
  if (isEqualCost(winners)) return [`Several next hops share the traffic (ECMP): ${hops.join("; ")}.`];
  if (winners.length < 2 || !winners.every(({ route }) => isBgp(route))) return [];
  return [`${winners.length} rows lead to ${hops.join("; ")}: ${winners.length} paths, such as tunnels.`];
}

/** https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined */
export function noRecursion({ decision }: NoteSubject): readonly string[] {
  const handing = decision.winners.filter(({ route }) => (isAppliance(route) || isBgp(route)) && !isNone(route));
  const addresses = distinct(handing.flatMap(({ route }) => route.nextHopIpAddress));
  if (addresses.length === 0) return [];
  const them = addresses.length === 1 ? "that address" : "these addresses";
  return [`Azure hands the packet to ${addresses.join(", ")} and does not look ${them} up again.`];
}

export function internetToAzure({ decision, tags }: NoteSubject): readonly string[] {
  const [winner] = decision.winners;
  if (winner === undefined || !isInternet(winner.route) || tags[0] === undefined) return [];
  return [
    `An address of Azure (${tags[0].name}): the packet stays on Microsoft's backbone. NSGs and firewalls come after.`,
  ];
}

/** How a packet to the Internet gets out of the subnet. */
export function outboundAccess({ decision, destination, table }: NoteSubject): readonly string[] {
  if (!decision.winners.some(({ route }) => isInternet(route)) || !isPublic(destination)) return [];
  return [destination.family === 4 ? methodText(outboundMethodOf(table)) : UNKNOWN_METHOD];
}

const UNKNOWN_METHOD =
  "Needs an outbound method: a NAT gateway, a public IP or a load balancer rule. Networks created since 31 March 2026 have no default.";

function methodText(method: OutboundMethod): string {
  switch (method.kind) {
    case "nat-gateway":
      return `Outbound method: the subnet's NAT gateway ${method.name}.`;
    case "public-address": {
      const unless = method.isCertain ? "" : ", unless the subnet has a NAT gateway";
      return `Outbound method: the network interface's public IP address ${method.names.join(", ")}${unless}.`;
    }
    case "none":
      return "No outbound method found: a private subnet, no NAT gateway, no public IP. Only a load balancer rule lets the packet out.";
    case "default":
      return "Outbound method: Azure's default outbound access, unless a load balancer has a rule. Its address can change.";
    case "unknown":
      return UNKNOWN_METHOD;
    default:
      return method satisfies never;
  }
}
