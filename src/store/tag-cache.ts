import { join } from "node:path";
import { decodeIndex } from "../service-tags/index-file.ts";
import { TagCatalogue } from "../service-tags/tag-catalogue.ts";
import { replaceFile } from "./atomic-file.ts";
import { type CacheDirectory, ensureCacheDirectory } from "./cache-directory.ts";
import { distrust, readCacheFile, tidy } from "./cache-file.ts";
import type { Cloud } from "./clouds.ts";
import { type PreparedTags, prepareTags, sha256 } from "./prepare-tags.ts";
import { MANIFEST, manifestText, readManifest, type TagManifest, type TagRecord, tagDirectory } from "./tag-record.ts";

/** What the cache holds of a cloud's tags. */
export interface CachedTags {
  readonly catalogue: TagCatalogue | null;
  /** The file that the catalogue was made from. */
  readonly record: TagRecord | null;
  /** What the user must know, e.g. that a file was damaged and is ignored. */
  readonly notes: readonly string[];
}

const WHAT = { what: "the cache" };

/*
 * A cloud's directory holds files named by the SHA-256 of their JSON (`<sha256>.json`, `<sha256>.index`), which never change, and one manifest
 * that names those in use. The manifest is replaced last and as one step, so whoever reads it finds the files it names, whole, at
 * any moment and with any number of writers. No lock is needed, and so none can be left behind by a process that was killed.
 */

/**
 * Stores a tag file and its index, makes it the current one and keeps the one before it.
 * @throws StoreError; what was current before is then still current.
 */
export async function storeTags(
  cache: CacheDirectory,
  cloud: Cloud,
  bytes: Uint8Array,
  prepared: PreparedTags,
  record: TagRecord,
): Promise<void> {
  const directory = await ensureCacheDirectory(cache, "tags", cloud);
  const json = join(directory, `${record.sha256}.json`);
  await replaceFile(json, bytes, WHAT);
  await replaceFile(indexPath(directory, record), prepared.encoded, WHAT);
  const before = cache === null ? null : await readManifest(cache, cloud);
  const previous =
    before == null || before.current.sha256 !== record.sha256 ? (before?.current ?? null) : before.previous;
  const manifest: TagManifest = { current: record, previous };
  await replaceFile(join(directory, MANIFEST), manifestText(manifest), WHAT);
  await tidy(directory, Date.parse(record.storedAt), (name) => isNamed(name, manifest));
}

/**
 * The tags of a cloud. Reads the compiled index alone when it is whole; else compiles the JSON again; else falls back to the file before
 * it; else there are none, and a note says why. Never throws.
 */
export async function loadTags(cache: CacheDirectory, cloud: Cloud): Promise<CachedTags> {
  const nothing = (...notes: string[]): CachedTags => ({ catalogue: null, record: null, notes });
  if (cache === null) return nothing();
  const manifest = await readManifest(cache, cloud);
  if (manifest === undefined) return nothing();
  const distrusted = await distrust(cache);
  if (distrusted !== null) return nothing(distrusted);
  if (manifest === null) return nothing(`the cached service tags are damaged and are ignored: ${UPDATE}`);
  const { current, previous } = manifest;
  const directory = tagDirectory(cache, cloud);
  const newest = await loadRecord(directory, current);
  if (newest !== null) return { catalogue: newest, record: current, notes: [] };
  const older = previous && (await loadRecord(directory, previous));
  if (older === null) {
    // two updates in a row may have tidied away what the manifest named a moment ago
    const now = await readManifest(cache, cloud);
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
  const catalogue = record && (await loadRecord(tagDirectory(cache, cloud), record));
  return catalogue ? { catalogue, record, notes: [] } : nothing(`the cached service tags are damaged: ${UPDATE}`);
}

async function loadRecord(directory: string, record: TagRecord): Promise<TagCatalogue | null> {
  const path = indexPath(directory, record);
  const encoded = await readCacheFile(path);
  const index = encoded && decodeIndex(encoded);
  if (index) return new TagCatalogue(index);
  const bytes = await readCacheFile(join(directory, `${record.sha256}.json`));
  if (bytes === null || sha256(bytes) !== record.sha256) return null;
  const prepared = prepareTags(bytes, record.file); // it was checked before it was stored, and is still the same
  await replaceFile(path, prepared.encoded, WHAT).catch(() => undefined); // a cache that cannot be written is only slower
  return new TagCatalogue(prepared.index);
}

function indexPath(directory: string, record: TagRecord): string {
  return join(directory, `${record.sha256}.index`);
}

function isNamed(name: string, { current, previous }: TagManifest): boolean {
  if (name === MANIFEST) return true;
  const stem = name.slice(0, name.indexOf("."));
  return stem === current.sha256 || stem === previous?.sha256;
}
