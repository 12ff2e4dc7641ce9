import type { PrefixColumns, PrefixTable } from "../net/prefix-table.ts";
import type { ServiceTagFile } from "../routes/annotation.ts";

/** What is known of a tag besides its prefixes. */
export interface TagDetails {
  readonly name: string;
  readonly region: string | null;
  readonly systemService: string | null;
  readonly changeNumber: string | null;
  readonly networkFeatures: readonly string[];
}

/**
 * A tag file compiled: all that look-ups, naming and listing need, without its JSON. Prefixes that stand in several tags are
 * kept once; the two lists of pairs lead from a prefix to its tags and back. Typed arrays, so that it can lie over a file.
 */
export interface TagIndex {
  readonly file: ServiceTagFile;
  readonly tags: readonly TagDetails[];
  /** The distinct prefixes. */
  readonly columns: PrefixColumns;
  readonly table: PrefixTable;
  /** The tags of prefix `p` are `tagsOfPrefix[prefixStart[p] .. prefixStart[p + 1])`, most specific first. */
  readonly prefixStart: Uint32Array;
  readonly tagsOfPrefix: Uint32Array;
  /** The prefixes of tag `t` are `prefixesOfTag[tagStart[t] .. tagStart[t + 1])`, in the file's order. */
  readonly tagStart: Uint32Array;
  readonly prefixesOfTag: Uint32Array;
}

/** Whether the tag is AzureCloud or one of its regions: all of Azure's addresses, never the name of one service. */
export function isAzureCloud(name: string): boolean {
  return /^azurecloud(\.|$)/i.test(name);
}

/** Most specific first among tags of one prefix: a service before AzureCloud, a region before none, then by name. */
export function compareSpecificity(a: TagDetails, b: TagDetails): number {
  const cloud = Number(isAzureCloud(a.name)) - Number(isAzureCloud(b.name));
  if (cloud !== 0) return cloud;
  const global = Number(a.region === null) - Number(b.region === null);
  if (global !== 0) return global;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
