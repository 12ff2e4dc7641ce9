import { same } from "../../../text/same.ts";
import { idKey, networkOf } from "../../../topology/resource-id.ts";
import type { Network, NetworkInterface, Subnet } from "../../../topology/topology.ts";
import type { InventoryFacts } from "./facts.ts";
import type { InventoryFinding, Judgement } from "./finding.ts";
import { firstNames, subnetName } from "./names.ts";

/**
 * Every NIC that is routed to the Internet has an outbound method: a NAT gateway, a public address, a load balancer with a
 * public frontend, or Azure's default outbound access. Azure's answers say of a subnet only where it has no default
 * access. https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
 */
export function internetOutbound(facts: InventoryFacts): Judgement {
  const publicPools = poolsWithPublicFrontend(facts);
  const nicsOfSubnet = new Map<string, NetworkInterface[]>();
  for (const nic of facts.topology.nics) {
    if (nic.privateEndpointId !== null) continue;
    const keys = nic.ipConfigurations.flatMap(({ subnetId }) => (subnetId === null ? [] : [idKey(subnetId)]));
    for (const key of new Set(keys)) {
      const nics = nicsOfSubnet.get(key);
      if (nics === undefined) nicsOfSubnet.set(key, [nic]);
      else nics.push(nic);
    }
  }
  let resources = 0;
  const findings: InventoryFinding[] = [];
  for (const network of facts.topology.networks) {
    for (const subnet of network.subnets) {
      const nics = nicsOfSubnet.get(idKey(subnet.id)) ?? [];
      const leads = nics.length === 0 ? "no" : leadsToInternet(network, subnet, facts);
      if (leads === "no") continue;
      resources++;
      if (subnet.natGatewayId !== null || subnet.defaultOutboundAccess !== false) continue;
      const without = nics.filter((nic) => !hasOwnMethod(nic, publicPools));
      if (without.length > 0) findings.push(findingOf(subnet, without, leads === "unknown"));
    }
  }
  return { resources, findings };
}

function findingOf({ id }: Subnet, nics: readonly NetworkInterface[], isUnknown: boolean): InventoryFinding {
  const names = firstNames(nics.map(({ name }) => name));
  const lacks = "private subnet, no NAT gateway, no public address, no public load balancer";
  const base = { resourceId: id, resource: `subnet ${subnetName(id)}` };
  return isUnknown
    ? {
        ...base,
        status: "unknown",
        text: `${names}: no outbound method (${lacks}), unless a gateway's route leads elsewhere`,
        remedy: "take a snapshot with a route table of this subnet",
      }
    : {
        ...base,
        status: "violated",
        text: `${names}: routed to the Internet without an outbound method (${lacks})`,
        remedy: "give the subnet a NAT gateway, or a user route for 0.0.0.0/0 to a firewall",
      };
}

/** Whether a part of the Internet is routed there: by the subnet's effective table, else by what is configured. */
function leadsToInternet(network: Network, subnet: Subnet, facts: InventoryFacts): "yes" | "no" | "unknown" {
  const effective = facts.routesOf(subnet.id);
  if (effective !== null) return effective.leadToInternet ? "yes" : "no";
  const table = subnet.routeTableId === null ? null : facts.index.routeTable(subnet.routeTableId);
  if (subnet.routeTableId !== null && table === null) return "unknown";
  const whole = table?.routes.find(({ prefix }) => prefix?.family === 4 && prefix.length === 0);
  if (whole !== undefined) return same(whole.nextHopType, "Internet") ? "yes" : "no";
  if (table?.disableBgpRoutePropagation === true) return "yes";
  const learns =
    network.peerings.some(({ useRemoteGateways }) => useRemoteGateways !== false) ||
    facts.topology.gateways.some(({ networkId }) => networkId !== null && idKey(networkId) === idKey(network.id)) ||
    facts.topology.hubs.some(({ subnetId, connections }) => {
      const ownId = subnetId === null ? null : networkOf(subnetId);
      return [ownId, ...connections.map((each) => each.networkId)].some(
        (id) => id !== null && idKey(id) === idKey(network.id),
      );
    });
  return learns ? "unknown" : "yes";
}

function hasOwnMethod({ ipConfigurations }: NetworkInterface, publicPools: ReadonlySet<string>): boolean {
  return ipConfigurations.some(
    ({ publicAddressId, poolIds }) => publicAddressId !== null || poolIds.some((id) => publicPools.has(idKey(id))),
  );
}

function poolsWithPublicFrontend({ topology }: InventoryFacts): ReadonlySet<string> {
  const outward = topology.loadBalancers.filter(({ frontends }) =>
    frontends.some(({ publicAddressId }) => publicAddressId !== null),
  );
  return new Set(outward.flatMap(({ pools }) => pools.map(({ id }) => idKey(id))));
}
