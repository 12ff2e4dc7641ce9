import type { Address } from "../../net/address.ts";
import type { NamedAddress } from "../../topology/address-map.ts";
import type { Owner } from "../../topology/owners.ts";
import type { Topology } from "../../topology/topology.ts";

/** The owner of an address in an address map, and the name of its network where the map says it. */
interface MappedOwner {
  readonly owner: Owner;
  readonly network: string | null;
}

export const addressKey = ({ family, value }: Address): string => `${family} ${value.toString(36)}`;

const rowKey = (name: string, address: Address) => `${addressKey(address)} ${name.toLowerCase()}`;

/** What an address map names, by address. Cost: linear in the topology, once. */
export class MappedOwners {
  readonly #owners = new Map<string, MappedOwner[]>();
  /** The networks that the map names, by the row's name and address. */
  readonly #networks: ReadonlyMap<string, string>;

  constructor(topology: Topology, named: readonly NamedAddress[]) {
    this.#networks = new Map(
      named.flatMap(({ name, address, network }) => (network === null ? [] : [[rowKey(name, address), network]])),
    );
    this.#index(topology);
  }

  /** Indexes what an address map names: it is in no subnet, and so in no network. */
  #index({ nics, loadBalancers, firewalls, managedAppliances, gateways, hubs }: Topology): void {
    const add = (place: string | null, address: Address | null, owner: Owner) => {
      if (place !== null || address === null) return;
      const network = this.#networks.get(rowKey(owner.resource.name, address)) ?? null;
      const key = addressKey(address);
      const known = this.#owners.get(key);
      if (known === undefined) this.#owners.set(key, [{ owner, network }]);
      else known.push({ owner, network });
    };
    for (const resource of nics) {
      for (const ipConfiguration of resource.ipConfigurations) {
        add(ipConfiguration.subnetId, ipConfiguration.address, { kind: "nic", resource, ipConfiguration });
      }
    }
    for (const resource of loadBalancers) {
      for (const frontend of resource.frontends) {
        if (frontend.publicAddressId !== null) continue;
        add(frontend.subnetId, frontend.address, { kind: "load-balancer", resource, frontend });
      }
    }
    for (const resource of firewalls) {
      const place = resource.subnetId ?? resource.hubId;
      for (const address of resource.addresses) add(place, address, { kind: "firewall", resource });
    }
    for (const resource of managedAppliances) {
      for (const address of resource.addresses)
        add(resource.subnetId, address, { kind: "managed-appliance", resource });
    }
    for (const resource of gateways) {
      const place = resource.networkId ?? resource.subnetId;
      for (const address of resource.addresses) add(place, address, { kind: "gateway", resource });
    }
    for (const resource of hubs) {
      const place = resource.kind === "route-server" ? resource.subnetId : resource.id;
      for (const address of resource.routerAddresses) add(place, address, { kind: "hub", resource });
    }
  }

  /** Returns the owners of an address that the map names. */
  of(address: Address): readonly MappedOwner[] {
    return this.#owners.get(addressKey(address)) ?? [];
  }

  /** Returns the network in which the map has a resource with one of these addresses; null where it says none. */
  networkOf({ name, addresses }: { readonly name: string; readonly addresses: readonly Address[] }): string | null {
    if (this.#networks.size === 0) return null;
    for (const address of addresses) {
      const network = this.#networks.get(rowKey(name, address));
      if (network !== undefined) return network;
    }
    return null;
  }
}
