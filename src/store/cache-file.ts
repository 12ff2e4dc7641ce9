import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { UNFINISHED } from "./atomic-file.ts";
import { isTrustedOwner } from "./cache-directory.ts";

/** Larger than anything that the program stores. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Younger files may belong to a process that is still writing. */
const GRACE = 60 * 60 * 1000;

/** A file of the cache, or null where there is none that can be read (missing, not a plain file, absurdly large, no permission). */
export async function readCacheFile(path: string): Promise<Uint8Array | null> {
  try {
    const found = await stat(path); // before opening: opening a named pipe would wait for ever
    return found.isFile() && found.size <= MOST_BYTES ? await readFile(path) : null;
  } catch {
    return null;
  }
}

/** A JSON file of the cache: undefined where there is none, null where it cannot be parsed. */
export async function readCacheJson(path: string): Promise<unknown> {
  const bytes = await readCacheFile(path);
  if (bytes === null) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** Why the cache must not be believed, or null. A cache that is not there is fine. */
export async function distrust(cache: string): Promise<string | null> {
  const owner = await stat(cache).then(
    (found) => found.uid,
    () => null,
  );
  if (owner === null || isTrustedOwner(owner)) return null;
  return `the cache is ignored: ${cache} belongs to another user (uid ${owner}); set VNET_EXPLAIN_CACHE to a directory of your own`;
}

/** The files of a directory with their age, newest first; empty where it cannot be read. */
export async function filesByAge(directory: string): Promise<{ readonly name: string; readonly modified: number }[]> {
  const names = await readdir(directory).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => ({
      name,
      modified: (await stat(join(directory, name)).catch(() => null))?.mtimeMs ?? null,
    })),
  );
  return found
    .flatMap(({ name, modified }) => (modified === null ? [] : [{ name, modified }]))
    .sort((a, b) => b.modified - a.modified);
}

/**
 * Removes what is no longer needed: unfinished files that a killed process left, and those that `keep` refuses (`rank` counts the others,
 * newest first), once they are an hour old. Never fails: a file that cannot be removed stays.
 */
export async function tidy(
  directory: string,
  now: number,
  keep: (name: string, rank: number) => boolean,
): Promise<void> {
  let rank = 0;
  for (const { name, modified } of await filesByAge(directory)) {
    const wanted = !UNFINISHED.test(name) && keep(name, rank++);
    if (!wanted && Math.abs(now - modified) > GRACE)
      await rm(join(directory, name), { force: true }).catch(() => undefined);
  }
}
