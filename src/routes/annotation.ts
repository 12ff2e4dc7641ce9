import type { Address } from "../net/address.ts";
import type { Prefix } from "../net/prefix.ts";
import type { EffectiveRoute, RouteTable } from "./effective-route.ts";
import type { SubnetEndpoint } from "./subnet-facts.ts";

/** A service tag that holds an address, and its prefix that does. Field names are those of the ServiceTags file. */
export interface ServiceTagMatch {
  readonly name: string;
  readonly addressPrefix: string;
  /** Azure's region name, or null for a global tag. */
  readonly region: string | null;
  readonly systemService: string | null;
}

/** The tag that names a service endpoint row. `matched` of the row's `total` prefixes are in it. */
export interface RowServiceTag {
  readonly name: string;
  readonly matched: number;
  readonly total: number;
}

/** Where the service tags came from. */
export interface ServiceTagFile {
  /** Public, AzureGovernment, China or AzureGermany; null where the source does not say. */
  readonly cloud: string | null;
  readonly changeNumber: string | null;
  /** Who counts the change number. Numbers of two numberings do not compare. */
  readonly numbering: "weekly-file" | "discovery-api";
  /** A path, or the sample's name. */
  readonly file: string;
  /** The publication date in the file's name (YYYY-MM-DD), or null. */
  readonly date: string | null;
  /** A remark for readers, e.g. that it is an excerpt; else null. */
  readonly note: string | null;
}

/** The part of a tag catalogue that annotation and explanation need. `service-tags/` has one. */
export interface ServiceTagSource {
  readonly file: ServiceTagFile;
  /** Every tag that holds the address, most specific first. */
  lookup(address: Address): readonly ServiceTagMatch[];
  /** The name of the first of them, or null. */
  mostSpecific(address: Address): string | null;
  /**
   * Names a service endpoint row by its whole prefix set, and each of its prefixes. `endpoints` are those of the
   * subnet, where they are known.
   */
  annotate(route: EffectiveRoute, endpoints?: readonly SubnetEndpoint[]): RowAnnotation;
}

/** The names that the tags give to one row. `prefixes` is parallel to the row's `addressPrefix`. */
export interface RowAnnotation {
  readonly serviceTag: RowServiceTag | null;
  /** The endpoint's name, e.g. `Microsoft.Storage`. */
  readonly serviceEndpoint: string | null;
  /** In the row's order. Without a tag for the row, no prefix has one. */
  readonly prefixes: readonly PrefixAnnotation[];
}

export interface PrefixAnnotation {
  readonly prefix: Prefix;
  readonly serviceTag: string | null;
}

/** A row with its names from the tags. Rows other than service endpoint rows carry nulls. */
export interface AnnotatedRoute extends RowAnnotation {
  readonly route: EffectiveRoute;
}

export interface AnnotatedRouteTable {
  readonly routes: readonly AnnotatedRoute[];
  readonly table: RouteTable;
  readonly serviceTagFile: ServiceTagFile | null;
}
