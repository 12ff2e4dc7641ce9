import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeCode, encodeCode } from "./code-file.ts";
import { areOwn, makeOwn } from "./own-directories.ts";
import type { CodeStore } from "./program-files.ts";

/** What nothing has been written to for so long belongs to a version that is gone. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Compiled code in a directory of the cache. `version` tells everything that the code depends on besides its source; `path` tells which
 * functions run, e.g. the command. What cannot be read or written only costs time.
 */
export function codeDirectory(cache: string, version: string, path: string): CodeStore {
  const parent = join(cache, "code");
  const directory = join(parent, version);
  const file = (name: string) => join(directory, `${path}-${name}.code`);
  let trusted: boolean | null = null;
  return {
    get(name) {
      trusted ??= areOwn(cache, parent, directory);
      if (!trusted) return null;
      try {
        return decodeCode(readFileSync(file(name)));
      } catch {
        return null;
      }
    },
    put(name, code) {
      try {
        if (!makeOwn(cache, parent, directory)) return;
        const unfinished = `${file(name)}.${process.pid}.tmp`;
        writeFileSync(unfinished, encodeCode(code), { mode: 0o600, flag: "wx" });
        renameSync(unfinished, file(name));
        removeOld(parent);
        removeOld(directory);
      } catch {
        // A cache that cannot be written is only slower.
      }
    },
  };
}

function removeOld(directory: string): void {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
}
