import { resolve } from "node:path";
import type { CacheDirectory } from "./cache-directory.ts";
import { CACHE_HINT, type CacheFolder } from "./cache-folder.ts";
import { makeCacheFolder } from "./make-cache-folder.ts";
import { storeError } from "./store-error.ts";
import { writeError } from "./write-error.ts";

/**
 * The resolved path of a directory inside the cache, made with mode 0700 where it is missing.
 * @throws UserError if no cache directory is configured, it cannot be created, or it is not trusted.
 */
export function ensureCacheDirectory(cache: CacheDirectory, ...inside: readonly string[]): string {
  if (cache === null) {
    throw storeError("cache-nowhere", "no cache directory: HOME is not set", CACHE_HINT);
  }
  let folder: CacheFolder;
  try {
    folder = makeCacheFolder(cache, ...inside);
  } catch (thrown) {
    throw writeError(thrown, "the cache", resolve(cache, ...inside));
  }
  if (folder.state === "ready") return folder.path;
  const why = folder.state === "refused" ? folder.why : `${cache} was removed`;
  const code = folder.state === "refused" ? folder.code : "write-failed";
  throw storeError(code, `cannot write the cache\n  ${why}`, CACHE_HINT);
}
