import { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { cacheProblem, findCacheFolder } from "../files/cache-folder.ts";
import { readIndex } from "../index/read-index.ts";
import { type Cloud, updateCommand } from "./clouds.ts";
import { indexPath, readManifest, type TagRecord, tagDirectory } from "./manifest.ts";

/** What the cache holds of a cloud's tags. */
export interface CachedTags {
  readonly catalogue: TagCatalogue | null;
  /** The file that the catalogue was made from. */
  readonly record: TagRecord | null;
  /** Notes for the user, e.g. that a file was damaged and is ignored. */
  readonly notes: readonly string[];
}

const nothing = (...notes: string[]): CachedTags => ({ catalogue: null, record: null, notes });

/** The cloud's directory in the cache; without one, an empty answer with a note if the cache is ignored. */
function directoryOf(cache: CacheDirectory, cloud: Cloud): string | CachedTags {
  if (cache === null) return nothing();
  const folder = findCacheFolder(cache, ...tagDirectory(cloud));
  if (folder.state === "ready") return folder.path;
  const problem = cacheProblem(folder);
  return problem === null ? nothing() : nothing(problem);
}

/**
 * The tags of a cloud. Reads the compiled index alone where it is whole. Else compiles the JSON again, else falls back
 * to the file before it, else gives none and a note. Never throws.
 */
export async function loadTags(cache: CacheDirectory, cloud: Cloud): Promise<CachedTags> {
  const directory = directoryOf(cache, cloud);
  if (typeof directory !== "string") return directory;
  const manifest = readManifest(directory);
  if (manifest === undefined) return nothing();
  if (manifest === null)
    return nothing(`the cached service tags are damaged and are ignored: run ${updateCommand(cloud)}`);
  const { current, previous } = manifest;
  const newest = await loadRecord(directory, current);
  if (newest !== null) return { catalogue: newest, record: current, notes: [] };
  const older = previous && (await loadRecord(directory, previous));
  if (older === null) {
    // Two updates in a row may have removed the files that the manifest named a moment ago.
    const now = readManifest(directory);
    if (now && now.current.sha256 !== current.sha256) return await loadTags(cache, cloud);
    return nothing(`the cached service tags are damaged and are ignored: run ${updateCommand(cloud)}`);
  }
  const note = `the cached ${current.file} is damaged; the older ${older.file.file} is used instead: run ${updateCommand(cloud)}`;
  return { catalogue: older, record: previous, notes: [note] };
}

/**
 * One of the two files that the cache keeps of a cloud, and never the other in its place. Null where it is not kept, or
 * damaged: then a note says so. Never throws.
 */
export async function loadKeptTags(
  cache: CacheDirectory,
  cloud: Cloud,
  which: "current" | "previous",
): Promise<CachedTags> {
  const directory = directoryOf(cache, cloud);
  if (typeof directory !== "string") return directory;
  const manifest = readManifest(directory);
  if (manifest === undefined) return nothing();
  const record = manifest?.[which];
  if (record === null) return nothing();
  const catalogue = record && (await loadRecord(directory, record));
  return catalogue
    ? { catalogue, record, notes: [] }
    : nothing(`the cached service tags are damaged: run ${updateCommand(cloud)}`);
}

async function loadRecord(directory: string, record: TagRecord): Promise<TagCatalogue | null> {
  const index = await readIndex(indexPath(directory, record), record.sha256);
  if (index !== null) return new TagCatalogue(index);
  const { compileAgain } = await import("../index/prepare-tags.ts");
  const compiled = compileAgain(directory, record);
  return compiled && new TagCatalogue(compiled);
}
