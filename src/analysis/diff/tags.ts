import { type AddressRange, differenceOf, prefixesOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { ServiceTag, TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { type TagFilter, tagTest } from "../../service-tags/tag-filter.ts";
import { UserError } from "../../text/user-error.ts";
import { type AddressCounts, countAddresses } from "../destinations/address-counts.ts";

/** A set of addresses: their number, and the shortest list of prefixes. */
interface Coverage {
  readonly addresses: AddressCounts;
  readonly prefixes: readonly string[];
}

/** A tag that only one of two files has, or whose list of prefixes differs. */
export interface TagChange {
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  readonly region: string | null;
  readonly systemService: string | null;
  readonly changeNumber: { readonly before: string | null; readonly after: string | null };
  /** Prefixes that only the newer file lists. */
  readonly added: readonly string[];
  /** Prefixes that only the older file lists. */
  readonly removed: readonly string[];
  readonly addresses: { readonly before: AddressCounts; readonly after: AddressCounts };
  /** Addresses that only the newer tag contains, however its prefixes are summarised. */
  readonly gained: Coverage;
  /** Addresses that only the older tag contains. */
  readonly lost: Coverage;
  /** Whether the list changed but the addresses are the same. */
  readonly resummarised: boolean;
}

/** Totals of the tags that both files have. */
interface ChangedTotals {
  readonly tags: number;
  /** Number of tags with the same addresses as before. */
  readonly resummarised: number;
  /** Entries of the lists. A prefix added to two tags counts twice. */
  readonly prefixesAdded: number;
  readonly prefixesRemoved: number;
  /** Addresses that any tag gained, each counted once. */
  readonly addressesGained: AddressCounts;
  readonly addressesLost: AddressCounts;
}

/** Totals of the tags that only one file has. */
interface WholeTotals {
  readonly tags: number;
  readonly prefixes: number;
}

/** The differences between two tag files. */
export interface TagDiff {
  readonly before: ServiceTagFile;
  readonly after: ServiceTagFile;
  readonly totals: { readonly changed: ChangedTotals; readonly added: WholeTotals; readonly removed: WholeTotals };
  /** In the order of the newer file, followed by the removed tags in the order of the older file. */
  readonly tags: readonly TagChange[];
}

interface Change {
  readonly tag: TagChange;
  readonly gained: readonly AddressRange[];
  readonly lost: readonly AddressRange[];
}

/** The most prefixes of both files together: five times those of a known pair. More may not fit in a heap of 256 MB. */
const MOST_PREFIXES = 500_000;

/**
 * Compares two tag files tag by tag. Tag names are case-insensitive. The order of a list and repeated prefixes are
 * ignored. Cost: linear in the entries, plus a sort of the entries of each changed tag.
 * @throws UserError if the files are too large.
 */
export function diffTags(older: TagCatalogue, newer: TagCatalogue, filter: TagFilter = {}): TagDiff {
  const before = tagsByName(older, MOST_PREFIXES);
  const after = tagsByName(newer, MOST_PREFIXES - prefixesOfAll(before));
  const fits = tagTest(filter, () => [...older.details(), ...newer.details()]);
  // If the region or service of a tag changed, the filter may match either the old or the new one.
  const changeIfMatched = (was: ServiceTag | undefined, now: ServiceTag | undefined) =>
    [was, now].some((tag) => tag !== undefined && fits(tag)) ? changeOf(was, now) : null;
  const changes = [
    ...[...after].map(([key, now]) => changeIfMatched(before.get(key), now)),
    ...[...before].filter(([key]) => !after.has(key)).map(([, was]) => changeIfMatched(was, undefined)),
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

/** @throws UserError for more prefixes than `most`. */
function tagsByName(catalogue: TagCatalogue, most: number): ReadonlyMap<string, ServiceTag> {
  const tags = new Map<string, ServiceTag>();
  let prefixes = 0;
  for (const tag of catalogue.tags()) {
    prefixes += tag.prefixes.length;
    if (prefixes > most) throw tooLarge();
    tags.set(tag.name.toLowerCase(), tag);
  }
  return tags;
}

const prefixesOfAll = (tags: ReadonlyMap<string, ServiceTag>) =>
  [...tags.values()].reduce((sum, { prefixes }) => sum + prefixes.length, 0);

function tooLarge(): UserError<"tag-files-too-large"> {
  return new UserError(
    "tag-files-too-large",
    `the two tag files have more than ${MOST_PREFIXES.toLocaleString("en")} prefixes together`,
    "compare files as Microsoft publishes them",
  );
}

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

/** Returns the distinct prefixes of the first list that the second does not contain. */
function onlyIn(prefixes: readonly Prefix[], others: readonly Prefix[]): readonly string[] {
  const known = new Set(others.map(formatPrefix));
  return [...new Set(prefixes.map(formatPrefix))].filter((prefix) => !known.has(prefix));
}

/** Fast path: most tags do not change from week to week, not even the order of their prefixes. */
function isSameList(a: readonly Prefix[], b: readonly Prefix[]): boolean {
  return (
    a.length === b.length &&
    a.every((prefix, at) => {
      const other = b[at];
      return other !== undefined && comparePrefixes(prefix, other) === 0;
    })
  );
}

/** Returns the change of a tag, or null if its prefixes did not change. */
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
