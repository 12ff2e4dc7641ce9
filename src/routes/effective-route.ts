import type { Prefix } from "../net/prefix.ts";
import type { NicFacts, SubnetFacts } from "./subnet-facts.ts";

/**
 * One row of a NIC's effective route table, as Azure Resource Manager sends it, prefixes parsed.
 * https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces/get-effective-route-table
 *
 * `source`, `state` and `nextHopType` are open sets: they keep Azure's spelling and are compared ignoring case.
 * Azure sends `hasBgpOverride`, `destinationServiceTags` and `tagMap`, although they are undocumented.
 */
export interface EffectiveRoute {
  readonly name: string | null;
  readonly source: string;
  readonly state: string;
  readonly nextHopType: string;
  /** At least one, in the order of the source. */
  readonly addressPrefix: readonly Prefix[];
  readonly nextHopIpAddress: readonly string[];
  readonly disableBgpRoutePropagation: boolean | null;
  readonly hasBgpOverride: boolean;
  readonly destinationServiceTags: readonly string[];
  /** Every field of the source under ARM's name, unknown ones included, for `--save` and JSON output. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Where a route table came from, and when. */
export interface RouteTableOrigin {
  readonly kind: "file" | "stdin" | "sample" | "azure" | "cache" | "snapshot";
  /** A path, a sample's name, or a NIC's resource id. */
  readonly name: string;
  /** The name of the form that the table was read from: `arm`, `powershell`, `portal-csv`. */
  readonly format: string;
  /** ISO 8601; null where the source does not say. */
  readonly fetchedAt: string | null;
  /** A remark for readers of the table, e.g. that it is an excerpt; else null. */
  readonly note: string | null;
  /**
   * The resource id of the NIC that these routes were computed for, where `name` is one for which Azure computes none,
   * as those of scale sets are.
   */
  readonly standIn?: string;
}

export interface RouteTable {
  readonly routes: readonly EffectiveRoute[];
  readonly origin: RouteTableOrigin;
  /** The NIC's subnet, for a live table whose caller may read it. Its service endpoints improve the names of rows. */
  readonly subnet?: SubnetFacts;
  /** The NIC's own addresses, where Azure was asked. */
  readonly nic?: NicFacts;
}
