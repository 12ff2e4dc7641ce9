import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { isTrustedOwner } from "./trusted-path.ts";

/*
 * The cache is read without turns of the event loop: nothing else could be done meanwhile, and each turn costs more
 * than the read.
 */

/** Larger than anything that the program stores. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Never through a symbolic link, and never waiting for a named pipe. Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * A file of the cache, or null: missing, no permission, not a plain file, too large, owned by another user, or writable
 * by one.
 */
export function readCacheFile(path: string): Buffer | null {
  const opened = openCacheFile(path);
  if (opened === null) return null;
  try {
    return readFileSync(opened.descriptor);
  } catch {
    return null;
  } finally {
    closeRead(opened.descriptor);
  }
}

/** Closes a file that was only read: whether that fails makes no difference. */
export function closeRead(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // what was read is whole
  }
}

/** The same file, opened to read parts of it: its descriptor and its stats. */
export function openCacheFile(path: string): { readonly descriptor: number; readonly stats: Stats } | null {
  try {
    const descriptor = openSync(path, FLAGS);
    const stats = fstatSync(descriptor); // of what is open: another file may have taken its place
    if (isBelieved(stats)) return { descriptor, stats };
    closeRead(descriptor);
    return null;
  } catch {
    return null;
  }
}

function isBelieved(found: Stats): boolean {
  const isClosedToOthers = process.platform === "win32" || (found.mode & 0o022) === 0;
  return found.isFile() && found.size <= MOST_BYTES && isTrustedOwner(found.uid) && isClosedToOthers;
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
