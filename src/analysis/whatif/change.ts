import { formatPrefix, type Prefix } from "../../net/prefix.ts";
import { UserError } from "../../text/user-error.ts";

/**
 * The next hop types of user routes.
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

const ERROR_CODES = [
  "change-syntax",
  "change-next-hop",
  "change-name",
  "change-tag",
  "change-endpoint",
  "change-region",
  "change-conflict",
  "change-not-found",
  "change-restricted",
] as const;

/** The codes of a rejected change: it is invalid, or does not apply to this table. */
export type WhatIfErrorCode = (typeof ERROR_CODES)[number];

/** Whether the error is that of a rejected change. */
export function isWhatIfError(error: unknown): error is UserError<WhatIfErrorCode> {
  return error instanceof UserError && ERROR_CODES.some((code) => code === error.code);
}

/** A user route to add. None with an address is how Azure lists a route with an unreachable appliance. */
export interface AddRoute {
  readonly kind: "add-route";
  readonly destination:
    | { readonly kind: "prefix"; readonly prefix: Prefix }
    | { readonly kind: "tag"; readonly tag: string };
  readonly nextHopType: UserNextHopType;
  readonly nextHopIpAddress: string | null;
  readonly name: string | null;
}

/** User routes to remove: by name, by one of their prefixes, or by service tag. */
export interface RemoveRoute {
  readonly kind: "remove-route";
  readonly route:
    | { readonly kind: "prefix"; readonly prefix: Prefix }
    | { readonly kind: "name"; readonly name: string };
}

/** A service endpoint to enable in the network's region, e.g. `Microsoft.Storage`. */
export interface AddEndpoint {
  readonly kind: "add-endpoint";
  readonly endpoint: string;
  readonly region: string | null;
}

export interface RemoveEndpoint {
  readonly kind: "remove-endpoint";
  readonly endpoint: string;
}

/** A peering with a network of these prefixes, to add or to remove. */
export interface ChangePeering {
  readonly kind: "add-peering" | "remove-peering";
  readonly prefixes: readonly Prefix[];
}

/** The route table's setting for propagating routes from a gateway. */
export interface PropagateBgp {
  readonly kind: "propagate-bgp";
  readonly on: boolean;
}

/** One change to the table. */
export type Change = AddRoute | RemoveRoute | AddEndpoint | RemoveEndpoint | ChangePeering | PropagateBgp;

/** Returns the service whose prefixes the change needs; null if it needs no service tags. */
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

/** Returns the change as its option is written, without the dashes. */
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
