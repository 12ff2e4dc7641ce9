import { comparePrefixes, formatPrefix, lastOf, type Prefix, parsePrefix, prefixOf } from "../../net/prefix.ts";
import type { AnnotatedRoute, AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { isBgp, isServiceEndpoint, isUser } from "../../selection/route-kinds.ts";
import { same } from "../../text/same.ts";
import type { TagDiff } from "./tags.ts";

/**
 * How a tag change affects a row. `endpoint`: a service endpoint row, whose prefixes Azure keeps equal to those of its
 * tag. `tag-route`: a user route whose destination is a tag, updated likewise. `overlap`: a user or BGP route that
 * overlaps prefixes added to or removed from a tag.
 */
export type Touch = "endpoint" | "tag-route" | "overlap";

/** The changed prefixes of one tag that affect a row. */
interface TouchingTag {
  readonly name: string;
  /** Prefixes that the row gains (`endpoint`, `tag-route`), or that are added to the tag (`overlap`). */
  readonly added: readonly string[];
  /** Prefixes that the row loses, or that are removed from the tag. */
  readonly removed: readonly string[];
}

/** A row that a tag change affects. */
export interface TouchedRoute {
  /** Its index in the table. */
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

/** The changed prefixes of one tag, parsed. */
interface Listed {
  readonly name: string;
  readonly added: readonly Prefix[];
  readonly removed: readonly Prefix[];
}

/**
 * Returns the rows that a tag change affects, in table order. The table may be older or newer than the change: a row
 * does not gain a prefix that it already has. System rows other than service endpoint rows are omitted, because their
 * prefixes are not configurable. Cost: a sort of the changed prefixes, and for each prefix of a row a binary search
 * and a step per changed prefix that it overlaps.
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

/** Returns the prefixes that a row with a tag's prefixes gains and loses, limited to the row's address families. */
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
  /** The place of its tag among those that changed. */
  readonly place: number;
  readonly name: string;
  readonly kind: "added" | "removed";
}

/** Returns a function that finds the changed prefixes overlapping any of the given prefixes. */
function overlapFinder(lists: readonly Listed[]): Finder {
  const entries = lists
    .flatMap((list, place) =>
      (["added", "removed"] as const).flatMap((kind) =>
        list[kind].map((prefix): Entry => ({ prefix, place, name: list.name, kind })),
      ),
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
    return byTag([...met]);
  };
}

/** Yields the entries inside the prefix, including the prefix itself. The entries must be sorted. */
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

function byTag(entries: Entry[]): readonly TouchingTag[] {
  const tags = new Map<number, { readonly name: string; readonly added: string[]; readonly removed: string[] }>();
  for (const { prefix, place, name, kind } of entries.sort((a, b) => comparePrefixes(a.prefix, b.prefix))) {
    const own = tags.get(place) ?? { name, added: [], removed: [] };
    tags.set(place, own);
    own[kind].push(formatPrefix(prefix));
  }
  return [...tags].sort(([a], [b]) => a - b).map(([, own]) => own);
}
