import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { readTopology } from "../../topology/read/read-topology.ts";
import { groupOf, idKey, nameOf, networkOf, parentOf, sameResource } from "../../topology/resource-id.ts";
import type { NetworkInterface, Topology } from "../../topology/topology.ts";
import { azureError } from "../failure/azure-error.ts";
import type { InventoryResource } from "./kinds.ts";
import type { InventoryScope } from "./scope.ts";

/** A part of an inventory. */
export interface NarrowedInventory {
  readonly resources: readonly InventoryResource[];
  /** The ids of the NICs in scope. */
  readonly nicIds: readonly string[];
}

/**
 * The resources that the scope's group, network or subnet needs to be understood: its networks, those that they are
 * peered with and the hubs that they are connected to, and everything in those, because next hops and destinations are
 * there. All of them where the scope names none. Linear.
 * @throws AzureError for a network or a subnet that the resources do not have.
 */
export function narrowed(resources: readonly InventoryResource[], scope: InventoryScope): NarrowedInventory {
  const { resourceGroup, network, subnet } = scope;
  if (resourceGroup === null && network === null && subnet === null) {
    return { resources, nicIds: resources.filter(isNic).map(({ id }) => id) };
  }
  const { topology } = readTopology(resources);
  const group = subnet === null && network === null ? resourceGroup : null;
  const places = group === null ? subnetsInScope(topology, scope) : new Set<string>();
  const ofGroup = (id: string) => group !== null && same(groupOf(id), group);
  const inScope = ({ id, ipConfigurations }: NetworkInterface) =>
    ofGroup(id) || ipConfigurations.some(({ subnetId }) => subnetId !== null && places.has(idKey(subnetId)));
  const nics = topology.nics.filter(inScope);
  const networks = new Set(
    [...places, ...nics.flatMap(({ ipConfigurations }) => ipConfigurations.map(({ subnetId }) => subnetId))]
      .flatMap((subnetId) => (subnetId === null ? [] : (networkOf(subnetId) ?? [])))
      .map(idKey),
  );
  for (const { id } of topology.networks) if (ofGroup(id)) networks.add(idKey(id));
  const isNeeded = neededFor(topology, networks);
  return {
    resources: resources.filter(({ id }) => isNeeded(id) || ofGroup(id) || isNeeded(parentOf(id))),
    nicIds: nics.map(({ id }) => id),
  };
}

const isNic = ({ type }: InventoryResource) => type.endsWith("/networkInterfaces");

/** The keys of the subnets that the scope names. */
function subnetsInScope(topology: Topology, { resourceGroup, network, subnet }: InventoryScope): ReadonlySet<string> {
  const networks = topology.networks.filter(({ id, name }) => {
    if (network === null) return resourceGroup === null || same(groupOf(id), resourceGroup);
    if (network.includes("/")) return sameResource(network, id);
    return same(network, name) && (resourceGroup === null || same(groupOf(id), resourceGroup));
  });
  if (networks.length === 0 && network !== null) {
    const names = topology.networks.map(({ name }) => name);
    throw notFound("network-not-found", "virtual network", network, names, "check --vnet, -g and --subscription");
  }
  const all = networks.flatMap(({ subnets }) => subnets);
  const found = all.filter(({ id, name }) => {
    if (subnet === null) return true;
    return subnet.includes("/") ? sameResource(subnet, id) : same(subnet, name);
  });
  if (found.length === 0 && subnet !== null) {
    const names = all.map(({ name }) => name);
    throw notFound("subnet-not-found", "subnet", subnet, names, "check --subnet, --vnet and --subscription");
  }
  return new Set(found.map(({ id }) => idKey(id)));
}

function notFound(
  code: "network-not-found" | "subnet-not-found",
  what: string,
  given: string,
  names: readonly string[],
  check: string,
) {
  const near = nearNames(nameOf(given), [...new Set(names)]).map((name) => quotedText(name));
  const shown = quotedText(nameOf(given));
  return azureError(
    code,
    `no ${what} named ${shown} is visible to you`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : check,
  );
}

/** Returns whether the networks need the resource with an id. Null is the id of none. */
function neededFor(topology: Topology, networks: ReadonlySet<string>): (id: string | null) => boolean {
  const keep = new Set<string>();
  const add = (...ids: readonly (string | null)[]) => {
    for (const id of ids) if (id !== null) keep.add(idKey(id));
  };
  const isKept = (id: string | null) => id !== null && keep.has(idKey(id));
  const near = new Set(networks);
  for (const { id, peerings } of topology.networks) {
    if (!networks.has(idKey(id))) continue;
    for (const { remoteNetworkId } of peerings) if (remoteNetworkId !== null) near.add(idKey(remoteNetworkId));
  }
  const isNear = (subnetId: string | null) => {
    const networkId = subnetId === null ? null : networkOf(subnetId);
    return networkId !== null && near.has(idKey(networkId));
  };
  for (const hub of topology.hubs) {
    if (isNear(hub.subnetId) || hub.connections.some(({ networkId }) => networks.has(idKey(networkId)))) add(hub.id);
  }
  for (const { id, subnets } of topology.networks) {
    if (!near.has(idKey(id))) continue;
    add(id, ...subnets.map(({ routeTableId }) => routeTableId));
  }
  for (const { id, virtualMachineId, scaleSetId, privateEndpointId, ipConfigurations } of topology.nics) {
    if (!ipConfigurations.some(({ subnetId }) => isNear(subnetId))) continue;
    add(id, virtualMachineId, scaleSetId, privateEndpointId);
    add(...ipConfigurations.map(({ publicAddressId }) => publicAddressId));
  }
  for (const { id, frontends, pools } of topology.loadBalancers) {
    const ofKept = pools.some(({ ipConfigurationIds }) =>
      ipConfigurationIds.some((configurationId) => isKept(parentOf(configurationId))),
    );
    if (!ofKept && !frontends.some(({ subnetId }) => isNear(subnetId))) continue;
    add(id, ...frontends.map(({ publicAddressId }) => publicAddressId));
  }
  for (const { id, subnetId, hubId } of topology.firewalls) {
    if (isNear(subnetId) || isKept(hubId)) add(id);
  }
  for (const { id, subnetId } of topology.managedAppliances) if (isNear(subnetId)) add(id);
  for (const { id, subnetId, publicAddressIds } of topology.gateways) {
    if (isNear(subnetId)) add(id, ...publicAddressIds);
  }
  for (const { id, gatewayId, peerId } of topology.connections) {
    if (isKept(gatewayId) || isKept(peerId)) add(id, gatewayId, peerId);
  }
  for (const { id, subnetId } of topology.privateEndpoints) if (isNear(subnetId)) add(id);
  return isKept;
}
