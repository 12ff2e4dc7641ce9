import { type AddressRange, firstEndingFrom, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { isAzureCloud } from "../../service-tags/index/tag-index.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { AddressCounts } from "../destinations/address-counts.ts";
import { byAddresses } from "../destinations/address-counts.ts";

/** A service tag that shares addresses with a group. */
interface GroupServiceTag {
  readonly name: string;
  /** Number of addresses that the tag and the group share. */
  readonly addresses: AddressCounts;
  /** Every address of the group is in the tag. */
  readonly holdsGroup: boolean;
  /** Every address of the tag is in the group. */
  readonly isHeld: boolean;
}

/** The tags that share addresses with a group, possibly shortened. */
export interface GroupServiceTags {
  readonly total: number;
  /**
   * At most 20. Tags that contain the whole group come first, smallest first; then the others, most shared addresses
   * first. In both parts AzureCloud and its regions come last, because they contain all of Azure.
   */
  readonly shown: readonly GroupServiceTag[];
}

const MAX_SHOWN = 20;

interface Common {
  readonly name: string;
  readonly v4: bigint;
  readonly v6: bigint;
  readonly size: bigint;
  readonly holdsGroup: boolean;
  readonly isHeld: boolean;
}

interface Owned extends AddressRange {
  readonly group: number;
}

/**
 * Returns the service tags that share addresses with each group. The groups must be disjoint. Cost: a binary search
 * per prefix of the tag file, and a step per range of a group that the prefix overlaps.
 */
export function tagsOfGroups(groups: readonly (readonly AddressRange[])[], tags: TagCatalogue): GroupServiceTags[] {
  const owned = groups.flatMap((ranges, group) => unionOf(ranges).map((range): Owned => ({ ...range, group })));
  owned.sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  const sizes = groups.map((ranges) => sizeOf(unionOf(ranges)));
  const found: Common[][] = groups.map(() => []);
  if (owned.length > 0) {
    for (const { name, prefixes } of tags.tags()) {
      const own = unionOf(prefixes.map(rangeOf));
      const size = sizeOf(own);
      for (const [group, { v4, v6 }] of commonCounts(own, owned)) {
        const common = v4 + v6;
        found[group]?.push({ name, v4, v6, size, holdsGroup: common === sizes[group], isHeld: common === size });
      }
    }
  }
  return found.map((common) => ({
    total: common.length,
    shown: common
      .sort(compareRelevance)
      .slice(0, MAX_SHOWN)
      .map(({ name, v4, v6, holdsGroup, isHeld }) => {
        return { name, addresses: { v4: v4.toString(), v6: v6.toString() }, holdsGroup, isHeld };
      }),
  }));
}

const sizeOf = (ranges: readonly AddressRange[]) =>
  ranges.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);

function commonCounts(own: readonly AddressRange[], owned: readonly Owned[]) {
  const counts = new Map<number, { v4: bigint; v6: bigint }>();
  for (const { family, first, last } of own) {
    for (let at = firstEndingFrom(owned, family, first); at < owned.length; at++) {
      const other = owned[at];
      if (other === undefined || other.family !== family || other.first > last) break;
      let from = first;
      let to = last;
      if (from < other.first) from = other.first;
      if (to > other.last) to = other.last;
      const count = counts.get(other.group) ?? { v4: 0n, v6: 0n };
      count[family === 4 ? "v4" : "v6"] += to - from + 1n;
      counts.set(other.group, count);
    }
  }
  return counts;
}

function compareRelevance(a: Common, b: Common): number {
  return (
    Number(b.holdsGroup) - Number(a.holdsGroup) ||
    Number(isAzureCloud(a.name)) - Number(isAzureCloud(b.name)) ||
    (a.holdsGroup ? Number(a.size > b.size) - Number(b.size > a.size) : byAddresses(a, b)) ||
    (a.name < b.name ? -1 : 1)
  );
}
