import { addressOrNull } from "../../../net/address.ts";
import { isAddressError } from "../../../net/address-error.ts";
import { formatPrefix, type Prefix, parsePrefix } from "../../../net/prefix.ts";
import { scannedPrefix } from "../../../net/read-prefix.ts";
import { quotedText } from "../../../text/quoted-text.ts";
import { isCut } from "../../read/grid/cells.ts";
import { lettersOf } from "../../read/headings.ts";
import { asNumber, parseAsPath } from "../as-path.ts";
import type { BgpPeer, GatewayNextHop, GatewayRoute } from "../gateway-table.ts";
import { type RecordTable, rejection, type TableRecord } from "./record-table.ts";
import { REQUIRED, type RowKind } from "./row-kind.ts";

/** Many times more than a gateway has: Azure's limit is 10,000 prefixes per peer. */
const MOST_ROWS = 100_000;

/**
 * The routes of a table of routes.
 * @throws UserError<RouteFileErrorCode> for a field that decides the answer and is missing, cut or mistyped. Linear.
 */
export function readRoutes(table: RecordTable): readonly GatewayRoute[] {
  const kind = table.rowKind;
  if (kind === null) return [];
  const named = namedRecords(table, kind);
  const hasPaths = table.headings === null || table.headings.some((each) => lettersOf(each) === "aspath");
  return withBest(named.flatMap((row) => (kind === "hub" ? hubRoutes(row, hasPaths) : [bgpRoute(row)])));
}

/**
 * The peers of a table of peers.
 * @throws UserError<RouteFileErrorCode>, as `readRoutes`.
 */
export function readPeers(table: RecordTable): readonly BgpPeer[] {
  const kind = table.rowKind;
  return kind === null ? [] : namedRecords(table, kind).map(peerOf);
}

/** A record with its values by the letters of their names. */
interface Named {
  readonly record: TableRecord;
  readonly values: ReadonlyMap<string, unknown>;
}

/** @throws UserError for too many rows, a field in two spellings and a missing one. */
function namedRecords({ records, headings }: RecordTable, kind: RowKind): readonly Named[] {
  if (records.length > MOST_ROWS) {
    throw rejection("table-too-large", `it has more than ${MOST_ROWS.toLocaleString("en")} rows`);
  }
  const { always, columns } = REQUIRED[kind];
  const required = headings === null ? always : [...always, ...columns];
  return records.map((record) => {
    const values = new Map<string, unknown>();
    for (const [name, value] of Object.entries(record.fields)) {
      // Azure's names have no digits: `note1` and `note2` are two columns of a user's own.
      const letters = /\d/.test(name) ? name : lettersOf(name) || name;
      if (values.has(letters)) {
        throw rejection("route-shape", `${record.at} has the field '${quotedText(name)}' in two spellings`);
      }
      values.set(letters, value);
    }
    const missing = required.find((name) => !values.has(lettersOf(name)));
    if (missing !== undefined) {
      throw rejection("route-field", `${record.at} has no '${missing}'`);
    }
    return { record, values };
  });
}

function hubRoutes({ record, values }: Named, hasPaths: boolean): readonly GatewayRoute[] {
  const { at, fields } = record;
  const prefixes = listOf(values.get("addressprefixes") ?? values.get("addressprefix"), "addressPrefixes", at);
  if (prefixes.length === 0) throw rejection("route-prefix-missing", `${at} has no address prefix`);
  const hops = listOf(values.get("nexthops") ?? values.get("nexthop"), "nextHops", at);
  const path = pathOf(values.get("aspath"), at);
  const route = {
    nextHops: hops.map(nextHopOf),
    nextHopType: textOf(values.get("nexthoptype"), "nextHopType", at),
    origin: textOf(values.get("routeorigin"), "routeOrigin", at),
    asPath: hasPaths ? path.numbers : null,
    weight: null,
    localPreference: null,
    instance: null,
    sourcePeer: null,
    best: null,
    fields,
  };
  return prefixes.map((text) => ({ ...route, prefix: prefixOf(text, at) }));
}

function bgpRoute({ record, values }: Named): GatewayRoute {
  const { at, fields } = record;
  const written = textOf(values.get("nexthop"), "nextHop", at);
  const hop = written?.replace(/\*$/, "") ?? null;
  const path = pathOf(values.get("aspath") ?? values.get("path"), at);
  const network = textOf(values.get("network"), "network", at);
  if (network === null) throw rejection("route-prefix-missing", `${at} has no network`);
  return {
    prefix: prefixOf(network, at),
    nextHops: hop === null ? [] : [nextHopOf(hop)],
    nextHopType: null,
    origin: textOf(values.get("origin"), "origin", at) ?? path.origin,
    asPath: path.numbers,
    weight: numberOf(values.get("weight"), "weight", at),
    localPreference: numberOf(values.get("locprf"), "locPrf", at),
    instance: record.instance ?? textOf(values.get("localaddress"), "localAddress", at),
    sourcePeer: textOf(values.get("sourcepeer"), "sourcePeer", at),
    best: written === hop ? null : true,
    fields,
  };
}

function peerOf({ record, values }: Named): BgpPeer {
  const { at, fields } = record;
  const neighbor = textOf(values.get("neighbor"), "neighbor", at);
  if (neighbor === null) throw rejection("route-field", `${at} has no 'neighbor'`);
  const written = textOf(values.get("asn") ?? values.get("as"), "asn", at);
  const asn = written === null ? null : asNumber(written);
  if (written !== null && asn === null) throw wrong("asn", "an AS number", written, at);
  const summary = textOf(values.get("statepfxrcd"), "statePfxRcd", at);
  const received = summary !== null && /^\d+$/.test(summary) ? Number(summary) : null;
  return {
    neighbor,
    asn,
    state: summary === null ? textOf(values.get("state"), "state", at) : received === null ? summary : "Established",
    routesReceived: received ?? numberOf(values.get("routesreceived"), "routesReceived", at),
    duration: textOf(values.get("connectedduration") ?? values.get("updown"), "connectedDuration", at),
    instance: textOf(values.get("localaddress"), "localAddress", at),
    messagesSent: numberOf(values.get("messagessent"), "messagesSent", at),
    messagesReceived: numberOf(values.get("messagesreceived"), "messagesReceived", at),
    fields,
  };
}

/** The marks of the best, spread over the rows of their prefix: an unmarked row beside a marked one is not the best. */
function withBest(routes: readonly GatewayRoute[]): readonly GatewayRoute[] {
  const marked = new Set(routes.filter(({ best }) => best === true).map(({ prefix }) => formatPrefix(prefix)));
  if (marked.size === 0) return routes;
  return routes.map((route) =>
    route.best === null && marked.has(formatPrefix(route.prefix)) ? { ...route, best: false } : route,
  );
}

/** Numbers are texts too; lists, objects and cut texts are errors; null for nothing and for blank texts. */
function textOf(value: unknown, field: string, at: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") throw rejection("route-field", `the '${field}' of ${at} is not text`);
  if (isCut(value)) throw rejection("cell-cut", `${at} has a cell that is cut: '${quotedText(value.trim(), 30)}'`);
  const text = value.trim();
  return text === "" || text === "-" || text === "None" ? null : text;
}

function numberOf(value: unknown, field: string, at: string): number | null {
  const text = textOf(value, field, at);
  if (text === null) return null;
  if (!/^\d{1,10}$/.test(text)) throw wrong(field, "a number", text, at);
  return Number(text);
}

function wrong(field: string, expected: string, text: string, at: string) {
  return rejection("route-field", `the '${field}' of ${at} is not ${expected}: '${quotedText(text, 20)}'`);
}

/** A list of texts: JSON's, PowerShell's in braces, or parts between blanks or commas. Blank parts are left out. */
function listOf(value: unknown, field: string, at: string): readonly string[] {
  if (Array.isArray(value)) {
    return value.map((each) => textOf(each, field, at)).filter((each) => each !== null);
  }
  const text = textOf(value, field, at) ?? "";
  if ((text.startsWith("{") && !text.endsWith("}")) || text.endsWith(",")) {
    throw rejection("cell-cut", `${at} has a cell that is cut: '${quotedText(text, 20)}'`);
  }
  return text
    .replace(/^[{[](.*)[}\]]$/s, "$1")
    .split(/[\s,;"']/)
    .filter((each) => each !== "" && each !== "-");
}

function pathOf(value: unknown, at: string) {
  const text = Array.isArray(value) ? value.join(" ") : (textOf(value, "asPath", at) ?? "");
  const path = parseAsPath(text);
  if (path === null) throw wrong("asPath", "an AS path", text, at);
  return path;
}

function nextHopOf(text: string): GatewayNextHop {
  return { text, address: addressOrNull(text) };
}

function prefixOf(text: string, at: string): Prefix {
  try {
    return scannedPrefix(text) ?? parsePrefix(text);
  } catch (error) {
    if (!isAddressError(error)) throw error;
    const fault = text.length > 43 ? `'${quotedText(text)}' is not an address prefix` : quotedText(error.message, 52);
    throw rejection("route-prefix-invalid", `${at}: ${fault}`, quotedText(error.hint, 90));
  }
}
