import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readCacheFile } from "./cache-file.ts";
import { makeDirectory } from "./make-directory.ts";
import { replaceAtOnce } from "./replace-at-once.ts";
import { checkPath } from "./trusted-path.ts";
import { UNFINISHED } from "./unfinished-file.ts";

/** The file that marks a folder as the cache's own. Its name and first line make backup programs skip the folder: https://bford.info/cachedir/ */
export const MARKER = "CACHEDIR.TAG";

const MARK = Buffer.from(
  "Signature: 8a477f597d28d172789f06886806bc55\n" +
    "# This folder is the cache of vnet-explain, which writes and deletes files here.\n" +
    "# It may be deleted at any time.\n",
);

/** Where the program's own folder is, or why there is none to work in. */
export type CacheFolder =
  /** It is marked, and no other user can change what lies there. `path` has no symbolic links. */
  | { readonly state: "ready"; readonly path: string }
  /** It does not exist yet, or is empty. */
  | { readonly state: "absent" }
  /** It must be left alone. */
  | { readonly state: "refused"; readonly code: "cache-foreign-owner" | "cache-foreign-files"; readonly why: string };

const refused = (code: "cache-foreign-owner" | "cache-foreign-files", why: string): CacheFolder => ({
  state: "refused",
  code,
  why,
});

const isMarked = (folder: string) => readCacheFile(join(folder, MARKER))?.equals(MARK) === true;

/** A mark that another process is writing, or was killed in. */
const isUnfinishedMark = (name: string) => UNFINISHED.test(name) && name.startsWith(`.${MARKER}.`);

/**
 * Looks at the folder, and changes nothing.
 * @throws what the system says.
 */
export function findCacheFolder(cache: string): CacheFolder {
  const { path, missing, problem } = checkPath(cache);
  if (problem !== null) return refused("cache-foreign-owner", problem);
  if (missing.length > 0) return { state: "absent" };
  if (isMarked(path)) return { state: "ready", path };
  const names = readdirSync(path);
  if (names.every(isUnfinishedMark)) return { state: "absent" };
  // Another process may have marked it a moment ago.
  if (names.includes(MARKER) && isMarked(path)) return { state: "ready", path };
  return refused("cache-foreign-files", `${path} holds other files, and no ${MARKER} of vnet-explain`);
}

/**
 * The folder, made and marked where it does not exist or is empty. Never gives "absent".
 * @throws what the system says.
 */
export function makeCacheFolder(cache: string): CacheFolder {
  const found = findCacheFolder(cache);
  if (found.state !== "absent") return found;
  const { path, missing } = checkPath(cache);
  const folder = join(path, ...missing);
  makeDirectory(folder);
  replaceAtOnce(join(folder, MARKER), [MARK]);
  return findCacheFolder(cache);
}
