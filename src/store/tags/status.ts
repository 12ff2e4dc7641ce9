import { join } from "node:path";
import { isWholeIndex } from "../../service-tags/index/index-file.ts";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { readCacheFile } from "../files/cache-file.ts";
import { cacheProblem, findCacheFolder } from "../files/cache-folder.ts";
import { sha256 } from "../files/sha256.ts";
import { type Cloud, updateCommand } from "./clouds.ts";
import { indexPath, jsonPath, readManifest, type TagManifest, type TagRecord, tagDirectory } from "./manifest.ts";
import { tagAge } from "./tag-age.ts";

/** The report of `tags status`. */
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

/**
 * The state of a cloud's tags at a time (milliseconds since 1970). Reads the kept files and their compiled forms whole,
 * and checks each by its checksum; a note names the damaged ones. Never throws.
 */
export async function tagStatus(cache: CacheDirectory, cloud: Cloud, now: number): Promise<TagStatus> {
  const place = cache === null ? null : join(cache, ...tagDirectory(cloud));
  const none = { cloud, current: null, previous: null, path: place, ageDays: null, stale: false };
  if (cache === null) {
    return {
      ...none,
      notes: ["no cache directory: HOME is not set; set VNET_EXPLAIN_CACHE to a directory of your own"],
    };
  }
  const folder = findCacheFolder(cache, ...tagDirectory(cloud));
  const problem = cacheProblem(folder);
  if (problem !== null) return { ...none, notes: [problem] };
  if (folder.state !== "ready") return { ...none, notes: [] };
  const manifest = readManifest(folder.path);
  if (manifest === undefined) return { ...none, notes: [] };
  if (manifest === null)
    return { ...none, notes: [`the cached service tags are damaged: run ${updateCommand(cloud)}`] };
  const directory = folder.path;
  const { current, previous } = manifest;
  const { days, stale } = tagAge(current, now);
  const path = jsonPath(directory, current);
  return {
    cloud,
    current,
    previous,
    path,
    ageDays: days,
    stale,
    notes: damageNotes(directory, manifest, `run ${updateCommand(cloud)}`),
  };
}

function damageNotes(directory: string, { current, previous }: TagManifest, update: string): string[] {
  return [current, ...(previous === null ? [] : [previous])].flatMap((record) => {
    const json = readCacheFile(jsonPath(directory, record));
    const index = readCacheFile(indexPath(directory, record));
    const notes: string[] = [];
    if (json === null) notes.push(`the cached ${record.file} is missing: ${update}`);
    else if (sha256(json) !== record.sha256) notes.push(`the cached ${record.file} is damaged: ${update}`);
    // A missing one is made again by the next look-up.
    if (index !== null && !isWholeIndex(index, record.sha256)) {
      notes.push(`the compiled form of ${record.file} is damaged: ${update}`);
    }
    return notes;
  });
}
