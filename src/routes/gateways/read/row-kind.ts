import { lettersOf } from "../../read/headings.ts";
import type { BgpPeerTable, GatewayTableKind } from "../gateway-table.ts";

/** What a row is of, as its fields say it. */
export type RowKind = "hub" | "bgp" | "circuit" | "peers" | "summary";

/** The kind of a table of a router, of routes or of peers. */
export type AnyKind = GatewayTableKind | BgpPeerTable["kind"];

const ALL_KINDS: Readonly<Record<AnyKind, true>> = {
  hub: true,
  "gateway-learned": true,
  "gateway-advertised": true,
  "route-server-learned": true,
  "route-server-advertised": true,
  circuit: true,
  "gateway-peers": true,
  "circuit-summary": true,
};

/** Whether a text is the name of a kind. */
export function isKind(text: string): text is AnyKind {
  return Object.hasOwn(ALL_KINDS, text);
}

/**
 * The kinds, by the fields that only they have. The first match counts. Names are letters only, in lower case: az, ARM,
 * PowerShell and Python differ in the rest.
 * https://learn.microsoft.com/rest/api/virtualwan/virtual-hubs/get-effective-virtual-hub-routes
 * https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways/get-learned-routes
 * https://learn.microsoft.com/rest/api/expressroute/express-route-circuits/list-routes-table
 * https://learn.microsoft.com/rest/api/expressroute/express-route-circuits/list-routes-table-summary
 */
const KINDS: readonly { readonly kind: RowKind; readonly matches: (names: ReadonlySet<string>) => boolean }[] = [
  {
    kind: "hub",
    matches: (names) =>
      names.has("nexthoptype") &&
      !names.has("state") &&
      (names.has("addressprefixes") || names.has("addressprefix")) &&
      (names.has("routeorigin") || names.has("nexthops")),
  },
  { kind: "summary", matches: (names) => names.has("neighbor") && names.has("statepfxrcd") },
  { kind: "peers", matches: (names) => names.has("neighbor") && names.has("asn") },
  {
    kind: "circuit",
    matches: (names) => names.has("network") && (names.has("locprf") || (names.has("path") && names.has("nexthop"))),
  },
  {
    kind: "bgp",
    matches: (names) =>
      names.has("network") &&
      ["aspath", "sourcepeer", "origin", "weight"].filter((name) => names.has(name)).length >= 2,
  },
];

/** The kind of rows with these fields; null for rows of anything else, a NIC's effective routes among them. */
export function rowKindOf(fields: readonly string[]): RowKind | null {
  const names = new Set(fields.map(lettersOf));
  return KINDS.find(({ matches }) => matches(names))?.kind ?? null;
}

/**
 * The fields without which rows of a kind do not say which of them wins, with the names that Azure gives them. A field
 * that ARM leaves out where it is empty is required only of tables, which have it as a column.
 */
export const REQUIRED: Readonly<
  Record<RowKind, { readonly always: readonly string[]; readonly columns: readonly string[] }>
> = {
  hub: { always: ["nextHopType"], columns: [] },
  bgp: { always: ["network", "asPath", "weight"], columns: ["nextHop"] },
  circuit: { always: ["network", "nextHop", "path"], columns: [] },
  peers: { always: ["neighbor", "asn", "state"], columns: [] },
  summary: { always: ["neighbor", "statePfxRcd"], columns: [] },
};
