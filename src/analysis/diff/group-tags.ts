import { type AddressRange, firstEndingFrom, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { isAzureCloud } from "../../service-tags/index/tag-index.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { AddressCounts } from "../destinations/address-counts.ts";

/** A service tag with addresses among those of a group. */
interface GroupServiceTag {
  readonly name: string;
  /** How many addresses the tag and the group have in common. */
  readonly addresses: AddressCounts;
  /** Every address of the group is in the tag. */
  readonly holdsGroup: boolean;
  /** Every address of the tag is in the group. */
  readonly isHeld: boolean;
}

/** The tags of a group: `shown` of `total`. */
export interface GroupServiceTags {
  readonly total: number;
  /**
   * At most 20. First the tags that hold all of the group, the smallest first; then those with most addresses in it; of either kind
   * AzureCloud and its regions last, for they are all of Azure.
   */
  readonly shown: readonly GroupServiceTag[];
}

const MOST_SHOWN = 20;

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
 * The service tags with addresses in each of several groups, which have none in common. Cost: a search per prefix of the tag file, and
 * a step per range of a group that it meets.
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
      .sort(mostTellingFirst)
      .slice(0, MOST_SHOWN)
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

function mostTellingFirst(a: Common, b: Common): number {
  const byNumber = (x: bigint, y: bigint) => (x === y ? 0 : x > y ? -1 : 1);
  return (
    Number(b.holdsGroup) - Number(a.holdsGroup) ||
    Number(isAzureCloud(a.name)) - Number(isAzureCloud(b.name)) ||
    (a.holdsGroup ? byNumber(b.size, a.size) : byNumber(a.v4, b.v4) || byNumber(a.v6, b.v6)) ||
    (a.name < b.name ? -1 : 1)
  );
}
