import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { UNFINISHED } from "./unfinished-file.ts";

/** Younger files may belong to a process that is still writing. */
const UNFINISHED_FOR = 60 * 60 * 1000;

function orNull<T>(call: () => T): T | null {
  try {
    return call();
  } catch {
    return null;
  }
}

/** The files of a directory with their age, newest first; empty where it cannot be read. */
export function filesByAge(directory: string): { readonly name: string; readonly modified: number }[] {
  const names = orNull(() => readdirSync(directory)) ?? [];
  return names
    .flatMap((name) => {
      const found = orNull(() => statSync(join(directory, name)));
      return found === null ? [] : [{ name, modified: found.mtimeMs }];
    })
    .sort((a, b) => b.modified - a.modified);
}

/**
 * Removes what is no longer needed: unfinished files that a killed process left, and those that `keep` refuses (`rank` counts the others,
 * newest first): the former once they are an hour old, the latter once they are as old as `grace` says, in milliseconds. Never fails: a file that
 * cannot be removed stays.
 */
export function tidy(
  directory: string,
  now: number,
  keep: (name: string, rank: number) => boolean,
  grace: number = UNFINISHED_FOR,
): void {
  let rank = 0;
  for (const { name, modified } of filesByAge(directory)) {
    const unfinished = UNFINISHED.test(name);
    const wanted = !unfinished && keep(name, rank++);
    if (!wanted && Math.abs(now - modified) > (unfinished ? UNFINISHED_FOR : grace))
      orNull(() => rmSync(join(directory, name), { force: true }));
  }
}
