import { comparePrefixes, formatPrefix, type Prefix } from "../net/prefix.ts";
import type { AnnotatedRoute, AnnotatedRouteTable, RowServiceTag, ServiceTagFile } from "./annotation.ts";
import type { RouteTableOrigin } from "./effective-route.ts";

/** One row of the report: all of ARM's fields, unknown ones included, and the names from the tags. */
export interface ReportedRoute {
  readonly name: string | null;
  readonly source: string;
  readonly state: string;
  readonly addressPrefix: readonly string[];
  readonly nextHopType: string;
  readonly nextHopIpAddress: readonly string[];
  readonly disableBgpRoutePropagation: boolean | null;
  /** Null where the export does not have the field. */
  readonly hasBgpOverride: boolean | null;
  readonly destinationServiceTags: readonly string[];
  readonly tagMap: unknown;
  readonly serviceTag: RowServiceTag | null;
  readonly serviceEndpoint: string | null;
  /** In numeric order, whereas `addressPrefix` is as Azure sent it. */
  readonly prefixes: readonly { readonly addressPrefix: string; readonly serviceTag: string | null }[];
  readonly [field: string]: unknown;
}

/** The JSON of `routes -o json`. */
export interface RoutesReport {
  readonly schemaVersion: "1.0";
  readonly routes: readonly ReportedRoute[];
  readonly routeTable: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** The report of the rows, in the given order. Absent values are null; lists are always lists. */
export function routesReport(annotated: AnnotatedRouteTable): RoutesReport {
  return {
    schemaVersion: "1.0",
    routes: annotated.routes.map(reportedRoute),
    routeTable: annotated.table.origin,
    serviceTagFile: annotated.serviceTagFile,
  };
}

function reportedRoute(row: AnnotatedRoute): ReportedRoute {
  const { route, serviceTag, serviceEndpoint } = row;
  const { name, source, state, nextHopType, nextHopIpAddress, destinationServiceTags, fields } = route;
  const named = serviceTag === null ? [] : row.prefixes;
  const texts = route.addressPrefix.map(formatPrefix);
  // One literal: objects that are put together from others take three times the memory.
  const known = {
    name,
    source,
    state,
    addressPrefix: texts,
    nextHopType,
    nextHopIpAddress,
    disableBgpRoutePropagation: route.disableBgpRoutePropagation,
    hasBgpOverride: (fields.hasBgpOverride ?? null) === null ? null : route.hasBgpOverride,
    destinationServiceTags,
    tagMap: fields.tagMap ?? null,
    serviceTag,
    serviceEndpoint,
    prefixes: numericOrder(route.addressPrefix).map((at) => ({
      addressPrefix: texts[at] ?? "",
      serviceTag: named[at]?.serviceTag ?? null,
    })),
  };
  const unknown = Object.entries(fields).filter(([field]) => !Object.hasOwn(known, field));
  if (unknown.length === 0) return known;
  const { serviceTag: _tag, serviceEndpoint: _endpoint, prefixes, ...own } = known;
  return { ...own, ...Object.fromEntries(unknown), serviceTag, serviceEndpoint, prefixes };
}

/** The indices of the prefixes in numeric order, in which Azure mostly sends them. */
function numericOrder(prefixes: readonly Prefix[]): readonly number[] {
  if (isOrdered(prefixes)) return prefixes.map((_, at) => at);
  const placed = [...prefixes.entries()].sort(([, a], [, b]) => comparePrefixes(a, b));
  return placed.map(([at]) => at);
}

function isOrdered(prefixes: readonly Prefix[]): boolean {
  let before: Prefix | null = null;
  for (const prefix of prefixes) {
    if (before !== null && comparePrefixes(before, prefix) > 0) return false;
    before = prefix;
  }
  return true;
}
