import { type Address, formatAddress } from "../../../net/address.ts";
import { contains, formatPrefix, type Prefix } from "../../../net/prefix.ts";
import { same } from "../../../text/same.ts";
import { idKey, networkOf } from "../../../topology/resource-id.ts";
import type { ConfiguredRoute, Network, NetworkInterface, Subnet } from "../../../topology/topology.ts";
import type { InventoryFacts } from "./facts.ts";
import type { InventoryFinding, Judgement } from "./finding.ts";
import { firstNames, subnetName } from "./names.ts";

/**
 * No endpoint takes the traffic of a subnet past the appliance that a user route names. A service endpoint's routes are
 * longer than 0.0.0.0/0. A private endpoint's /32 route wins against any shorter user route, unless network policies of
 * the endpoint's subnet let the user route invalidate it.
 * https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
 */
export function noEndpointBypass(facts: InventoryFacts): Judgement {
  const privateNics = endpointsByNetwork(facts);
  let resources = 0;
  const findings: InventoryFinding[] = [];
  for (const network of facts.topology.networks) {
    for (const subnet of network.subnets) {
      const table = subnet.routeTableId === null ? null : facts.index.routeTable(subnet.routeTableId);
      const routes = table?.routes ?? [];
      if (subnet.routeTableId !== null && table === null) findings.push(unknownTable(subnet));
      if (!routes.some(isToAppliance)) continue;
      resources++;
      const found = [serviceEndpoints(subnet, routes), ...privateEndpoints(network, subnet, routes, privateNics)];
      for (const finding of found) if (finding !== null) findings.push(finding);
    }
  }
  return { resources, findings };
}

function unknownTable({ id }: Subnet): InventoryFinding {
  return {
    status: "unknown",
    resourceId: id,
    resource: `subnet ${subnetName(id)}`,
    text: "its route table is not in the inventory",
    remedy: "take the snapshot with a role that may read route tables (Reader)",
  };
}

const isToAppliance = ({ nextHopType }: ConfiguredRoute) => same(nextHopType, "VirtualAppliance");

const isDefaultRoute = ({ prefix }: ConfiguredRoute) => prefix?.family === 4 && prefix.length === 0;

function serviceEndpoints(
  { id, serviceEndpoints }: Subnet,
  routes: readonly ConfiguredRoute[],
): InventoryFinding | null {
  const whole = routes.find((route) => isDefaultRoute(route) && isToAppliance(route));
  if (whole === undefined || serviceEndpoints.length === 0) return null;
  const services = serviceEndpoints.map(({ service }) => service);
  const [verb, object] = services.length === 1 ? ["bypasses", "endpoint"] : ["bypass", "endpoints"];
  return {
    status: "violated",
    resourceId: id,
    resource: `subnet ${subnetName(id)}`,
    text: `its service ${object} ${firstNames(services)} ${verb} route ${whole.name} (0.0.0.0/0)`,
    remedy: `remove the service ${object} from the subnet, or add the subnet to except`,
  };
}

interface PrivateNic {
  readonly nic: NetworkInterface;
  readonly address: Address;
  readonly subnet: Subnet | null;
}

function endpointsByNetwork({ topology, index }: InventoryFacts): ReadonlyMap<string, readonly PrivateNic[]> {
  const found = new Map<string, PrivateNic[]>();
  for (const nic of topology.nics) {
    if (nic.privateEndpointId === null) continue;
    for (const { address, subnetId } of nic.ipConfigurations) {
      if (address === null || subnetId === null) continue;
      const networkId = networkOf(subnetId);
      if (networkId === null) continue;
      const own = found.get(idKey(networkId)) ?? [];
      found.set(idKey(networkId), own);
      own.push({ nic, address, subnet: index.subnet(subnetId) });
    }
  }
  return found;
}

function privateEndpoints(
  network: Network,
  subnet: Subnet,
  routes: readonly ConfiguredRoute[],
  privateNics: ReadonlyMap<string, readonly PrivateNic[]>,
): readonly (InventoryFinding | null)[] {
  const places = [
    { id: network.id, prefixes: network.addressPrefixes },
    ...network.peerings.flatMap(({ remoteNetworkId: id, remoteAddressPrefixes: prefixes }) =>
      id === null ? [] : [{ id, prefixes }],
    ),
  ];
  const passed: string[] = [];
  const open: string[] = [];
  let by: ConfiguredRoute | null = null;
  for (const { id, prefixes } of places) {
    for (const each of privateNics.get(idKey(id)) ?? []) {
      const route = longest(routes, each.address);
      if (route?.prefix == null || route.prefix.length >= 32 || !isToAppliance(route)) continue;
      // A shorter user route does not win for the rest of that network either: no endpoint's route takes from it.
      if (isShorter(route.prefix, prefixes, each.address)) continue;
      const policies = each.subnet?.privateEndpointNetworkPolicies ?? null;
      const name = `${formatAddress(each.address)} (${each.nic.name})`;
      if (policies === null) open.push(name);
      else if (!same(policies, "Enabled") && !same(policies, "RouteTableEnabled")) passed.push(name);
      else continue;
      by ??= route;
    }
  }
  if (by?.prefix == null) return [];
  const resource = `subnet ${subnetName(subnet.id)}`;
  const route = `route ${by.name} (${formatPrefix(by.prefix)})`;
  const remedy = "turn on network policies for route tables in the endpoints' subnets, or add the subnet to except";
  return [
    passed.length === 0
      ? null
      : {
          status: "violated",
          resourceId: subnet.id,
          resource,
          text: `private endpoints bypass ${route}: ${firstNames(passed)}`,
          remedy,
        },
    open.length === 0
      ? null
      : {
          status: "unknown",
          resourceId: subnet.id,
          resource,
          text: `private endpoints may bypass ${route}: the inventory lacks the network policies of ${firstNames(open)}`,
          remedy: "take the snapshot with a role that may read the endpoints' networks (Reader)",
        },
  ];
}

function longest(routes: readonly ConfiguredRoute[], address: Address): ConfiguredRoute | null {
  let best: ConfiguredRoute | null = null;
  for (const route of routes) {
    if (route.prefix === null || !contains(route.prefix, address)) continue;
    if (best?.prefix == null || route.prefix.length > best.prefix.length) best = route;
  }
  return best;
}

/** Whether the network's own route is longer than the user route, and wins. */
function isShorter(own: Prefix, prefixes: readonly Prefix[], address: Address): boolean {
  return prefixes.some((prefix) => contains(prefix, address) && prefix.length > own.length);
}
