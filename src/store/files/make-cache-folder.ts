import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CacheFolder, enter, findFolder, MARK, MARKER } from "./cache-folder.ts";
import { replaceFile } from "./replace-file.ts";
import { systemCode } from "./store-error.ts";
import { checkPath } from "./trusted-path.ts";

/**
 * Finds the cache's folder, or a directory inside. Makes and marks the folder where it does not exist or is empty, and
 * makes the directories inside. Gives "absent" only where somebody removes it meanwhile.
 * @throws what the system says.
 */
export function makeCacheFolder(cache: string, ...inside: readonly string[]): CacheFolder {
  let folder = findFolder(cache);
  if (folder.state === "absent") {
    makeDirectory(cache); // fails at a link to nowhere
    const { path, missing, problem } = checkPath(cache);
    if (problem === null && missing.length === 0)
      replaceFile(join(path, MARKER), MARK, { what: "the cache", durable: false });
    folder = findFolder(cache);
  }
  for (const name of inside) {
    if (folder.state !== "ready") return folder;
    try {
      mkdirSync(join(folder.path, name), { mode: 0o700 });
    } catch (thrown) {
      if (systemCode(thrown) !== "EEXIST") throw thrown;
    }
    folder = enter(folder, name);
  }
  return folder;
}

/**
 * Creates a directory and its parents with mode 0700; does nothing if it exists. `mkdirSync` with `recursive` would
 * never return if the system reports ENOENT in an existing directory, as /proc does (observed with Node 20 to 26).
 * @throws the system's error.
 */
export function makeDirectory(path: string): void {
  const parent = dirname(path);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    const code = systemCode(thrown);
    if (code === "ENOENT" && parent !== path) {
      makeDirectory(parent);
      mkdirSync(path, { mode: 0o700 });
    } else if (code !== "EEXIST" || !statSync(path).isDirectory()) throw thrown;
  }
}
