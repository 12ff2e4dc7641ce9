import { differenceOf, meets, rangeOf } from "../../../net/address-ranges.ts";
import { same } from "../../../text/same.ts";
import { idKey, networkOf } from "../../../topology/resource-id.ts";
import type { Network, NetworkInterface, RouteTableResource, Subnet } from "../../../topology/topology.ts";
import { INTERNET, type InventoryFacts } from "./facts.ts";
import type { InventoryFinding, Judgement } from "./finding.ts";
import { firstNames, subnetName } from "./names.ts";

/**
 * Every NIC that is routed to the Internet has an outbound method: a NAT gateway, a public address, a load balancer
 * with a public frontend, or Azure's default outbound access. Azure's answers say of a subnet only where it has no
 * default access. https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
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
      const way = nics.length === 0 ? null : wayOut(network, subnet, facts);
      if (way === null) continue;
      resources++;
      if (subnet.natGatewayId !== null || subnet.defaultOutboundAccess !== false) continue;
      const without = nics.filter((nic) => !hasOwnMethod(nic, publicPools));
      if (without.length > 0) findings.push(findingOf(subnet, without, way));
    }
  }
  return { resources, findings };
}

/** A route to a part of the Internet, or to all of it. */
interface WayOut {
  readonly isCertain: boolean;
  /** The user routes that lead there; empty where a system route does, or the effective table says it. */
  readonly routes: readonly string[];
}

function findingOf({ id }: Subnet, nics: readonly NetworkInterface[], way: WayOut): InventoryFinding {
  const names = firstNames(nics.map(({ name }) => name));
  const lacks = "private subnet, no NAT gateway, no public address, no public load balancer";
  const base = { resourceId: id, resource: `subnet ${subnetName(id)}` };
  const instead =
    way.routes.length === 0
      ? "a user route for 0.0.0.0/0 to a firewall"
      : `lead ${firstNames(way.routes)} to a firewall`;
  return way.isCertain
    ? {
        ...base,
        status: "violated",
        text: `${names}: routed to the Internet without an outbound method (${lacks})`,
        remedy: `give the subnet a NAT gateway, or ${instead}`,
      }
    : {
        ...base,
        status: "unknown",
        text: `${names}: no outbound method (${lacks}), unless a gateway's route leads elsewhere`,
        remedy: "take a snapshot with a route table of this subnet",
      };
}

/** How a part of the Internet is routed there: by the subnet's effective table, else by what is configured. */
function wayOut(network: Network, subnet: Subnet, facts: InventoryFacts): WayOut | null {
  const bySystemRoute = { isCertain: true, routes: [] };
  const effective = facts.routesOf(subnet.id);
  if (effective !== null) return effective.leadToInternet ? bySystemRoute : null;
  const table = subnet.routeTableId === null ? null : facts.index.routeTable(subnet.routeTableId);
  if (subnet.routeTableId !== null && table === null) return { isCertain: false, routes: [] };
  const { routes, leaveOthers } = userWayOut(table);
  if (routes.length > 0) return { isCertain: true, routes };
  if (!leaveOthers) return null;
  if (table?.disableBgpRoutePropagation === true) return bySystemRoute;
  const learns =
    network.peerings.some(({ useRemoteGateways }) => useRemoteGateways !== false) ||
    facts.topology.gateways.some(({ networkId }) => networkId !== null && idKey(networkId) === idKey(network.id)) ||
    facts.topology.hubs.some(({ subnetId, connections }) => {
      const ownId = subnetId === null ? null : networkOf(subnetId);
      return [ownId, ...connections.map((each) => each.networkId)].some(
        (id) => id !== null && idKey(id) === idKey(network.id),
      );
    });
  return learns ? { isCertain: false, routes: [] } : bySystemRoute;
}

/**
 * The user routes that lead to the Internet for a part of it: those of service tags, and those with a prefix unless
 * longer user routes cover all of that. `leaveOthers`: whether no user route has some of its addresses.
 */
function userWayOut(table: RouteTableResource | null): {
  readonly routes: readonly string[];
  readonly leaveOthers: boolean;
} {
  if (table === null) return { routes: [], leaveOthers: true };
  const byLength = [...table.routes].sort((a, b) => (b.prefix?.length ?? 0) - (a.prefix?.length ?? 0));
  const routes: string[] = [];
  let others = INTERNET;
  for (const { name, prefix, nextHopType } of byLength) {
    const own = prefix === null ? null : rangeOf(prefix);
    const counts = own === null || meets([own], others);
    if (counts && same(nextHopType, "Internet")) routes.push(`route ${name} (${table.name})`);
    if (own !== null) others = differenceOf(others, [own]);
  }
  return { routes, leaveOthers: others.length > 0 };
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
