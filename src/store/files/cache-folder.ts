import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readCacheFile } from "./cache-file.ts";
import { systemCode } from "./store-error.ts";
import { checkPath, directoryProblem } from "./trusted-path.ts";
import { isUnfinished } from "./unfinished-file.ts";

/**
 * The file that marks a folder as the cache's own. Its name and first line make backup programs skip the folder:
 * https://bford.info/cachedir/
 */
export const MARKER = "CACHEDIR.TAG";

/** In the cache: what Node compiles of the program. */
export const COMPILED = "compiled";

/** Its content. */
export const MARK = Buffer.from(
  "Signature: 8a477f597d28d172789f06886806bc55\n" +
    "# This folder is the cache of vnet-explain, which writes and deletes files here.\n" +
    "# It may be deleted at any time.\n",
);

/** A directory of the cache, or why it cannot be used. */
export type CacheFolder =
  /** It is the program's own, and no other user can change what lies there. `path` has no symbolic links. */
  | { readonly state: "ready"; readonly path: string }
  /** It does not exist yet, is empty, or cannot be read. */
  | { readonly state: "absent" }
  /** It must be left alone. */
  | { readonly state: "refused"; readonly code: RefusalCode; readonly why: string };

type RefusalCode = "cache-foreign-owner" | "cache-foreign-files";

const ABSENT: CacheFolder = { state: "absent" };
const refused = (code: RefusalCode, why: string): CacheFolder => ({ state: "refused", code, why });

/** A mark that another process is writing, or was killed in. */
const isUnfinishedMark = (name: string) => isUnfinished(name, (target) => target === MARKER);

const isMarked = (folder: string) => readCacheFile(join(folder, MARKER))?.equals(MARK) === true;

/**
 * Finds the cache's folder.
 * @throws what the system says.
 */
export function findFolder(cache: string): CacheFolder {
  const { path, missing, problem } = checkPath(cache);
  if (problem !== null) return refused("cache-foreign-owner", problem);
  if (missing.length > 0) return ABSENT;
  if (isMarked(path)) return { state: "ready", path };
  const names = readdirSync(path);
  if (names.every(isUnfinishedMark)) return ABSENT;
  // Another process may have marked it a moment ago.
  if (names.includes(MARKER) && isMarked(path)) return { state: "ready", path };
  return refused("cache-foreign-files", `${path} holds files that are not of the cache`);
}

/** A directory inside a directory of the cache; never behind a symbolic link. */
export function enter(folder: CacheFolder, name: string): CacheFolder {
  if (folder.state !== "ready") return folder;
  const path = join(folder.path, name);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return ABSENT;
  if (!found.isDirectory()) return refused("cache-foreign-files", `${path} is not a directory`);
  const problem = directoryProblem(path, found);
  return problem === null ? { state: "ready", path } : refused("cache-foreign-owner", problem);
}

/**
 * Finds the cache's folder, or a directory inside, and changes nothing. Cost: a system call for each part of the path,
 * and a small read.
 */
export function findCacheFolder(cache: string, ...inside: readonly string[]): CacheFolder {
  try {
    return inside.reduce(enter, findFolder(cache));
  } catch (thrown) {
    if (systemCode(thrown) === "") throw thrown;
    return ABSENT;
  }
}

/** Why the cache is ignored, as a note for the user; null where it is not. */
export function cacheProblem(folder: CacheFolder): string | null {
  return folder.state === "refused" ? `the cache is ignored: ${folder.why}; ${CACHE_HINT}` : null;
}

/** What to do about a cache that must be left alone. */
export const CACHE_HINT = "set VNET_EXPLAIN_CACHE to a directory of your own";
