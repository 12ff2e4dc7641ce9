import { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { distrust } from "../files/cache-file.ts";
import { readIndex } from "../index/read-index.ts";
import type { Cloud } from "./clouds.ts";
import { indexPath, readManifest, type TagRecord, tagDirectory } from "./manifest.ts";

/** What the cache holds of a cloud's tags. */
export interface CachedTags {
  readonly catalogue: TagCatalogue | null;
  /** The file that the catalogue was made from. */
  readonly record: TagRecord | null;
  /** What the user must know, e.g. that a file was damaged and is ignored. */
  readonly notes: readonly string[];
}

/**
 * The tags of a cloud. Reads the compiled index alone when it is whole; else compiles the JSON again; else falls back to the file before
 * it; else there are none, and a note says why. Never throws.
 */
export async function loadTags(cache: CacheDirectory, cloud: Cloud): Promise<CachedTags> {
  const nothing = (...notes: string[]): CachedTags => ({ catalogue: null, record: null, notes });
  if (cache === null) return nothing();
  const manifest = readManifest(cache, cloud);
  if (manifest === undefined) return nothing();
  const distrusted = distrust(cache);
  if (distrusted !== null) return nothing(distrusted);
  if (manifest === null) return nothing(`the cached service tags are damaged and are ignored: ${UPDATE}`);
  const { current, previous } = manifest;
  const directory = tagDirectory(cache, cloud);
  const newest = await loadRecord(cache, directory, current);
  if (newest !== null) return { catalogue: newest, record: current, notes: [] };
  const older = previous && (await loadRecord(cache, directory, previous));
  if (older === null) {
    // two updates in a row may have tidied away what the manifest named a moment ago
    const now = readManifest(cache, cloud);
    if (now && now.current.sha256 !== current.sha256) return await loadTags(cache, cloud);
    return nothing(`the cached service tags are damaged and are ignored: ${UPDATE}`);
  }
  const note = `the cached ${current.file} is damaged; ${older.file.file} from before it is used: ${UPDATE}`;
  return { catalogue: older, record: previous, notes: [note] };
}

const UPDATE = "run vnet-explain tags update";

/**
 * One of the two files that the cache keeps of a cloud, and never another in its place. Null where it is not kept, or damaged: then a note
 * says so. Never throws.
 */
export async function loadKeptTags(
  cache: CacheDirectory,
  cloud: Cloud,
  which: "current" | "previous",
): Promise<CachedTags> {
  const nothing = (...notes: string[]): CachedTags => ({ catalogue: null, record: null, notes });
  if (cache === null) return nothing();
  const distrusted = await distrust(cache);
  if (distrusted !== null) return nothing(distrusted);
  const manifest = await readManifest(cache, cloud);
  if (manifest === undefined) return nothing();
  const record = manifest?.[which];
  if (record === null) return nothing();
  const catalogue = record && (await loadRecord(cache, tagDirectory(cache, cloud), record));
  return catalogue ? { catalogue, record, notes: [] } : nothing(`the cached service tags are damaged: ${UPDATE}`);
}

async function loadRecord(cache: string, directory: string, record: TagRecord): Promise<TagCatalogue | null> {
  const index = await readIndex(cache, indexPath(directory, record), Date.now());
  if (index !== null) return new TagCatalogue(index);
  const { compileAgain } = await import("../index/compile-again.ts");
  const compiled = await compileAgain(directory, record);
  return compiled && new TagCatalogue(compiled);
}
