import { closeSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { replaceAtOnce } from "../store/files/replace-at-once.ts";
import { UNFINISHED } from "../store/files/unfinished-file.ts";
import { decodeCode, encodeCode, type KeptCode } from "./code-file.ts";
import { areOwn, makeOwn } from "./own-directories.ts";
import type { CodeStore } from "./program-files.ts";

/** What nothing has been written to for so long belongs to a version that is gone. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Nobody writes for so long: who began the file was killed. */
const UNFINISHED_MS = 60 * 60 * 1000;

/**
 * The first run of a command is not like those that follow: it compiles tags, stamps what it read. So the functions of two later runs are added,
 * each some time after the one before.
 */
const RUNS = 3;
const APART_MS = 4000;

/** Larger than any compiled file of the program. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Compiled code in a directory of the cache. `version` tells everything that the code depends on besides its source; `path` tells which
 * functions run, e.g. the command. What cannot be read or written only costs time.
 */
export function codeDirectory(cache: string, version: string, path: string): CodeStore {
  const parent = join(cache, "code");
  const directory = join(parent, version);
  const file = (name: string) => join(directory, `${path}-${name}.code`);
  let trusted: boolean | null = null;
  let room = Buffer.alloc(0);
  /** Into the same memory as the file before, where it is large enough: bringing new memory in takes longer than reading. */
  const read = (from: string, size: number): Buffer => {
    if (size > room.length) room = Buffer.allocUnsafeSlow(size);
    const descriptor = openSync(from, "r");
    try {
      return room.subarray(0, readSync(descriptor, room, 0, size, 0));
    } finally {
      closeSync(descriptor);
    }
  };
  return {
    get(name) {
      trusted ??= areOwn(cache, parent, directory);
      if (!trusted) return null;
      try {
        // Looked at before opening: a named pipe would be waited for, a device read, for ever.
        const found = statSync(file(name));
        if (!found.isFile() || found.size > MOST_BYTES) return null;
        const kept = decodeCode(read(file(name), found.size));
        return kept && { ...kept, due: kept.runs < RUNS && Date.now() - found.mtimeMs > APART_MS };
      } catch {
        return null;
      }
    },
    put(name, kept: KeptCode) {
      try {
        if (!makeOwn(cache, parent, directory)) return;
        replaceAtOnce(file(name), encodeCode(kept));
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
    const kept = UNFINISHED.test(name) ? UNFINISHED_MS : KEPT_MS;
    if (Date.now() - statSync(path).mtimeMs > kept) rmSync(path, { recursive: true, force: true });
  }
}
