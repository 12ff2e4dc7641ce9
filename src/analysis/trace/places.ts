import type {
  Firewall,
  Frontend,
  Gateway,
  Hub,
  LoadBalancer,
  ManagedAppliance,
  NetworkInterface,
} from "../../topology/topology.ts";

/**
 * Where a packet is while it is followed. It comes to the same place twice only in a loop, because routers decide by
 * the destination alone.
 */
export type Place =
  | {
      readonly kind: "nic";
      readonly nic: NetworkInterface;
      /** The NIC by which an appliance was reached; null where the packet starts. */
      readonly arrivedBy: NetworkInterface | null;
      /** The next hop address that led here. */
      readonly address: string | null;
    }
  | { readonly kind: "load-balancer"; readonly loadBalancer: LoadBalancer; readonly frontend: Frontend }
  | { readonly kind: "firewall"; readonly firewall: Firewall; readonly address: string | null }
  | { readonly kind: "managed-appliance"; readonly appliance: ManagedAppliance; readonly address: string | null }
  | { readonly kind: "gateway"; readonly gateway: Gateway; readonly address: string | null }
  /** A gateway that nothing names; `edge`: its next hops are Microsoft's edge routers, as those of ExpressRoute are. */
  | { readonly kind: "unnamed-gateway"; readonly nextHops: readonly string[]; readonly edge: boolean }
  | { readonly kind: "hub"; readonly hub: Hub; readonly connectionId: string | null }
  | HostPlace;

/** The host that has the destination. */
export interface HostPlace {
  readonly kind: "host";
  readonly resourceId: string | null;
  readonly name: string;
  readonly network: string | null;
  /** Why it is the host; null where the snapshot describes no network that could have it. */
  readonly found: string | null;
  readonly powerState: string | null;
}

/** The key of a place: equal for the same router, whatever led to it. */
export function keyOf(place: Place): string {
  switch (place.kind) {
    case "nic":
      return `nic ${place.nic.id.toLowerCase()}`;
    case "load-balancer":
      return `lb ${place.frontend.id.toLowerCase()}`;
    case "firewall":
      return `firewall ${place.firewall.id.toLowerCase()}`;
    case "managed-appliance":
      return `appliance ${place.appliance.id.toLowerCase()}`;
    case "gateway":
      return `gateway ${place.gateway.id.toLowerCase()}`;
    case "unnamed-gateway":
      return `unnamed ${place.nextHops.join()}`;
    case "hub":
      return `hub ${place.hub.id.toLowerCase()} ${place.connectionId?.toLowerCase() ?? ""}`;
    case "host":
      return `host ${place.resourceId?.toLowerCase() ?? ""} ${place.name}`;
    default:
      return place satisfies never;
  }
}
