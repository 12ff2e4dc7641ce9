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
  isServiceEndpoint,
  isUser,
} from "../../selection/route-kinds.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { tagsMissingError } from "../destinations/destination.ts";
import type { PredictionRuleId } from "./rules.ts";

/** The change of a row, or of some of its prefixes. */
export type RowFate = "appears" | "goes" | "turns-invalid" | "turns-active" | "loses-appliance" | "finds-appliance";

/** A row of a draft; `fate` is null for an unchanged row. */
export interface DraftRow {
  readonly route: EffectiveRoute;
  readonly fate: Exclude<RowFate, "goes"> | null;
  readonly rules: readonly PredictionRuleId[];
}

/** A removed row, or the removed prefixes of a row. */
interface GoneRow {
  readonly route: EffectiveRoute;
  readonly rules: readonly PredictionRuleId[];
}

/** The ids of what a prediction cannot know, or depends on. */
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

/** A route table while changes are applied to it. */
export interface Draft {
  readonly before: readonly EffectiveRoute[];
  rows: DraftRow[];
  readonly gone: GoneRow[];
  readonly cautions: Caution[];
  readonly rules: Set<PredictionRuleId>;
  /** Null until a change sets it. */
  propagation: boolean | null;
  endpoints: readonly SubnetEndpoint[] | undefined;
}

/** Returns a prefix as a key of a set. */
export function keyOf({ family, first, length }: Prefix): string {
  return `${family} ${first} ${length}`;
}

/** Returns the current rows of the draft. */
export function routesOf(draft: Draft): readonly EffectiveRoute[] {
  return draft.rows.map(({ route }) => route);
}

export function holdsPrefix(route: EffectiveRoute, prefix: Prefix): boolean {
  return route.addressPrefix.some((own) => comparePrefixes(own, prefix) === 0);
}

/** Returns the tags. @throws UserError if there are none to look the name up in. */
export function tagsNeeded(tags: TagCatalogue | null, name: string): TagCatalogue {
  if (tags !== null) return tags;
  throw tagsMissingError(`${quotedText(name)} cannot be looked up without service tags`);
}

/** The fields of a new row. The other ARM fields are those that the table's rows have. */
export interface NewRow {
  readonly name: string | null;
  readonly source: "Default" | "User";
  readonly state?: string;
  readonly prefixes: readonly Prefix[];
  readonly nextHopType: string;
  readonly nextHopIpAddress?: string;
  readonly tag?: string;
}

/** Returns the row as ARM would write it in this table, with the fields that the table's other rows have. */
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

/** Returns the row in another state. */
export function withState(route: EffectiveRoute, state: string): EffectiveRoute {
  return { ...route, state, fields: { ...route.fields, state } };
}

/** Returns the row with another next hop type. */
export function withNextHopType(route: EffectiveRoute, nextHopType: string): EffectiveRoute {
  return { ...route, nextHopType, fields: { ...route.fields, nextHopType } };
}

/** Returns the row with only these prefixes. */
export function withPrefixes(route: EffectiveRoute, prefixes: readonly Prefix[]): EffectiveRoute {
  if (prefixes.length === route.addressPrefix.length) return route;
  const fields = { ...route.fields, addressPrefix: prefixes.map(formatPrefix) };
  return { ...route, addressPrefix: prefixes, fields };
}

/**
 * Groups of rows in the order in which Azure lists them in every capture. A new row goes after the last of its group.
 */
const ORDER: readonly ((route: EffectiveRoute) => boolean)[] = [
  isNetworkOrPeering,
  (route) => isDefault(route) && !isNone(route) && route.addressPrefix.every(({ length }) => length === 0),
  (route) => isDefault(route) && isNone(route),
  isBgp,
  isUser,
  isServiceEndpoint,
  isPrivateEndpoint,
];

/** Inserts a row where Azure would list it. */
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

/** Removes every prefix that passes the test, and rows without any prefix left. */
export function dropPrefixes(
  draft: Draft,
  test: (route: EffectiveRoute, prefix: Prefix) => boolean,
  rules: readonly PredictionRuleId[],
): void {
  draft.rows = draft.rows.flatMap((row) => {
    const { route, fate } = row;
    const kept = route.addressPrefix.filter((prefix) => !test(route, prefix));
    if (kept.length === route.addressPrefix.length) return [row];
    // A row that these changes added leaves no trace.
    if (fate !== "appears") {
      const went = route.addressPrefix.filter((prefix) => test(route, prefix));
      draft.gone.push({ route: withPrefixes(route, went), rules });
    }
    return kept.length === 0 ? [] : [{ ...row, route: withPrefixes(route, kept) }];
  });
}
