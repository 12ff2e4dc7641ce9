import { parsePrefix } from "../../src/net/prefix.ts";
import type { AnnotatedRouteTable } from "../../src/routes/annotation.ts";
import type { EffectiveRoute } from "../../src/routes/effective-route.ts";

/**
 * A row from a short text, `User 10.0.0.0/8,10.1.0.0/16 VirtualAppliance 10.0.1.4`: source (with `!` for Invalid,
 * `!State` for another state, `+` for a BGP override), prefixes, next hop type, next hop addresses; `#name` and `@tag`
 * anywhere after.
 */
export function row(text: string): EffectiveRoute {
  const words = text.split(/\s+/);
  const [source = "", prefixes = "", nextHopType = "", ...rest] = words;
  return {
    name: rest.find((word) => word.startsWith("#"))?.slice(1) ?? null,
    source: source.replace(/[!+].*/, ""),
    state: source.includes("!") ? source.replace(/^.*!|\+$/g, "") || "Invalid" : "Active",
    nextHopType,
    addressPrefix: prefixes.split(",").map((prefix) => parsePrefix(prefix)),
    nextHopIpAddress: rest.filter((word) => !/^[#@]/.test(word)),
    disableBgpRoutePropagation: false,
    hasBgpOverride: source.endsWith("+"),
    destinationServiceTags: rest.filter((word) => word.startsWith("@")).map((word) => word.slice(1)),
    fields: {},
  };
}

/** A table of such rows, without service tags. */
export function annotatedTable(...rows: readonly string[]): AnnotatedRouteTable {
  const routes = rows.map(row);
  return {
    routes: routes.map((route) => ({
      route,
      serviceTag: null,
      serviceEndpoint: null,
      prefixes: route.addressPrefix.map((prefix) => ({ prefix, serviceTag: null })),
    })),
    table: { routes, origin: { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null } },
    serviceTagFile: null,
  };
}
