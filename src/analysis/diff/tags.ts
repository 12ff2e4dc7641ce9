import { type AddressRange, differenceOf, prefixesOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { ServiceTag, TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { fitsFilter, type TagFilter } from "../../service-tags/tag-filter.ts";
import { type AddressCounts, countAddresses } from "../destinations/address-counts.ts";

/** Addresses, counted and as the shortest list of prefixes. */
interface Coverage {
  readonly addresses: AddressCounts;
  readonly prefixes: readonly string[];
}

/** A tag that only one of two files has, or whose list of prefixes is not what it was. */
export interface TagChange {
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  readonly region: string | null;
  readonly systemService: string | null;
  readonly changeNumber: { readonly before: string | null; readonly after: string | null };
  /** Prefixes that are listed now and were not, as the newer file lists them. */
  readonly added: readonly string[];
  /** Prefixes that were listed and are not, as the older file lists them. */
  readonly removed: readonly string[];
  readonly addresses: { readonly before: AddressCounts; readonly after: AddressCounts };
  /** Addresses that are in the tag now and were not, however its prefixes are summarised. */
  readonly gained: Coverage;
  /** Addresses that were in the tag and are not. */
  readonly lost: Coverage;
  /** The same addresses in other prefixes: nothing but the list has changed. */
  readonly resummarised: boolean;
}

/** Of the tags that both files have. */
interface ChangedTotals {
  readonly tags: number;
  /** Those that hold the same addresses as before. */
  readonly resummarised: number;
  /** Entries of the tags' lists: a prefix that was added to two tags counts twice. */
  readonly prefixesAdded: number;
  readonly prefixesRemoved: number;
  /** Addresses that some tag gained, each counted once. */
  readonly addressesGained: AddressCounts;
  readonly addressesLost: AddressCounts;
}

/** Of the tags that only one of the files has: how many, and the entries of their lists. */
interface WholeTotals {
  readonly tags: number;
  readonly prefixes: number;
}

/** What changed between two tag files. */
export interface TagDiff {
  readonly before: ServiceTagFile;
  readonly after: ServiceTagFile;
  readonly totals: { readonly changed: ChangedTotals; readonly added: WholeTotals; readonly removed: WholeTotals };
  /** In the newer file's order, then those that are gone in the older one's. */
  readonly tags: readonly TagChange[];
}

interface Change {
  readonly tag: TagChange;
  readonly gained: readonly AddressRange[];
  readonly lost: readonly AddressRange[];
}

/**
 * Compares two tag files, tag by tag. Tags are known by their names without case; the order of a list does not count, nor a prefix that it
 * holds twice. Cost: linear in the entries, and a sort of each changed tag's.
 */
export function diffTags(older: TagCatalogue, newer: TagCatalogue, filter: TagFilter = {}): TagDiff {
  const before = tagsByName(older);
  const after = tagsByName(newer);
  // A tag whose region or service is told otherwise now is meant by either.
  const changeIfMeant = (was: ServiceTag | undefined, now: ServiceTag | undefined) =>
    [was, now].some((tag) => tag !== undefined && fitsFilter(tag, filter)) ? changeOf(was, now) : null;
  const changes = [
    ...[...after].map(([key, now]) => changeIfMeant(before.get(key), now)),
    ...[...before].filter(([key]) => !after.has(key)).map(([, was]) => changeIfMeant(was, undefined)),
  ].filter((change) => change !== null);
  return {
    before: older.file,
    after: newer.file,
    totals: {
      changed: changedTotals(changes.filter(({ tag }) => tag.change === "changed")),
      added: wholeTotals(changes, "added"),
      removed: wholeTotals(changes, "removed"),
    },
    tags: changes.map(({ tag }) => tag),
  };
}

const tagsByName = (catalogue: TagCatalogue): ReadonlyMap<string, ServiceTag> =>
  new Map([...catalogue.tags()].map((tag) => [tag.name.toLowerCase(), tag]));

const sumOf = (changes: readonly Change[], count: (tag: TagChange) => number) =>
  changes.reduce((total, { tag }) => total + count(tag), 0);

function changedTotals(changes: readonly Change[]): ChangedTotals {
  return {
    tags: changes.length,
    resummarised: sumOf(changes, ({ resummarised }) => Number(resummarised)),
    prefixesAdded: sumOf(changes, ({ added }) => added.length),
    prefixesRemoved: sumOf(changes, ({ removed }) => removed.length),
    addressesGained: countAddresses(changes.flatMap(({ gained }) => gained)),
    addressesLost: countAddresses(changes.flatMap(({ lost }) => lost)),
  };
}

function wholeTotals(changes: readonly Change[], kind: "added" | "removed"): WholeTotals {
  const own = changes.filter(({ tag }) => tag.change === kind);
  return { tags: own.length, prefixes: sumOf(own, (tag) => tag[kind].length) };
}

/** The prefixes of one list that the other does not have, each once. */
function onlyIn(prefixes: readonly Prefix[], others: readonly Prefix[]): readonly string[] {
  const known = new Set(others.map(formatPrefix));
  return [...new Set(prefixes.map(formatPrefix))].filter((prefix) => !known.has(prefix));
}

/** Nearly all tags stay as they are from week to week, down to the order of their prefixes. */
function isSameList(a: readonly Prefix[], b: readonly Prefix[]): boolean {
  return (
    a.length === b.length &&
    a.every((prefix, at) => {
      const other = b[at];
      return other !== undefined && comparePrefixes(prefix, other) === 0;
    })
  );
}

/** What became of a tag; null where nothing did. */
function changeOf(was: ServiceTag | undefined, now: ServiceTag | undefined): Change | null {
  const tag = now ?? was;
  if (tag === undefined) return null;
  const change = was === undefined ? "added" : now === undefined ? "removed" : "changed";
  const [old, current] = [was?.prefixes ?? [], now?.prefixes ?? []];
  if (change === "changed" && isSameList(old, current)) return null;
  const added = onlyIn(current, old);
  const removed = onlyIn(old, current);
  if (change === "changed" && added.length === 0 && removed.length === 0) return null;
  const before = unionOf(old.map(rangeOf));
  const after = unionOf(current.map(rangeOf));
  const gained = differenceOf(after, before);
  const lost = differenceOf(before, after);
  const { name, region, systemService } = tag;
  return {
    tag: {
      name,
      change,
      region,
      systemService,
      changeNumber: { before: was?.changeNumber ?? null, after: now?.changeNumber ?? null },
      added,
      removed,
      addresses: { before: countAddresses(before), after: countAddresses(after) },
      gained: coverageOf(gained),
      lost: coverageOf(lost),
      resummarised: change === "changed" && gained.length === 0 && lost.length === 0,
    },
    gained,
    lost,
  };
}

function coverageOf(ranges: readonly AddressRange[]): Coverage {
  return { addresses: countAddresses(ranges), prefixes: prefixesOf(ranges).map(formatPrefix) };
}
