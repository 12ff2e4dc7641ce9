import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { UNFINISHED } from "./atomic-file.ts";

/** Younger files may belong to a process that is still writing. */
const GRACE = 60 * 60 * 1000;

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
