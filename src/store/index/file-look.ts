import { type Stats, statSync } from "node:fs";

/** In the cache: what is known of index files while they look the same. */
export const STAMPS = "stamps";

/** What tells one state of a file from another without opening it. */
export interface Look {
  /** The path and its state. */
  readonly look: string;
  /** Device, inode, size and times, as they can stand in a name: nothing is hashed for it. */
  readonly state: string;
  /** When it changed last, milliseconds since 1970; infinity where the file system has no inodes to tell files by. */
  readonly changed: number;
  /** Which file it is, whatever is written to it. */
  readonly identity: string;
}

/** How the file looks now; null for what is no plain file. */
export function lookAt(path: string): Look | null {
  try {
    const found = statSync(path);
    return found.isFile() ? lookOf(path, found) : null;
  } catch {
    return null;
  }
}

/** The same, of a file of which that is known already. */
export function lookOf(path: string, { dev, ino, size, mtimeMs, ctimeMs }: Stats): Look {
  const identity = `${dev}-${ino}`;
  const state = [identity, size, mtimeMs, ctimeMs].join("-");
  return {
    look: `${path} ${state}`,
    changed: ino === 0 ? Number.POSITIVE_INFINITY : Math.max(mtimeMs, ctimeMs),
    state,
    identity,
  };
}

/** A file that changed this shortly before it was looked at may change again within the same tick of its clock. */
const SETTLED = 2000;

/** Whether a later change will show: at that time, milliseconds since 1970. */
export function isSettled({ changed }: Look, now: number): boolean {
  return now - changed > SETTLED;
}
