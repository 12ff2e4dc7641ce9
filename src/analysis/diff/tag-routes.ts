import { comparePrefixes, formatPrefix, lastOf, type Prefix, parsePrefix, prefixOf } from "../../net/prefix.ts";
import type { AnnotatedRoute, AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { isBgp, isServiceEndpoint, isUser } from "../../selection/route-kinds.ts";
import { same } from "../../text/same.ts";
import type { TagDiff } from "./tags.ts";

/**
 * How a change of tags concerns a row. `endpoint`: a service endpoint's row, which Azure keeps to the prefixes of its tag; `tag-route`: a
 * user route on a tag, likewise; `overlap`: a user's or a gateway's route to addresses of which some come into a tag or leave it.
 */
export type Touch = "endpoint" | "tag-route" | "overlap";

/** Prefixes of one tag that concern a row. */
interface TouchingTag {
  readonly name: string;
  /** Those that the row will gain, or that come into the tag. */
  readonly added: readonly string[];
  /** Those that the row will lose, or that leave the tag. */
  readonly removed: readonly string[];
}

/** A row that a change of tags touches. */
export interface TouchedRoute {
  /** Its place in the table. */
  readonly row: number;
  readonly touch: Touch;
  readonly source: string;
  readonly state: string;
  readonly name: string | null;
  readonly addressPrefixes: readonly string[];
  readonly nextHopType: string;
  readonly nextHopIpAddress: readonly string[];
  readonly tags: readonly TouchingTag[];
}

/** What becomes of one tag's list. */
interface Listed {
  readonly name: string;
  readonly added: readonly Prefix[];
  readonly removed: readonly Prefix[];
}

/**
 * The rows that a change of tags touches, in the table's order. The table may be of either week: a row that has a prefix already does not gain
 * it. System rows other than service endpoints' are left out: their prefixes are no choice of anyone's. Cost: a sort of the changed
 * prefixes, and for each prefix of a row a search and a step per changed prefix that it meets.
 */
export function touchedRoutes(diff: TagDiff, annotated: AnnotatedRouteTable): readonly TouchedRoute[] {
  const lists = listsOf(diff);
  const byName = new Map(lists.map((list) => [list.name.toLowerCase(), list]));
  const overlapping = overlapFinder(lists);
  return annotated.routes.flatMap((row, index) => {
    const found = touchOf(row, byName, overlapping);
    if (found === null || found.tags.length === 0) return [];
    return [{ row: index, touch: found.touch, ...fieldsOf(row.route), tags: found.tags }];
  });
}

function listsOf({ tags }: TagDiff): readonly Listed[] {
  const parsed = (texts: readonly string[]) => texts.map((text) => parsePrefix(text));
  return tags.map(({ name, added, removed }) => ({ name, added: parsed(added), removed: parsed(removed) }));
}

function fieldsOf(route: EffectiveRoute) {
  const { source, state, name, addressPrefix, nextHopType, nextHopIpAddress } = route;
  return { source, state, name, addressPrefixes: addressPrefix.map(formatPrefix), nextHopType, nextHopIpAddress };
}

type Finder = (prefixes: readonly Prefix[]) => readonly TouchingTag[];

function touchOf(
  { route, serviceTag }: AnnotatedRoute,
  byName: ReadonlyMap<string, Listed>,
  overlapping: Finder,
): { readonly touch: Touch; readonly tags: readonly TouchingTag[] } | null {
  if (isServiceEndpoint(route)) {
    const list = byName.get((serviceTag?.name ?? "").toLowerCase());
    return { touch: "endpoint", tags: list === undefined ? [] : gainsOf(route, [list]) };
  }
  if (!isUser(route) && !isBgp(route)) return null;
  if (route.destinationServiceTags.length === 0) {
    return { touch: "overlap", tags: overlapping(route.addressPrefix) };
  }
  const own = [...byName.values()].filter(({ name }) => route.destinationServiceTags.some((tag) => same(tag, name)));
  return { touch: "tag-route", tags: gainsOf(route, own) };
}

/** What a row gains and loses that holds a tag's prefixes, of the families that it has. */
function gainsOf(route: EffectiveRoute, lists: readonly Listed[]): readonly TouchingTag[] {
  const has = new Set(route.addressPrefix.map(formatPrefix));
  const families = new Set(route.addressPrefix.map(({ family }) => family));
  return lists
    .map(({ name, added, removed }) => ({
      name,
      added: added
        .filter(({ family }) => families.has(family))
        .map(formatPrefix)
        .filter((prefix) => !has.has(prefix)),
      removed: removed.map(formatPrefix).filter((prefix) => has.has(prefix)),
    }))
    .filter(({ added, removed }) => added.length + removed.length > 0);
}

interface Entry {
  readonly prefix: Prefix;
  readonly tag: number;
  readonly kind: "added" | "removed";
}

/** Finds the changed prefixes that have an address in common with any of some prefixes. */
function overlapFinder(lists: readonly Listed[]): Finder {
  const entries = lists
    .flatMap((list, tag) =>
      (["added", "removed"] as const).flatMap((kind) => list[kind].map((prefix): Entry => ({ prefix, tag, kind }))),
    )
    .sort((a, b) => comparePrefixes(a.prefix, b.prefix));
  return (prefixes) => {
    const met = new Set<Entry>();
    for (const prefix of prefixes) {
      for (const entry of within(entries, prefix)) met.add(entry);
      for (let length = prefix.length - 1; length >= 0; length--) {
        const around = prefixOf({ family: prefix.family, value: prefix.first }, length);
        for (const entry of equalTo(entries, around)) met.add(entry);
      }
    }
    return byTag(lists, [...met]);
  };
}

/** Entries inside the prefix, itself included: as prefixes nest or are apart, those that start in it and are as long. */
function* within(entries: readonly Entry[], outer: Prefix): Generator<Entry> {
  const last = lastOf(outer);
  for (let at = firstFrom(entries, outer); at < entries.length; at++) {
    const entry = entries[at];
    if (entry === undefined || entry.prefix.family !== outer.family || entry.prefix.first > last) return;
    yield entry;
  }
}

function* equalTo(entries: readonly Entry[], prefix: Prefix): Generator<Entry> {
  for (let at = firstFrom(entries, prefix); at < entries.length; at++) {
    const entry = entries[at];
    if (entry === undefined || comparePrefixes(entry.prefix, prefix) !== 0) return;
    yield entry;
  }
}

function firstFrom(entries: readonly Entry[], prefix: Prefix): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && comparePrefixes(entry.prefix, prefix) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byTag(lists: readonly Listed[], entries: Entry[]): readonly TouchingTag[] {
  const tags = new Map<number, { added: string[]; removed: string[] }>();
  for (const { prefix, tag, kind } of entries.sort((a, b) => comparePrefixes(a.prefix, b.prefix))) {
    const own = tags.get(tag) ?? { added: [], removed: [] };
    tags.set(tag, own);
    own[kind].push(formatPrefix(prefix));
  }
  return [...tags].sort(([a], [b]) => a - b).map(([tag, own]) => ({ name: lists[tag]?.name ?? "", ...own }));
}
