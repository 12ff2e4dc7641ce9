import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CacheDirectory } from "./cache-directory.ts";
import { makeDirectory } from "./make-directory.ts";
import { StoreError } from "./store-error.ts";
import { isTrustedOwner } from "./trusted-path.ts";
import { writeError } from "./write-error.ts";

/**
 * A directory inside the cache, created with mode 0700 where it is missing.
 * @throws StoreError when there is no place for a cache, it cannot be created, or somebody else owns it.
 */
export function ensureCacheDirectory(cache: CacheDirectory, ...inside: readonly string[]): string {
  if (cache === null) {
    throw new StoreError(
      "cache-nowhere",
      "there is no place for the cache: HOME is not set",
      "set VNET_EXPLAIN_CACHE to a directory of your own",
    );
  }
  const directory = resolve(cache, ...inside);
  try {
    makeDirectory(directory);
    for (const each of new Set([cache, directory])) refuseForeignOwner(statSync(each).uid, each);
  } catch (thrown) {
    throw writeError(thrown, "the cache", directory);
  }
  return directory;
}

function refuseForeignOwner(owner: number, directory: string): void {
  if (isTrustedOwner(owner)) return;
  throw new StoreError(
    "cache-foreign-owner",
    `the cache directory belongs to another user (uid ${owner})\n  ${directory}`,
    "set VNET_EXPLAIN_CACHE to a directory of your own",
  );
}
