import { isUtf8 } from "node:buffer";
import { closeSync, fstatSync, openSync, readFileSync, type Stats, statSync } from "node:fs";
import { isTrustedOwner } from "./cache-directory.ts";

/*
 * The cache is read without turns of the event loop: nothing else could be done meanwhile, and each turn costs more than the read.
 */

/** Larger than anything that the program stores. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * A file of the cache, or null where there is none that can be read (missing, not a plain file, absurdly large, no permission) or believed:
 * in a directory that everybody may write, such as /tmp, anybody could have put it there.
 */
export function readCacheFile(path: string): Buffer | null {
  try {
    // looked at before opening: opening a named pipe would wait for ever
    return isBelieved(statSync(path)) ? readFileSync(path) : null;
  } catch {
    return null;
  }
}

/** The same file opened, for who reads parts of it: its descriptor, and what it is. */
export function openCacheFile(path: string): { readonly descriptor: number; readonly stats: Stats } | null {
  try {
    if (!isBelieved(statSync(path))) return null;
    const descriptor = openSync(path, "r");
    const stats = fstatSync(descriptor); // another one may have taken its place
    if (isBelieved(stats)) return { descriptor, stats };
    closeSync(descriptor);
    return null;
  } catch {
    return null;
  }
}

function isBelieved(found: Stats): boolean {
  return found.isFile() && found.size <= MOST_BYTES && isTrustedOwner(found.uid);
}

/** A JSON file of the cache: undefined where there is none, null where it cannot be parsed. */
export function readCacheJson(path: string): unknown {
  const bytes = readCacheFile(path);
  if (bytes === null) return undefined;
  try {
    return isUtf8(bytes) ? JSON.parse(bytes.toString()) : null; // making a TextDecoder takes longer than all of this
  } catch {
    return null;
  }
}

/** Why the cache must not be believed, or null. A cache that is not there is fine. */
export function distrust(cache: string): string | null {
  const owner = ownerOf(cache);
  if (owner === null || isTrustedOwner(owner)) return null;
  return `the cache is ignored: ${cache} belongs to another user (uid ${owner}); set VNET_EXPLAIN_CACHE to a directory of your own`;
}

function ownerOf(path: string): number | null {
  try {
    return statSync(path).uid;
  } catch {
    return null;
  }
}
