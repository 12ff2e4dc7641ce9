import { join } from "node:path";
import { encodeIndex } from "../../service-tags/index/index-file.ts";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { ensureCacheDirectory } from "../files/ensure-cache-directory.ts";
import { replaceFile } from "../files/replace-file.ts";
import { tidy } from "../files/tidy.ts";
import type { PreparedTags } from "../index/prepare-tags.ts";
import type { Cloud } from "./clouds.ts";
import {
  indexPath,
  jsonPath,
  MANIFEST,
  manifestText,
  readManifest,
  TAG_FILES,
  type TagManifest,
  type TagRecord,
  tagDirectory,
} from "./manifest.ts";

const WHAT = { what: "the cache" };

/*
 * A cloud's directory holds files named by the SHA-256 of their JSON (`<sha256>.json`, `<sha256>.index`), which never
 * change, and one manifest that names those in use. The manifest is replaced last and as one step, so a reader finds
 * the files that it names, whole, at any moment and with any number of writers. No lock is needed, and so none can be
 * left behind by a process that was killed.
 */

/**
 * Stores a tag file and its index, makes it the current one and keeps the one before it.
 * @throws UserError; what was current before is then still current.
 */
export function storeTags(
  cache: CacheDirectory,
  cloud: Cloud,
  bytes: Uint8Array,
  prepared: PreparedTags,
  record: TagRecord,
): void {
  const directory = ensureCacheDirectory(cache, ...tagDirectory(cloud));
  replaceFile(jsonPath(directory, record), bytes, WHAT);
  replaceFile(indexPath(directory, record), encodeIndex(prepared.index, record.sha256), WHAT);
  const before = readManifest(directory);
  const previous =
    before == null || before.current.sha256 !== record.sha256 ? (before?.current ?? null) : before.previous;
  const manifest: TagManifest = { current: record, previous };
  replaceFile(join(directory, MANIFEST), manifestText(manifest), WHAT);
  tidy(directory, Date.parse(record.storedAt), { names: TAG_FILES, keep: (name) => isNamed(name, manifest) });
}

function isNamed(name: string, { current, previous }: TagManifest): boolean {
  if (name === MANIFEST) return true;
  const stem = name.slice(0, name.indexOf("."));
  return stem === current.sha256 || stem === previous?.sha256;
}
