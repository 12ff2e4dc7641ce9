import type { RouteTable } from "../routes/effective-route.ts";
import type { BgpPeerTable, GatewayTable } from "../routes/gateways/gateway-table.ts";
import type { Coverage } from "./coverage.ts";
import type { Topology } from "./topology.ts";

/** The outcomes of a NIC in a snapshot, in the order in which counts are shown. */
export const OUTCOMES = ["ok", "stopped", "unattached", "no-api", "denied", "failed"] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Returns the number of NICs for each outcome. */
export function countOutcomes(outcomes: Iterable<Outcome>): Record<Outcome, number> {
  const counts = { ok: 0, stopped: 0, unattached: 0, "no-api": 0, denied: 0, failed: 0 };
  for (const outcome of outcomes) counts[outcome]++;
  return counts;
}

/** One NIC of a snapshot. */
export interface SnapshotNic {
  /** The resource id; of a folder of exports: the name of the table. */
  readonly id: string;
  readonly name: string;
  readonly subnetId: string | null;
  readonly outcome: Outcome;
  /** The key of its table: equal tables have the same key. Null unless its outcome is `ok`, or another NIC answers. */
  readonly tableKey: string | null;
  /** The NIC of the same subnet whose table answers for it; null where the table is its own. */
  readonly standInId: string | null;
  /** ISO 8601; null where the source does not say. */
  readonly fetchedAt: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A part of an inventory that could not be read. */
export interface UnreadPart {
  /** The subscription, hub or scale set that has it. */
  readonly resourceId: string;
  /** `the list of routeTables` */
  readonly what: string;
}

/**
 * Networks and effective route tables of one moment: a snapshot directory, or a folder of exports. Equal tables are
 * read once.
 */
export interface Snapshot {
  /** As the user named it. */
  readonly name: string;
  /** ISO 8601, the time of its oldest table; null where the source does not say. */
  readonly takenAt: string | null;
  /** False if something that could have answered did not. */
  readonly complete: boolean;
  /** Null for a folder of exports that describe no resources. */
  readonly topology: Topology | null;
  /** The parts that could not be read. Missing if the source does not say. */
  readonly unreadParts?: readonly UnreadPart[];
  /** The NICs that it has if they exist. Missing for a folder of exports, which has only the exported tables. */
  readonly coverage?: Coverage;
  readonly nics: readonly SnapshotNic[];
  /** Each distinct table, by its key. */
  readonly tables: ReadonlyMap<string, RouteTable>;
  /** The tables of gateways, Route Servers, hubs and circuits that were kept. */
  readonly gatewayTables: readonly GatewayTable[];
  /** BGP peers of gateways and circuits that a folder of exports has; a snapshot directory has none. */
  readonly peerTables?: readonly BgpPeerTable[];
}
