import { bitsOf, parseAddress } from "../net/address.ts";
import { comparePrefixes, containsPrefix, type Prefix, parsePrefix, prefixOf } from "../net/prefix.ts";
import { same } from "../text/same.ts";
import type { AnnotatedRoute } from "./annotation.ts";
import type { EffectiveRoute } from "./effective-route.ts";
import { includesTag } from "./includes-tag.ts";
import { armName } from "./next-hop-types.ts";

/** The rows to keep. All given conditions must hold. */
export interface RouteFilter {
  /** Azure's value or the portal's word for it, ignoring case. */
  readonly source?: string | undefined;
  /** A next hop type: Azure's value ("VnetLocal") or the portal's ("Virtual network"), ignoring case. */
  readonly nextHop?: string | undefined;
  /** Azure's value, ignoring case. */
  readonly state?: string | undefined;
  /** A service tag, ignoring case. It includes its regional tags: Storage keeps Storage.WestEurope. */
  readonly tag?: string | undefined;
  /** Rows with a prefix that overlaps this one; see `containedPrefix`. */
  readonly contains?: Prefix | undefined;
}

/**
 * The prefix to filter by, from an address (that address alone) or a prefix.
 * @throws UserError for anything else.
 */
export function containedPrefix(text: string): Prefix {
  if (text.includes("/")) return parsePrefix(text);
  const address = parseAddress(text);
  return prefixOf(address, bitsOf(address.family));
}

/** The rows that pass the filter, in their order, with all their prefixes. Linear in the prefixes. */
export function filterRoutes(routes: readonly AnnotatedRoute[], filter: RouteFilter): readonly AnnotatedRoute[] {
  const { source, nextHop, state, tag, contains } = filter;
  return routes.filter(
    (row) =>
      (source === undefined || named(row.route.source, source)) &&
      (nextHop === undefined || named(row.route.nextHopType, nextHop)) &&
      (state === undefined || named(row.route.state, state)) &&
      (tag === undefined || tagsOf(row).some((name) => includesTag(tag, name))) &&
      (contains === undefined || row.route.addressPrefix.some((prefix) => overlap(prefix, contains))),
  );
}

function named(value: string, wanted: string): boolean {
  return same(value, wanted) || same(armName(value), armName(wanted));
}

/** The tag that names the row, those of its prefixes, and those of a user route to a tag. */
function tagsOf(row: AnnotatedRoute): readonly string[] {
  const names = [row.serviceTag?.name ?? null, ...row.prefixes.map((prefix) => prefix.serviceTag)];
  return [...names.filter((name) => name !== null), ...row.route.destinationServiceTags];
}

/**
 * The prefix of the route to show for a search for `wanted`: the longest that contains it, else the lowest within it,
 * else the lowest.
 */
export function nearestPrefix({ addressPrefix }: EffectiveRoute, wanted: Prefix): Prefix {
  const around = addressPrefix.filter((prefix) => containsPrefix(prefix, wanted));
  if (around.length > 0) return around.reduce((a, b) => (b.length > a.length ? b : a));
  const within = addressPrefix.filter((prefix) => containsPrefix(wanted, prefix));
  return lowestOf(within.length > 0 ? within : addressPrefix);
}

function overlap(a: Prefix, b: Prefix): boolean {
  return containsPrefix(a, b) || containsPrefix(b, a);
}

/**
 * The rows in numeric order of their lowest prefix: IPv4 first, 0.0.0.0/0 before all. Rows with the same lowest prefix
 * keep their order.
 */
export function sortRoutes(routes: readonly AnnotatedRoute[]): readonly AnnotatedRoute[] {
  return routes
    .map((row) => ({ row, lowest: lowestOf(row.route.addressPrefix) }))
    .sort((a, b) => comparePrefixes(a.lowest, b.lowest))
    .map(({ row }) => row);
}

function lowestOf(prefixes: readonly Prefix[]): Prefix {
  return prefixes.reduce((lowest, prefix) => (comparePrefixes(prefix, lowest) < 0 ? prefix : lowest));
}
