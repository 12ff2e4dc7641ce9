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
  /** `Network`, `EBgp`, `IBgp`, `Igp`; of hubs the resource id of the origin; null where the source has none. */
  readonly origin: string | null;
  /**
   * The AS numbers from the nearest to the origin; empty for a route of the router's own. Null where the source leaves
   * out AS paths.
   */
  readonly asPath: readonly number[] | null;
  readonly weight: number | null;
  readonly localPreference: number | null;
  /**
   * The instance that has the row: an address of a gateway, `RouteServiceRole_IN_0`; null where the source names none.
   */
  readonly instance: string | null;
  /** The peer that it was learned from. */
  readonly sourcePeer: string | null;
  /**
   * Whether the source marks it as the best of its prefix (`*` of circuits); null where no row of the prefix is marked.
   */
  readonly best: boolean | null;
  /** Every field of the source, unknown ones included. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface GatewayNextHop {
  /** As the source writes it, without the mark of the best: an address or a resource id. */
  readonly text: string;
  readonly address: Address | null;
}

/** Where the table of a router came from. */
export interface GatewayTableOrigin {
  readonly kind: "file" | "stdin" | "azure" | "snapshot";
  /** A path, or the resource id of the router. */
  readonly name: string;
  /** The name of the form that it was read from: `json`, `dash-table`. */
  readonly format: string;
  /** ISO 8601; null where the source does not say. */
  readonly fetchedAt: string | null;
  /** A remark for readers of the table, e.g. that it is an excerpt; else null. */
  readonly note: string | null;
}

/** What the tables of routers have in common. */
interface RouterTable {
  /** The resource id of the router, its name in the source, or the file that it was read from. */
  readonly routerId: string;
  /** Which of the router's tables, e.g. a peer, a route table, `primary`; null where the source does not say. */
  readonly scope: string | null;
  readonly origin: GatewayTableOrigin;
  /** Names of next hops that the rows do not have, by address. Missing where nothing names them. */
  readonly names?: NextHopNames;
}

/** The names of next hops, by address as the rows write it. */
export type NextHopNames = ReadonlyMap<string, string>;

/** The routes of a hub, a gateway, a Route Server or a circuit. */
export interface GatewayTable extends RouterTable {
  readonly kind: GatewayTableKind;
  /** The instances that the source names, also one without a route; empty where it names none. */
  readonly instances: readonly string[];
  readonly routes: readonly GatewayRoute[];
}

/** One BGP peer of a gateway or a circuit. */
export interface BgpPeer {
  readonly neighbor: string;
  readonly asn: number | null;
  /**
   * `Connected`, `Connecting`, `Idle` …. A circuit's summary has a number of prefixes instead while a session is up, as
   * `show ip bgp summary` has: then it is `Established`.
   */
  readonly state: string | null;
  readonly routesReceived: number | null;
  /** How long it is up or down, as the source writes it. */
  readonly duration: string | null;
  /** The instance that has the session: its address; null where the source does not say. */
  readonly instance: string | null;
  readonly messagesSent: number | null;
  readonly messagesReceived: number | null;
  /** Every field of the source, unknown ones included. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The BGP peers of a gateway, or the summary of a circuit. */
export interface BgpPeerTable extends RouterTable {
  readonly kind: "gateway-peers" | "circuit-summary";
  readonly peers: readonly BgpPeer[];
}

/** Any table of a router. `kind` tells them apart, and so does `peers`. */
export type AnyGatewayTable = GatewayTable | BgpPeerTable;

/** Whether a table has peers rather than routes. */
export function isPeerTable(table: AnyGatewayTable): table is BgpPeerTable {
  return "peers" in table;
}
