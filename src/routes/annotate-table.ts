import { same } from "../text/same.ts";
import type {
  AnnotatedRoute,
  AnnotatedRouteTable,
  PrefixAnnotation,
  RowAnnotation,
  RowServiceTag,
  ServiceTagSource,
} from "./annotation.ts";
import type { EffectiveRoute, RouteTable } from "./effective-route.ts";
import type { SubnetEndpoint } from "./subnet-facts.ts";

/**
 * The table with each service endpoint row named by the tags. A row is named when its name is first read, because an
 * explanation reads only the covering rows. Other rows, and all rows where there are no tags, carry nulls. Row order
 * is kept.
 */
export function annotateTable(table: RouteTable, tags: ServiceTagSource | null): AnnotatedRouteTable {
  const endpoints = table.subnet?.serviceEndpoints;
  return {
    routes: table.routes.map((route) => new LazilyAnnotatedRoute(route, tags, endpoints)),
    table,
    serviceTagFile: tags?.file ?? null,
  };
}

/** A class, because an object with getters of its own takes ten times the memory. */
class LazilyAnnotatedRoute implements AnnotatedRoute {
  readonly route: EffectiveRoute;
  /** Null for a row that tags do not name. */
  readonly #tags: ServiceTagSource | null;
  readonly #endpoints: readonly SubnetEndpoint[] | undefined;
  #known: RowAnnotation | null = null;

  constructor(route: EffectiveRoute, tags: ServiceTagSource | null, endpoints: readonly SubnetEndpoint[] | undefined) {
    this.route = route;
    this.#tags = same(route.nextHopType, "VirtualNetworkServiceEndpoint") ? tags : null;
    this.#endpoints = endpoints;
  }

  get #annotation(): RowAnnotation {
    this.#known ??= this.#tags?.annotate(this.route, this.#endpoints) ?? unnamed(this.route);
    return this.#known;
  }

  get serviceTag(): RowServiceTag | null {
    return this.#tags && this.#annotation.serviceTag;
  }

  get serviceEndpoint(): string | null {
    return this.#tags && this.#annotation.serviceEndpoint;
  }

  get prefixes(): readonly PrefixAnnotation[] {
    return this.#annotation.prefixes;
  }
}

function unnamed({ addressPrefix }: EffectiveRoute): RowAnnotation {
  return {
    serviceTag: null,
    serviceEndpoint: null,
    prefixes: addressPrefix.map((prefix) => ({ prefix, serviceTag: null })),
  };
}
