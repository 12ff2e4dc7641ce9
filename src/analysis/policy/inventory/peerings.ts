import { same } from "../../../text/same.ts";
import { nameOf } from "../../../topology/resource-id.ts";
import type { Peering } from "../../../topology/topology.ts";
import type { InventoryFacts } from "./facts.ts";
import type { InventoryFinding, Judgement } from "./finding.ts";
import { azName, azWord } from "./names.ts";

type Fault = Pick<InventoryFinding, "status" | "text" | "remedy">;

/** Every peering is connected, and knows the address space of the other network as it is. */
export function peeringsConnected(facts: InventoryFacts): Judgement {
  return judgePeerings(facts, ({ name, networkId, remoteNetworkId, state, syncLevel }) => {
    const other = remoteNetworkId === null ? "the other network" : nameOf(remoteNetworkId);
    if (state === null) return unknown("the inventory lacks its state");
    if (same(state, "Initiated")) {
      const text = `state Initiated: ${other} has no peering back to ${nameOf(networkId)}`;
      return violated(text, `create the peering from ${other} to ${nameOf(networkId)}`);
    }
    if (!same(state, "Connected")) {
      const text = `state ${state}: no traffic passes between ${nameOf(networkId)} and ${other}`;
      return violated(text, "delete the peerings on both sides and create them again");
    }
    if (syncLevel === null || same(syncLevel, "FullyInSync")) return null;
    const text = `sync level ${syncLevel}: one side does not know all prefixes of the other`;
    return violated(text, `sync it: az network vnet peering sync ${azPeering(networkId, name)}`);
  });
}

/**
 * Every peering lets packets into the other network. Without access they are dropped, although the peering is Connected
 * and its routes look active. https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering
 */
export function peeringsAllowAccess(facts: InventoryFacts): Judgement {
  return judgePeerings(facts, ({ name, networkId, remoteNetworkId, allowVirtualNetworkAccess }) => {
    if (allowVirtualNetworkAccess === true) return null;
    if (allowVirtualNetworkAccess === null) return unknown("the inventory does not say whether it allows access");
    const other = remoteNetworkId === null ? "the other network" : nameOf(remoteNetworkId);
    const text = `access is not allowed: traffic between ${nameOf(networkId)} and ${other} is dropped`;
    return violated(text, update(networkId, name, "allowVirtualNetworkAccess"));
  });
}

/** Where a network uses the gateways of its peer, the peer's side allows gateway transit. */
export function gatewayTransitAllowed(facts: InventoryFacts): Judgement {
  const users = (peering: Peering) => peering.useRemoteGateways !== false;
  return judgePeerings(
    facts,
    (peering) => {
      const other = peering.remoteNetworkId === null ? "the other network" : nameOf(peering.remoteNetworkId);
      if (peering.useRemoteGateways === null) {
        return unknown("the inventory does not say whether it uses the gateways of the other network");
      }
      const back = facts.index.otherSide(peering);
      if (back === null && peering.remoteNetworkId !== null && isKnown(peering.remoteNetworkId, facts)) {
        const text = `uses the gateways of ${other}, which has no peering back`;
        return violated(text, `create the peering from ${other}, with gateway transit allowed`);
      }
      if (back === null || back.allowGatewayTransit === null) {
        return unknown(`uses the gateways of ${other}, and the inventory lacks the peering settings of ${other}`);
      }
      if (back.allowGatewayTransit) return null;
      const text = `uses the gateways of ${other}, whose peering ${back.name} does not allow gateway transit`;
      return violated(text, update(back.networkId, back.name, "allowGatewayTransit"));
    },
    users,
  );
}

/** Whether the inventory has the network itself, and not only what others say about it. */
function isKnown(networkId: string, { index }: InventoryFacts): boolean {
  return (index.network(networkId)?.addressPrefixes.length ?? 0) > 0;
}

function update(networkId: string, name: string, flag: string): string {
  return `allow it: az network vnet peering update ${azPeering(networkId, name)} --set ${flag}=true`;
}

function azPeering(networkId: string, name: string): string {
  return `${azName(networkId, "--vnet-name")} -n ${azWord(name, "NAME")}`;
}

const violated = (text: string, remedy: string): Fault => ({ status: "violated", text, remedy });

const unknown = (text: string): Fault => ({
  status: "unknown",
  text,
  remedy: "take the snapshot with a role that may read both networks (Reader)",
});

function judgePeerings(
  { topology }: InventoryFacts,
  judge: (peering: Peering) => Fault | null,
  isJudged: (peering: Peering) => boolean = () => true,
): Judgement {
  const peerings = topology.networks.flatMap((network) => network.peerings).filter(isJudged);
  const findings = peerings.flatMap((peering) => {
    const fault = judge(peering);
    if (fault === null) return [];
    const resource = `peering ${peering.name} of ${nameOf(peering.networkId)}`;
    return [{ resourceId: peering.id, resource, ...fault }];
  });
  return { resources: peerings.length, findings };
}
