import { type AddressRange, differenceOf, prefixesOf, rangeOf, unionOf } from "../net/address-ranges.ts";
import { comparePrefixes, formatPrefix, type Prefix } from "../net/prefix.ts";
import type { ServiceTagFile } from "../routes/annotation.ts";
import { same } from "../routes/effective-route.ts";
import { serviceOfTag } from "../service-tags/service-endpoints.ts";
import type { ServiceTag, TagCatalogue } from "../service-tags/tag-catalogue.ts";
import { type AddressCounts, countAddresses } from "./destination-addresses.ts";

/** Which tags to compare; without case, all the conditions that are given must hold. */
export interface TagDiffFilter {
  /** A tag; a global one stands for its regional ones too. */
  readonly tag?: string | undefined;
  /** Azure's region name, or the region in the tag's name. */
  readonly region?: string | undefined;
  /** The service in the tag's name, or its system service. */
  readonly service?: string | undefined;
}

/** Addresses, counted and as the shortest list of prefixes. */
interface Coverage {
  readonly addresses: AddressCounts;
  readonly prefixes: readonly string[];
}

/** A tag that only one of the files has. */
interface WholeTag {
  readonly name: string;
  readonly region: string | null;
  readonly systemService: string | null;
  /** As the file lists them. */
  readonly prefixes: readonly string[];
  readonly addresses: AddressCounts;
}

/** A tag whose list of prefixes is not what it was. */
interface ChangedTag {
  readonly name: string;
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

interface TagDiffTotals {
  readonly tagsAdded: number;
  readonly tagsRemoved: number;
  readonly tagsChanged: number;
  /** Of the changed tags, those that hold the same addresses as before. */
  readonly tagsResummarised: number;
  /** Entries of the changed tags' lists: a prefix that was added to two tags counts twice. */
  readonly prefixesAdded: number;
  readonly prefixesRemoved: number;
  /** Addresses that a changed tag gained, each counted once. */
  readonly addressesGained: AddressCounts;
  readonly addressesLost: AddressCounts;
}

/** What changed between two tag files. */
export interface TagDiff {
  readonly before: ServiceTagFile;
  readonly after: ServiceTagFile;
  readonly totals: TagDiffTotals;
  /** In the newer file's order. */
  readonly tagsAdded: readonly WholeTag[];
  /** In the older file's order. */
  readonly tagsRemoved: readonly WholeTag[];
  /** In the newer file's order. */
  readonly tagsChanged: readonly ChangedTag[];
}

/**
 * Compares two tag files, tag by tag. Tags are known by their names without case; the order of a list does not count, nor a prefix that it
 * holds twice. Cost: linear in the entries, and a sort of each changed tag's.
 */
export function diffTags(older: TagCatalogue, newer: TagCatalogue, filter: TagDiffFilter = {}): TagDiff {
  const before = tagsByName(older, filter);
  const after = tagsByName(newer, filter);
  const gained: AddressRange[] = [];
  const lost: AddressRange[] = [];
  const tagsChanged: ChangedTag[] = [];
  for (const [key, now] of after) {
    const was = before.get(key);
    if (was === undefined) continue;
    const change = changeOf(was, now);
    if (change === null) continue;
    gained.push(...change.gained);
    lost.push(...change.lost);
    tagsChanged.push(change.tag);
  }
  const tagsAdded = [...after].filter(([key]) => !before.has(key)).map(([, tag]) => wholeTag(tag));
  const tagsRemoved = [...before].filter(([key]) => !after.has(key)).map(([, tag]) => wholeTag(tag));
  const sum = (count: (tag: ChangedTag) => number) => tagsChanged.reduce((total, tag) => total + count(tag), 0);
  return {
    before: older.file,
    after: newer.file,
    totals: {
      tagsAdded: tagsAdded.length,
      tagsRemoved: tagsRemoved.length,
      tagsChanged: tagsChanged.length,
      tagsResummarised: sum(({ resummarised }) => Number(resummarised)),
      prefixesAdded: sum(({ added }) => added.length),
      prefixesRemoved: sum(({ removed }) => removed.length),
      addressesGained: countAddresses(gained),
      addressesLost: countAddresses(lost),
    },
    tagsAdded,
    tagsRemoved,
    tagsChanged,
  };
}

function tagsByName(catalogue: TagCatalogue, filter: TagDiffFilter): ReadonlyMap<string, ServiceTag> {
  const tags = new Map<string, ServiceTag>();
  for (const tag of catalogue.tags()) if (passes(tag, filter)) tags.set(tag.name.toLowerCase(), tag);
  return tags;
}

function passes({ name, region, systemService }: ServiceTag, filter: TagDiffFilter): boolean {
  const service = serviceOfTag(name);
  return (
    (filter.tag === undefined ||
      same(name, filter.tag) ||
      name.toLowerCase().startsWith(`${filter.tag.toLowerCase()}.`)) &&
    (filter.region === undefined ||
      same(region ?? "", filter.region) ||
      same(name.slice(service.length + 1), filter.region)) &&
    (filter.service === undefined || same(service, filter.service) || same(systemService ?? "", filter.service))
  );
}

function wholeTag({ name, region, systemService, prefixes }: ServiceTag): WholeTag {
  return {
    name,
    region,
    systemService,
    prefixes: prefixes.map(formatPrefix),
    addresses: countAddresses(prefixes.map(rangeOf)),
  };
}

/** The prefixes of one list that the other does not have, each once. */
function onlyIn(prefixes: readonly Prefix[], others: readonly Prefix[]): readonly string[] {
  const known = new Set(others.map(formatPrefix));
  return [...new Set(prefixes.map(formatPrefix))].filter((prefix) => !known.has(prefix));
}

interface Changed {
  readonly tag: ChangedTag;
  readonly gained: readonly AddressRange[];
  readonly lost: readonly AddressRange[];
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

function changeOf(was: ServiceTag, now: ServiceTag): Changed | null {
  if (isSameList(was.prefixes, now.prefixes)) return null;
  const added = onlyIn(now.prefixes, was.prefixes);
  const removed = onlyIn(was.prefixes, now.prefixes);
  if (added.length === 0 && removed.length === 0) return null;
  const before = unionOf(was.prefixes.map(rangeOf));
  const after = unionOf(now.prefixes.map(rangeOf));
  const gained = differenceOf(after, before);
  const lost = differenceOf(before, after);
  const { name, region, systemService } = now;
  return {
    tag: {
      name,
      region,
      systemService,
      changeNumber: { before: was.changeNumber, after: now.changeNumber },
      added,
      removed,
      addresses: { before: countAddresses(before), after: countAddresses(after) },
      gained: coverageOf(gained),
      lost: coverageOf(lost),
      resummarised: gained.length === 0 && lost.length === 0,
    },
    gained,
    lost,
  };
}

function coverageOf(ranges: readonly AddressRange[]): Coverage {
  return { addresses: countAddresses(ranges), prefixes: prefixesOf(ranges).map(formatPrefix) };
}
