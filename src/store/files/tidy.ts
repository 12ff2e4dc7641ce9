import { lstatSync, readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { COMPILED, findCacheFolder } from "./cache-folder.ts";
import { isUnfinished } from "./unfinished-file.ts";

/** Younger files may belong to a process that is still writing: an hour, in milliseconds. */
const UNFINISHED_FOR = 60 * 60 * 1000;

function orNull<T>(call: () => T): T | null {
  try {
    return call();
  } catch {
    return null;
  }
}

/** The names in a directory; none where it cannot be read. */
const namesIn = (directory: string): readonly string[] => orNull(() => readdirSync(directory)) ?? [];

/** The regular files of a directory with their age, newest first; empty where it cannot be read. */
export function filesByAge(directory: string): { readonly name: string; readonly modified: number }[] {
  return namesIn(directory)
    .flatMap((name) => {
      const found = orNull(() => lstatSync(join(directory, name)));
      return found?.isFile() ? [{ name, modified: found.mtimeMs }] : [];
    })
    .sort((a, b) => b.modified - a.modified);
}

/** Which files of a directory are removed. */
export interface TidyRules {
  /** The names of the files that the program makes there. No other file is touched. */
  readonly names: RegExp;
  /** Whether a file is kept; `rank` counts those of that name pattern, newest first. */
  readonly keep: (name: string, rank: number) => boolean;
  /** How old a file must be that is not kept, in milliseconds; an hour by default. */
  readonly grace?: number;
}

/**
 * Removes files that are no longer needed from a directory that `findCacheFolder` or `makeCacheFolder` gave, and
 * unfinished ones that are an hour old, which a killed process left. Removes regular files only, one by one. Never
 * fails: a file that cannot be removed stays.
 */
export function tidy(directory: string, now: number, { names, keep, grace = UNFINISHED_FOR }: TidyRules): void {
  removeUnfinished(directory, now, (target) => names.test(target));
  const files = filesByAge(directory).filter(({ name }) => names.test(name));
  for (const [rank, { name, modified }] of files.entries()) {
    if (!keep(name, rank) && Math.abs(now - modified) > grace) orNull(() => unlinkSync(join(directory, name)));
  }
}

/**
 * Removes the unfinished files, an hour old, of the targets that `isTarget` accepts. Never fails. Cost: lists the
 * directory.
 */
export function removeUnfinished(directory: string, now: number, isTarget: (name: string) => boolean): void {
  for (const name of namesIn(directory)) {
    if (!isUnfinished(name, isTarget)) continue;
    const found = orNull(() => lstatSync(join(directory, name)));
    if (!found?.isFile() || Math.abs(now - found.mtimeMs) <= UNFINISHED_FOR) continue;
    orNull(() => unlinkSync(join(directory, name)));
  }
}

/** Node's directory for one version, architecture and user: https://nodejs.org/api/module.html#module-compile-cache */
const NODE_DIRECTORY = /^v\d+\.\d+\.\d+(?:[a-z_.][\w.]*)?-[a-z\d]+-[0-9a-f]{8}-\d+$/;

/** Node names a file by a checksum of the path of the code. */
const NODE_FILE = /^[0-9a-f]{8}$/;

/** Older compiled code is of a version that is gone, or Node makes it again: three months, in milliseconds. */
const COMPILED_FOR = 90 * 24 * 60 * 60 * 1000;

/** Removes old files that Node keeps in the cache as compiled code; Node itself never does. Never fails. */
export function tidyCompiled(cache: string, now: number): void {
  const compiled = findCacheFolder(cache, COMPILED);
  if (compiled.state !== "ready") return;
  for (const name of namesIn(compiled.path).filter((each) => NODE_DIRECTORY.test(each))) {
    const folder = findCacheFolder(cache, COMPILED, name);
    if (folder.state === "ready") tidy(folder.path, now, { names: NODE_FILE, keep: () => false, grace: COMPILED_FOR });
  }
}
