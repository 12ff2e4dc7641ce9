import type { Address } from "../../../net/address.ts";
import { nameOf, sameResource } from "../../../topology/resource-id.ts";
import type { Network, Peering } from "../../../topology/topology.ts";
import { holds } from "../network-index.ts";
import type { TraceData } from "../question.ts";
import type { AppliedTraceRule, Assumption } from "../trace.ts";
import { applied, assume, type Branch, endsWith } from "./branch.ts";

/** The properties of a packet that a peering decides by. */
export interface Crossing {
  /** The source address; null where it is unknown. */
  readonly source: Address | null;
  /** Whether a NIC or a firewall sends a packet that is not its own. */
  readonly forwarded: boolean;
}

/** The rules that let a packet pass a peering, or the branch that ends there. */
export type Passage =
  | { readonly blocked: null; readonly rules: readonly AppliedTraceRule[]; readonly assumptions: readonly Assumption[] }
  | { readonly blocked: Branch };

/** Nothing is in the way: no peering to cross, or one that takes any packet. */
export const OPEN: Passage = { blocked: null, rules: [], assumptions: [] };

/**
 * Whether a peering lets a packet pass. Its routes look active even where it does not, so only the inventory tells.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering
 */
export function passage(
  { index }: TraceData,
  from: Network,
  remoteNetworkId: string,
  { source, forwarded }: Crossing,
): Passage {
  const to = index.networks.get(remoteNetworkId);
  const there = from.peerings.find((peering) => leadsTo(peering, remoteNetworkId));
  const back = to?.peerings.find((peering) => leadsTo(peering, from.id)) ?? null;
  for (const side of [there, back]) {
    if (side?.allowVirtualNetworkAccess === false) {
      const text = `peering ${side.name} has allowVirtualNetworkAccess false and drops everything`;
      return { blocked: endsWith([applied("peering-access", text)], "dropped", text) };
    }
  }
  const isForeign = forwarded && (source === null || !holds(from.addressPrefixes, source));
  if (!isForeign) return OPEN;
  const name = to?.name ?? nameOf(remoteNetworkId);
  if (back?.allowForwardedTraffic === false) {
    const text = `peering ${back.name} of ${name} has allowForwardedTraffic false and drops forwarded packets`;
    const unless = "without source NAT in the appliance";
    return {
      blocked: endsWith([applied("peering-forwarded", `${text}, ${unless}`)], "dropped", `${text} (${unless})`),
    };
  }
  if (back === null || back.allowForwardedTraffic === null) {
    const text = `${name} accepts forwarded packets of ${from.name}: its side of the peering is not in the snapshot`;
    return { blocked: null, rules: [], assumptions: [assume("peering-flags", text)] };
  }
  const rule = applied(
    "peering-forwarded",
    `${name} accepts forwarded packets: ${back.name} has allowForwardedTraffic`,
  );
  return { blocked: null, rules: [rule], assumptions: [] };
}

const leadsTo = ({ remoteNetworkId }: Peering, id: string) =>
  remoteNetworkId !== null && sameResource(remoteNetworkId, id);
