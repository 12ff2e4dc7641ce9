import { join } from "node:path";
import { TagCatalogue } from "../service-tags/tag-catalogue.ts";
import type { TagIndex } from "../service-tags/tag-index.ts";
import type { CacheDirectory } from "./cache-directory.ts";
import { distrust, readCacheJson } from "./cache-file.ts";
import { type Look, lookAt } from "./file-look.ts";
import { readIndex } from "./read-index.ts";
import { INDEXES, STAMPS, stampedKey } from "./tag-file-stamp.ts";

/**
 * The tags of a ServiceTags file that the user named. The compiled form is kept in the cache: found again by path, size and times, or, where
 * those leave a doubt, by the content's SHA-256. A cache that cannot be read or written only costs time.
 * @throws InputFileError, TagFileError
 */
export async function loadTagFile(
  cache: CacheDirectory,
  path: string,
  now: number = Date.now(),
): Promise<TagCatalogue> {
  const trusted = cache !== null && distrust(cache) === null ? cache : null;
  const seen = lookAt(path);
  const known = trusted !== null && seen !== null ? await stampedIndex(trusted, seen, now) : null;
  if (known !== null) return new TagCatalogue(known);
  const { compileTagFile } = await import("./compile-tag-file.ts");
  return new TagCatalogue(await compileTagFile(trusted, path, seen, now));
}

async function stampedIndex(cache: string, seen: Look, now: number): Promise<TagIndex | null> {
  const key = stampedKey(readCacheJson(join(cache, STAMPS, seen.name)), seen);
  return key === "" ? null : readIndex(cache, join(cache, INDEXES, `${key}.index`), now);
}
