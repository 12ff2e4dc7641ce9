import type { CacheDirectory } from "../files/cache-directory.ts";
import { distrust } from "../files/cache-file.ts";
import type { Cloud } from "./clouds.ts";
import { jsonPath, readManifest, type TagRecord, tagDirectory } from "./manifest.ts";

/** What `tags status` tells of a cloud's tags. */
export interface TagStatus {
  readonly cloud: Cloud;
  /** The file in use, or null where there is none. */
  readonly current: TagRecord | null;
  readonly previous: TagRecord | null;
  /** Where the file in use lies, or where it would. Null without a cache directory. */
  readonly path: string | null;
  /** Whole days, see `tagAge`. */
  readonly ageDays: number | null;
  readonly stale: boolean;
  readonly notes: readonly string[];
}

const DAY = 24 * 60 * 60 * 1000;

/** The files are published weekly: after two weeks at least one was missed. */
const STALE_DAYS = 14;

/** The state of a cloud's tags at a time (milliseconds since 1970). Opens neither the file nor its index. Never throws. */
export function tagStatus(cache: CacheDirectory, cloud: Cloud, now: number): TagStatus {
  const directory = cache === null ? null : tagDirectory(cache, cloud);
  const none = { cloud, current: null, previous: null, path: directory, ageDays: null, stale: false };
  if (cache === null || directory === null) {
    return {
      ...none,
      notes: ["there is no place for the cache: HOME is not set; set VNET_EXPLAIN_CACHE to a directory of your own"],
    };
  }
  const distrusted = distrust(cache);
  if (distrusted !== null) return { ...none, notes: [distrusted] };
  const manifest = readManifest(cache, cloud);
  if (manifest === undefined) return { ...none, notes: [] };
  if (manifest === null)
    return { ...none, notes: ["the cached service tags are damaged: run vnet-explain tags update"] };
  const { current, previous } = manifest;
  const { days, stale } = tagAge(current, now);
  return { cloud, current, previous, path: jsonPath(directory, current), ageDays: days, stale, notes: [] };
}

/**
 * How old the tags are, in whole days: since they were last found to be the newest (the Download Center and the Discovery API give the newest),
 * or, for a file or an address of the user's, since the publication date in its name. That date counts also for tags that a clock, wrong at
 * the time, stored in the future: they would never grow old. A clock that went back makes nothing negative.
 */
function tagAge(record: TagRecord, now: number): { readonly days: number; readonly stale: boolean } {
  const chosen = record.origin === "file" || record.origin === "url";
  const published = record.date === null ? Number.NaN : Date.parse(record.date);
  const stored = Date.parse(record.storedAt);
  const byName = !Number.isNaN(published) && (chosen || stored > now + DAY);
  const since = byName ? published : stored;
  const days = Math.max(0, Math.floor((now - since) / DAY));
  return { days, stale: days > STALE_DAYS };
}

/** The note that any command gives when it used tags older than two weeks, or null. */
export function staleNote(record: TagRecord, now: number): string | null {
  const { days, stale } = tagAge(record, now);
  return stale ? `the service tags are ${days} days old (${record.file}): run vnet-explain tags update` : null;
}
