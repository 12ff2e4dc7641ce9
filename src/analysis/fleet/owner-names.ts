import { addressOrNull, formatAddress } from "../../net/address.ts";
import type { NamedAddress } from "../../topology/address-map.ts";
import { AddressOwners } from "../../topology/owners.ts";
import { networkOf } from "../../topology/resource-id.ts";
import type { Topology } from "../../topology/topology.ts";

/** Names what has an address, as a subnet sees it; null where nothing is known, or several have it. */
export type OwnerName = (address: string, subnetId: string | null) => string | null;

/**
 * Returns a function that names the owners of next hops: the one resource near the subnet's network that has the
 * address, else the one name that an address map gives. Cost: linear in the resources; each look-up reads a map.
 */
export function ownerNames(topology: Topology | null, named: readonly NamedAddress[]): OwnerName {
  const owners = topology === null ? null : new AddressOwners(topology);
  const byAddress = new Map<string, Set<string>>();
  for (const { address, name } of named) {
    const key = formatAddress(address);
    byAddress.set(key, (byAddress.get(key) ?? new Set()).add(name));
  }
  return (text, subnetId) => {
    const address = addressOrNull(text); // Azure may list other text
    if (address === null) return null;
    const networkId = subnetId === null ? null : networkOf(subnetId);
    const near = networkId === null ? [] : (owners?.near(networkId, address) ?? []);
    const found = new Set(near.flatMap((place) => place.owners.map(({ resource }) => resource.name)));
    const [name, another] = found.size > 0 ? found : (byAddress.get(formatAddress(address)) ?? []);
    return name !== undefined && another === undefined ? name : null;
  };
}
