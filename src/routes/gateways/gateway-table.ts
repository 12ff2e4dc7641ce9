import type { Address } from "../../net/address.ts";
import type { Prefix } from "../../net/prefix.ts";

/**
 * What kind of router a table is of, and which of its tables. Such a table has no states and knows no precedence of
 * user-defined routes: it is never a NIC's.
 */
export type GatewayTableKind =
  | "hub"
  | "gateway-learned"
  | "gateway-advertised"
  | "route-server-learned"
  | "route-server-advertised"
  | "circuit";

/** One row of the table of a hub, a gateway, a Route Server or a circuit. */
export interface GatewayRoute {
  readonly prefix: Prefix;
  readonly nextHops: readonly GatewayNextHop[];
  /** Azure's type of next hop, of hubs: `VPN_S2S_Gateway`, `Azure Firewall` …; else null. */
  readonly nextHopType: string | null;
  /** `Network`, `EBgp`, `IBgp`; of hubs the resource id of the origin; null where the source has none. */
  readonly origin: string | null;
  /** The AS numbers from the nearest to the origin; empty for a route of the router's own. */
  readonly asPath: readonly number[];
  readonly weight: number | null;
  readonly localPreference: number | null;
  /** The instance that has the row: an address of a gateway, `RouteServiceRole_IN_0`; null where not told. */
  readonly instance: string | null;
  /** The peer that it was learned from. */
  readonly sourcePeer: string | null;
  /** Whether the source marks it as the best (`*` of circuits); null where it marks none. */
  readonly best: boolean | null;
  /** Every field of the source, unknown ones included. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface GatewayNextHop {
  /** As the source writes it: an address or a resource id. */
  readonly text: string;
  readonly address: Address | null;
}

export interface GatewayTable {
  readonly kind: GatewayTableKind;
  /** The resource id of the router, or the file that it was read from. */
  readonly routerId: string;
  readonly routes: readonly GatewayRoute[];
  /** Where it came from: a file, stdin or Azure. */
  readonly origin: {
    readonly kind: "file" | "stdin" | "azure" | "snapshot";
    readonly name: string;
    readonly fetchedAt: string | null;
  };
}
