import type { Address } from "../net/address.ts";
import { idKey, networkOf } from "./resource-id.ts";
import type {
  Firewall,
  Frontend,
  Gateway,
  Hub,
  IpConfiguration,
  LoadBalancer,
  ManagedAppliance,
  NetworkInterface,
  Topology,
} from "./topology.ts";

/** A resource that has an address in a network or in a hub. */
export type Owner =
  | { readonly kind: "nic"; readonly resource: NetworkInterface; readonly ipConfiguration: IpConfiguration }
  | { readonly kind: "load-balancer"; readonly resource: LoadBalancer; readonly frontend: Frontend }
  | { readonly kind: "firewall"; readonly resource: Firewall }
  | { readonly kind: "managed-appliance"; readonly resource: ManagedAppliance }
  | { readonly kind: "gateway"; readonly resource: Gateway }
  /** A Route Server, or the router of a virtual hub. */
  | { readonly kind: "hub"; readonly resource: Hub };

/** The owners of an address in one network or hub. */
export interface OwnersInPlace {
  /** The id of the network or the virtual hub. */
  readonly placeId: string;
  readonly owners: readonly Owner[];
}

/**
 * Says which resources own an address within a network. Address spaces of networks overlap, so that an address alone
 * names no resource. The NIC of a private endpoint is a `nic` with a `privateEndpointId`. Built once, linear in the
 * resources; each look-up reads a map.
 */
export class AddressOwners {
  /** By place and address. */
  readonly #owners = new Map<string, Owner[]>();
  readonly #neighbours = new Map<string, Map<string, string>>();

  constructor(topology: Topology) {
    for (const resource of topology.nics) {
      for (const ipConfiguration of resource.ipConfigurations) {
        this.#add(placeOf(ipConfiguration.subnetId), ipConfiguration.address, {
          kind: "nic",
          resource,
          ipConfiguration,
        });
      }
    }
    for (const resource of topology.loadBalancers) {
      for (const frontend of resource.frontends) {
        this.#add(placeOf(frontend.subnetId), frontend.address, { kind: "load-balancer", resource, frontend });
      }
    }
    for (const resource of topology.firewalls) {
      const place = placeOf(resource.subnetId) ?? resource.hubId;
      for (const address of resource.addresses) this.#add(place, address, { kind: "firewall", resource });
    }
    for (const resource of topology.managedAppliances) {
      const place = placeOf(resource.subnetId);
      for (const address of resource.addresses) this.#add(place, address, { kind: "managed-appliance", resource });
    }
    for (const resource of topology.gateways) {
      for (const address of resource.addresses) this.#add(resource.networkId, address, { kind: "gateway", resource });
    }
    for (const resource of topology.hubs) {
      const place = resource.kind === "route-server" ? placeOf(resource.subnetId) : resource.id;
      for (const address of resource.routerAddresses) this.#add(place, address, { kind: "hub", resource });
    }
    for (const { id, peerings } of topology.networks) {
      for (const { remoteNetworkId } of peerings) this.#join(id, remoteNetworkId);
    }
    for (const { id, connections } of topology.hubs) {
      for (const { networkId } of connections) {
        this.#join(networkId, id);
        this.#join(id, networkId);
      }
    }
  }

  /** The owners of the address in the network or virtual hub with this id. Several if sources contradict each other. */
  in(placeId: string, address: Address): readonly Owner[] {
    return this.#owners.get(keyOf(placeId, address)) ?? [];
  }

  /**
   * The owners in the network itself, else in each peered network and each connected virtual hub; empty if nothing
   * there has the address. Ignores the state of peerings.
   */
  near(networkId: string, address: Address): readonly OwnersInPlace[] {
    const own = this.in(networkId, address);
    if (own.length > 0) return [{ placeId: networkId, owners: own }];
    return this.neighboursOf(networkId).flatMap((placeId) => {
      const owners = this.in(placeId, address);
      return owners.length === 0 ? [] : [{ placeId, owners }];
    });
  }

  /** The ids of the networks that the network's own peerings name, and of the virtual hubs that it is connected to. */
  neighboursOf(networkId: string): readonly string[] {
    return [...(this.#neighbours.get(idKey(networkId))?.values() ?? [])];
  }

  #add(placeId: string | null, address: Address | null, owner: Owner): void {
    if (placeId === null || address === null) return;
    const key = keyOf(placeId, address);
    const others = this.#owners.get(key);
    if (others === undefined) this.#owners.set(key, [owner]);
    else others.push(owner);
  }

  #join(from: string, to: string | null): void {
    if (to === null) return;
    const key = idKey(from);
    const known = this.#neighbours.get(key) ?? new Map<string, string>();
    this.#neighbours.set(key, known.set(idKey(to), to));
  }
}

/** The network of a subnet. */
function placeOf(subnetId: string | null): string | null {
  return subnetId === null ? null : networkOf(subnetId);
}

function keyOf(placeId: string, { family, value }: Address): string {
  return `${family === 4 ? value : `6:${value}`} ${idKey(placeId)}`;
}
