import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { effectiveRouteFromArm } from "../../routes/read/arm-row.ts";
import type { SubnetEndpoint } from "../../routes/subnet-facts.ts";
import {
  isBgp,
  isDefault,
  isNetworkOrPeering,
  isNone,
  isPrivateEndpoint,
  isUser,
} from "../../selection/route-kinds.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { tagsMissingError } from "../destinations/destination.ts";
import type { PredictionRuleId } from "./rules.ts";

/** What becomes of a row, or of some of its prefixes. */
export type RowFate = "appears" | "goes" | "turns-invalid" | "turns-active" | "loses-appliance" | "finds-appliance";

/** A row of the table in the making; `fate` is null for what is as it was. */
export interface DraftRow {
  readonly route: EffectiveRoute;
  readonly fate: Exclude<RowFate, "goes"> | null;
  readonly rules: readonly PredictionRuleId[];
}

/** A row that went, with those of its prefixes that did. */
interface GoneRow {
  readonly route: EffectiveRoute;
  readonly rules: readonly PredictionRuleId[];
}

/** What a prediction cannot tell, and what it would depend on. */
type CautionId =
  | "appliance-reachable"
  | "appliance-out-of-reach"
  | "appliance-reach-unknown"
  | "private-endpoint-state"
  | "local-beyond-network"
  | "endpoint-effects"
  | "peer-private-endpoints"
  | "gateway-of-peering"
  | "other-prefixes-of-peering"
  | "gateway-routes-unknown"
  | "pair-without-tag"
  | "storage-in-one-row"
  | "none-rows-vary";

export interface Caution {
  readonly id: CautionId;
  readonly text: string;
}

/** A route table in the making. */
export interface Draft {
  readonly before: readonly EffectiveRoute[];
  rows: DraftRow[];
  readonly gone: GoneRow[];
  readonly cautions: Caution[];
  readonly rules: Set<PredictionRuleId>;
  /** Null while it is as the rows have it. */
  propagation: boolean | null;
  endpoints: readonly SubnetEndpoint[] | undefined;
}

/** A prefix as a key of a set. */
export function keyOf({ family, first, length }: Prefix): string {
  return `${family} ${first} ${length}`;
}

/** The rows of the table as it stands. */
export function routesOf(draft: Draft): readonly EffectiveRoute[] {
  return draft.rows.map(({ route }) => route);
}

export function holdsPrefix(route: EffectiveRoute, prefix: Prefix): boolean {
  return route.addressPrefix.some((own) => comparePrefixes(own, prefix) === 0);
}

/** @throws UserError where there are no tags to look the name up in. */
export function tagsNeeded(tags: TagCatalogue | null, name: string): TagCatalogue {
  if (tags !== null) return tags;
  throw tagsMissingError(`${quotedText(name)} cannot be looked up without service tags`);
}

/** What a new row is made of; ARM's other fields follow the table's. */
export interface NewRow {
  readonly name: string | null;
  readonly source: "Default" | "User";
  readonly state?: string;
  readonly prefixes: readonly Prefix[];
  readonly nextHopType: string;
  readonly nextHopIpAddress?: string;
  readonly tag?: string;
}

/** The row as ARM would write it in this table: with the fields that the table's other rows have. */
export function newRoute(draft: Draft, row: NewRow): EffectiveRoute {
  const others = draft.before;
  const had = (field: string) => others.some(({ fields }) => field in fields);
  const propagation = others.find((route) => route.disableBgpRoutePropagation !== null)?.disableBgpRoutePropagation;
  return effectiveRouteFromArm(
    {
      ...(row.name === null ? {} : { name: row.name }),
      source: row.source,
      state: row.state ?? "Active",
      addressPrefix: row.prefixes.map(formatPrefix),
      nextHopType: row.nextHopType,
      nextHopIpAddress: row.nextHopIpAddress === undefined ? [] : [row.nextHopIpAddress],
      ...(propagation === undefined ? {} : { disableBgpRoutePropagation: propagation }),
      ...(had("hasBgpOverride") ? { hasBgpOverride: false } : {}),
      ...(row.tag !== undefined || had("destinationServiceTags")
        ? { destinationServiceTags: row.tag === undefined ? [] : [row.tag] }
        : {}),
      ...(had("tagMap") ? { tagMap: {} } : {}),
    },
    "the new row",
  );
}

/** The row in another state. */
export function withState(route: EffectiveRoute, state: string): EffectiveRoute {
  return { ...route, state, fields: { ...route.fields, state } };
}

/** The row with another next hop type. */
export function withNextHopType(route: EffectiveRoute, nextHopType: string): EffectiveRoute {
  return { ...route, nextHopType, fields: { ...route.fields, nextHopType } };
}

/** The row with only these of its prefixes. */
export function withPrefixes(route: EffectiveRoute, prefixes: readonly Prefix[]): EffectiveRoute {
  if (prefixes.length === route.addressPrefix.length) return route;
  const fields = { ...route.fields, addressPrefix: prefixes.map(formatPrefix) };
  return { ...route, addressPrefix: prefixes, fields };
}

/** Groups of rows in the order in which Azure lists them in every capture: each new row goes behind the last of its group. */
const ORDER: readonly ((route: EffectiveRoute) => boolean)[] = [
  isNetworkOrPeering,
  (route) => isDefault(route) && !isNone(route) && route.addressPrefix.every(({ length }) => length === 0),
  (route) => isDefault(route) && isNone(route),
  isBgp,
  isUser,
  (route) => isDefault(route) && same(route.nextHopType, "VirtualNetworkServiceEndpoint"),
  isPrivateEndpoint,
];

/** Adds a row in the place where Azure would list it. */
export function insertRow(draft: Draft, route: EffectiveRoute, rules: readonly PredictionRuleId[]): void {
  const group = ORDER.findIndex((belongs) => belongs(route));
  const inGroup = (from: number, to: number) => (row: DraftRow) =>
    ORDER.slice(from, to).some((belongs) => belongs(row.route));
  let at = draft.rows.findLastIndex(inGroup(group, group + 1)) + 1;
  if (at === 0) {
    const next = draft.rows.findIndex(inGroup(group + 1, ORDER.length));
    at = next < 0 ? draft.rows.length : next;
  }
  draft.rows.splice(at, 0, { route, fate: "appears", rules });
}

/** Takes out every prefix for which the test holds; a row without any left goes. */
export function dropPrefixes(
  draft: Draft,
  test: (route: EffectiveRoute, prefix: Prefix) => boolean,
  rules: readonly PredictionRuleId[],
): void {
  draft.rows = draft.rows.flatMap((row) => {
    const { route, fate } = row;
    const kept = route.addressPrefix.filter((prefix) => !test(route, prefix));
    if (kept.length === route.addressPrefix.length) return [row];
    // A row that these changes had made is as if it had never been.
    if (fate !== "appears") {
      const went = route.addressPrefix.filter((prefix) => test(route, prefix));
      draft.gone.push({ route: withPrefixes(route, went), rules });
    }
    return kept.length === 0 ? [] : [{ ...row, route: withPrefixes(route, kept) }];
  });
}
