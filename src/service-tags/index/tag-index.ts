import type { Indices, PrefixColumns, PrefixTable } from "../../net/prefix-table.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";

/** The details of a tag, without its prefixes. */
export interface TagDetails {
  readonly name: string;
  readonly region: string | null;
  readonly systemService: string | null;
  readonly changeNumber: string | null;
  readonly networkFeatures: readonly string[];
}

/** The tags of a file, in its order: an array, or a list that reads each tag on use. */
export interface TagList {
  readonly length: number;
  at(tag: number): TagDetails | undefined;
}

/**
 * Linked lists of tags that share their tails. Most prefixes share their list with others: Microsoft's 53,586 prefixes
 * of 2025 have only 3,502 lists. All three arrays have the same type.
 */
export interface TagChains {
  /** Per prefix: the link of its most specific tag; never 0. */
  readonly ofPrefix: Indices;
  /** Per link: its tag, and the next link or 0 at the end. Link 0 is unused. */
  readonly tag: Indices;
  readonly next: Indices;
}

/**
 * A compiled tag file, with everything that look-ups, naming and listing need. Prefixes in several tags are stored
 * once, with links from a prefix to its tags and back. It consists of typed arrays, so that it can be a view of a file.
 */
export interface TagIndex {
  readonly file: ServiceTagFile;
  readonly tags: TagList;
  /** The distinct prefixes. */
  readonly columns: PrefixColumns;
  readonly table: PrefixTable;
  /** Maps a prefix to its tags. */
  readonly chains: TagChains;
  /** The prefixes of tag `t` are `prefixesOfTag[tagStart[t] .. tagStart[t + 1])`, in the file's order. */
  readonly tagStart: Uint32Array;
  readonly prefixesOfTag: Uint32Array;
  /** Per tag: the number of its IPv4 prefixes. */
  readonly v4OfTag: Uint32Array;
  /** Per tag: 1 if Microsoft marks its service's tag for service endpoints (network feature VSE), otherwise 0. */
  readonly endpointCapable: Uint8Array;
}

/**
 * The details of a tag that the index names.
 * @throws RangeError if it has no such tag.
 */
export function detailsOf({ tags }: Pick<TagIndex, "tags">, tag: number): TagDetails {
  const details = tags.at(tag);
  if (details === undefined) throw new RangeError(`the tag index has no tag ${tag}`);
  return details;
}

/** Whether the tag is AzureCloud or one of its regions: all of Azure's addresses, never the name of one service. */
export function isAzureCloud(name: string): boolean {
  return /^azurecloud(\.|$)/.test(name.toLowerCase());
}

/**
 * Returns the indexes of the tags, most specific first: a service before AzureCloud, a regional tag before a global
 * one, then by name, then in the given order. Cost: sorting them.
 */
export function bySpecificity(tags: readonly Pick<TagDetails, "name" | "region">[]): number[] {
  const names = tags.map(({ name }) => name);
  const ranks = tags.map(({ name, region }) => 2 * Number(isAzureCloud(name)) + Number(region === null));
  return names
    .map((_, index) => index)
    .sort((a, b) => {
      const rank = (ranks[a] ?? 0) - (ranks[b] ?? 0);
      if (rank !== 0) return rank;
      const first = names[a] ?? "";
      const second = names[b] ?? "";
      return first < second ? -1 : Number(first > second);
    });
}
