import type { RouteTable } from "../routes/effective-route.ts";
import { lastPart } from "../text/last-part.ts";

/** How a packet to the Internet gets out of the subnet. */
export type OutboundMethod =
  | { readonly kind: "nat-gateway"; readonly name: string }
  /** `isCertain`: the subnet is known to have no NAT gateway, which would come first. */
  | { readonly kind: "public-address"; readonly names: readonly string[]; readonly isCertain: boolean }
  | { readonly kind: "default" | "none" | "unknown" };

/**
 * The outbound method of the table's subnet and network interface for IPv4. A NAT gateway comes before a public
 * address, and both before default outbound access. Facts that were not read are unknown, not missing.
 * https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
 */
export function outboundMethodOf({ subnet, nic }: RouteTable): OutboundMethod {
  if (typeof subnet?.natGateway === "string") return { kind: "nat-gateway", name: lastPart(subnet.natGateway) };
  const addresses = nic?.publicIpAddresses ?? [];
  if (addresses.length > 0) {
    return { kind: "public-address", names: addresses.map(lastPart), isCertain: subnet?.natGateway === null };
  }
  const isComplete = subnet?.natGateway === null && Array.isArray(nic?.publicIpAddresses);
  if (!isComplete || subnet.defaultOutboundAccess === undefined) return { kind: "unknown" };
  return { kind: subnet.defaultOutboundAccess === false ? "none" : "default" };
}
