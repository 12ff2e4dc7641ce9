import type { AnnotatedRoute, AnnotatedRouteTable, RowAnnotation, ServiceTagSource } from "./annotation.ts";
import { type EffectiveRoute, type RouteTable, same } from "./effective-route.ts";
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
  if (tags !== null && same(route.nextHopType, "VirtualNetworkServiceEndpoint")) {
    let named: RowAnnotation | null = null;
    const annotation = () => {
      named ??= tags.annotate(route, endpoints);
      return named;
    };
    return {
      route,
      get serviceTag() {
        return annotation().serviceTag;
      },
      get serviceEndpoint() {
        return annotation().serviceEndpoint;
      },
      get prefixes() {
        return annotation().prefixes;
      },
    };
  }
  return {
    route,
    serviceTag: null,
    serviceEndpoint: null,
    prefixes: route.addressPrefix.map((prefix) => ({ prefix, serviceTag: null })),
  };
}
