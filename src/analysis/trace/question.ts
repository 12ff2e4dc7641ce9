import type { Address } from "../../net/address.ts";
import type { AnnotatedRouteTable, ServiceTagSource } from "../../routes/annotation.ts";
import type { GatewayTable } from "../../routes/gateways/gateway-table.ts";
import type { Lookups } from "./lookups.ts";
import type { NetworkIndex } from "./network-index.ts";
import type { Place } from "./places.ts";
import type { Protocol, TraceEndpoint, TraceNote } from "./trace.ts";

/** The question of a trace: which path does a packet take? */
export interface TraceQuestion {
  readonly from: TraceStart;
  readonly to: Address;
  readonly protocol: Protocol | null;
  readonly port: number | null;
  /** Whether it is a reply, to a port that the client chose. */
  readonly isReply?: boolean;
}

/** Where the packet starts. */
export interface TraceStart {
  readonly place: Place;
  /** The source address; null where only the place is known. */
  readonly address: Address | null;
  readonly endpoint: TraceEndpoint;
  readonly notes: readonly TraceNote[];
}

/** A NIC's table, or why it is missing. */
export type TableOfNic =
  | {
      readonly table: AnnotatedRouteTable;
      /** The NIC whose table it is, where it answers for another; null for the NIC's own. */
      readonly standIn: string | null;
    }
  | { readonly table: null; readonly reason: string };

/** The tables that are known. It answers at once: a trace names the missing ones, so that a caller can fetch them. */
export interface TableSource {
  ofNic(nicId: string): TableOfNic;
  /** The routes that a gateway has learned; null where they are not known. */
  ofGateway(gatewayId: string): GatewayTable | null;
  /** The tables of a virtual hub, one for each of its route tables or connections that were read. */
  ofHub(hubId: string): readonly GatewayTable[];
  /** What the peers of a Route Server announce to it; none where that is not known. */
  ofRouteServer(hubId: string): readonly GatewayTable[];
  /** The tables of circuits. They do not say to which gateway or hub they belong. */
  readonly circuits: readonly GatewayTable[];
}

/** Everything that a trace is computed from. */
export interface TraceData {
  readonly index: NetworkIndex;
  readonly tables: TableSource;
  readonly tags: ServiceTagSource | null;
  /** Keeps the last look-ups for the next trace. */
  readonly lookups: Lookups;
}

/** The ids of the resources whose tables a trace lacks. A command fetches them and traces again. */
export interface Lacking {
  readonly nics: readonly string[];
  readonly gateways: readonly string[];
  readonly hubs: readonly string[];
}
