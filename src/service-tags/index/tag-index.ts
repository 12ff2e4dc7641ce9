import type { Places, PrefixColumns, PrefixTable } from "../../net/prefix-table.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";

/** What is known of a tag besides its prefixes. */
export interface TagDetails {
  readonly name: string;
  readonly region: string | null;
  readonly systemService: string | null;
  readonly changeNumber: string | null;
  readonly networkFeatures: readonly string[];
}

/** The tags of a file, in its order: an array, or one that reads each when it is asked for. */
export interface TagList {
  readonly length: number;
  at(tag: number): TagDetails | undefined;
}

/**
 * Lists of tags, each the one that another is without its first. Most prefixes stand in the same tags as others: Microsoft's 53,586 prefixes of
 * 2025 have 3,502 lists between them. All three arrays are of one kind.
 */
export interface TagChains {
  /** Per prefix: where its tags begin, the most specific first; never 0. */
  readonly ofPrefix: Places;
  /** Per place: the tag that stands there, and the place of the next; 0 behind the last. Nothing stands at 0. */
  readonly tag: Places;
  readonly next: Places;
}

/**
 * A tag file compiled: all that look-ups, naming and listing need, without its JSON. Prefixes that stand in several tags are
 * kept once; one way leads from a prefix to its tags, another back. Typed arrays, so that it can lie over a file.
 */
export interface TagIndex {
  readonly file: ServiceTagFile;
  readonly tags: TagList;
  /** The distinct prefixes. */
  readonly columns: PrefixColumns;
  readonly table: PrefixTable;
  /** From a prefix to its tags. */
  readonly chains: TagChains;
  /** The prefixes of tag `t` are `prefixesOfTag[tagStart[t] .. tagStart[t + 1])`, in the file's order. */
  readonly tagStart: Uint32Array;
  readonly prefixesOfTag: Uint32Array;
  /** Per tag: how many of its prefixes are IPv4. */
  readonly v4OfTag: Uint32Array;
  /** Per tag: 1 where Microsoft marks the tag of its service as one of service endpoints (the network feature VSE), else 0. */
  readonly endpointCapable: Uint8Array;
}

/** Whether the tag is AzureCloud or one of its regions: all of Azure's addresses, never the name of one service. */
export function isAzureCloud(name: string): boolean {
  return /^azurecloud(\.|$)/.test(name.toLowerCase());
}

/**
 * The places of the tags, most specific first: a service before AzureCloud, a region before none, then by name, then as they
 * stand. Cost: sorting them.
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
      return first < second ? -1 : first > second ? 1 : a - b;
    });
}
