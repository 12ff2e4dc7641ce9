import { same } from "../text/same.ts";
import type { AnnotatedRoute, AnnotatedRouteTable, RowAnnotation, ServiceTagSource } from "./annotation.ts";
import type { EffectiveRoute, RouteTable } from "./effective-route.ts";
import type { SubnetEndpoint } from "./subnet-facts.ts";

/**
 * The table with every service endpoint row named by the tags, when its name is first asked for: an explanation asks of the covering rows
 * alone. Other rows, and all rows where there are no tags, carry nulls. Row order is kept.
 */
export function annotateTable(table: RouteTable, tags: ServiceTagSource | null): AnnotatedRouteTable {
  return {
    routes: table.routes.map((route) => annotateRoute(route, tags, table.subnet?.serviceEndpoints)),
    table,
    serviceTagFile: tags?.file ?? null,
  };
}

function annotateRoute(
  route: EffectiveRoute,
  tags: ServiceTagSource | null,
  endpoints: readonly SubnetEndpoint[] | undefined,
): AnnotatedRoute {
  const own = tags !== null && same(route.nextHopType, "VirtualNetworkServiceEndpoint") ? tags : null;
  let known: RowAnnotation | null = null;
  const annotation = () => {
    known ??= own === null ? unnamed(route) : own.annotate(route, endpoints);
    return known;
  };
  return {
    route,
    get serviceTag() {
      return own && annotation().serviceTag;
    },
    get serviceEndpoint() {
      return own && annotation().serviceEndpoint;
    },
    get prefixes() {
      return annotation().prefixes;
    },
  };
}

function unnamed({ addressPrefix }: EffectiveRoute): RowAnnotation {
  return {
    serviceTag: null,
    serviceEndpoint: null,
    prefixes: addressPrefix.map((prefix) => ({ prefix, serviceTag: null })),
  };
}
