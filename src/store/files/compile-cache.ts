import { lstatSync, mkdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { cacheDirectory } from "./cache-directory.ts";
import { COMPILED } from "./cache-folder.ts";
import { makeCacheFolder } from "./make-cache-folder.ts";
import { systemCode } from "./store-error.ts";

/** The cache; null for a relative one, which may lie in a clone of a repository that brings code along. */
function absoluteCache(): string | null {
  const { VNET_EXPLAIN_CACHE: named = "" } = process.env;
  return named === "" || isAbsolute(named) ? cacheDirectory() : null;
}

/**
 * The directory in which Node may keep the program's compiled code (`module.enableCompileCache`), made where it is
 * missing. Null where another user could put code there: Node runs what it finds. Node makes directories of its own
 * inside, as the umask says, so this one must be closed to everybody else. Null on Windows, where that cannot be
 * checked.
 * https://nodejs.org/docs/latest/api/module.html#module-compile-cache
 */
export function compileCacheDirectory(cache: string | null = absoluteCache()): string | null {
  const user = process.geteuid?.();
  if (cache === null || user === undefined) return null;
  try {
    const folder = makeCacheFolder(cache);
    if (folder.state !== "ready") return null;
    const directory = join(folder.path, COMPILED);
    try {
      mkdirSync(directory, { mode: 0o700 });
    } catch (thrown) {
      if (systemCode(thrown) !== "EEXIST") return null;
    }
    const found = lstatSync(directory);
    return found.isDirectory() && found.uid === user && (found.mode & 0o077) === 0 ? directory : null;
  } catch {
    return null; // a cache that cannot be used only costs time
  }
}
