import { formatPrefix, type Prefix } from "../../net/prefix.ts";

/**
 * The next hop types that a user route can be given.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined
 */
export const USER_NEXT_HOP_TYPES = [
  "VirtualAppliance",
  "VirtualNetworkGateway",
  "VnetLocal",
  "Internet",
  "None",
] as const;

export type UserNextHopType = (typeof USER_NEXT_HOP_TYPES)[number];

/** A user route to be added. None with an address is what Azure lists for an appliance that is missing or down. */
export interface AddRoute {
  readonly kind: "add-route";
  readonly destination:
    | { readonly kind: "prefix"; readonly prefix: Prefix }
    | { readonly kind: "tag"; readonly tag: string };
  readonly nextHopType: UserNextHopType;
  readonly nextHopIpAddress: string | null;
  readonly name: string | null;
}

/** User routes to be removed: by the name, by one of the prefixes, or by the service tag. */
export interface RemoveRoute {
  readonly kind: "remove-route";
  readonly route:
    | { readonly kind: "prefix"; readonly prefix: Prefix }
    | { readonly kind: "name"; readonly name: string };
}

/** A service endpoint to be switched on, e.g. `Microsoft.Storage`, in the network's region. */
export interface AddEndpoint {
  readonly kind: "add-endpoint";
  readonly endpoint: string;
  readonly region: string | null;
}

export interface RemoveEndpoint {
  readonly kind: "remove-endpoint";
  readonly endpoint: string;
}

/** A peering with a network of these prefixes, to be made or to be undone. */
export interface ChangePeering {
  readonly kind: "add-peering" | "remove-peering";
  readonly prefixes: readonly Prefix[];
}

/** The route table's switch for routes from a gateway. */
export interface PropagateBgp {
  readonly kind: "propagate-bgp";
  readonly on: boolean;
}

/** One thing that is supposed to be different. */
export type Change = AddRoute | RemoveRoute | AddEndpoint | RemoveEndpoint | ChangePeering | PropagateBgp;

/** The service whose prefixes must be looked up for the change; null where it needs no service tags. */
export function serviceNamedBy(change: Change): string | null {
  switch (change.kind) {
    case "add-endpoint":
    case "remove-endpoint":
      return change.endpoint;
    case "add-route":
      return change.destination.kind === "tag" ? change.destination.tag : null;
    default:
      return null;
  }
}

/** The change as its option spells it, without the dashes. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case "add-route": {
      const { destination, nextHopType, nextHopIpAddress, name } = change;
      const to = destination.kind === "prefix" ? formatPrefix(destination.prefix) : destination.tag;
      const via = nextHopIpAddress === null ? "" : `:${nextHopIpAddress}`;
      return `add-route ${to}=${nextHopType}${via}${name === null ? "" : ` named ${name}`}`;
    }
    case "remove-route":
      return `remove-route ${change.route.kind === "prefix" ? formatPrefix(change.route.prefix) : change.route.name}`;
    case "add-endpoint":
      return `add-endpoint ${change.endpoint}${change.region === null ? "" : ` in ${change.region}`}`;
    case "remove-endpoint":
      return `remove-endpoint ${change.endpoint}`;
    case "add-peering":
    case "remove-peering":
      return `${change.kind} ${change.prefixes.map(formatPrefix).join(",")}`;
    case "propagate-bgp":
      return `propagate-bgp ${change.on ? "on" : "off"}`;
    default:
      return change satisfies never;
  }
}
