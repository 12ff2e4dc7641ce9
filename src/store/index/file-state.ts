import { statSync } from "node:fs";

/** The state of a file, read without opening it. */
export interface FileState {
  /** Device, inode, size and times, as part of a file name: nothing is hashed. */
  readonly name: string;
  /** When it changed last, milliseconds since 1970; infinity where the file system has no inodes to tell files by. */
  readonly changed: number;
}

/** Returns the current state of the file; null if it is not a regular file. */
export function fileState(path: string): FileState | null {
  try {
    const found = statSync(path);
    if (!found.isFile()) return null;
    const { dev, ino, size, mtimeMs, ctimeMs } = found;
    const changed = ino === 0 ? Number.POSITIVE_INFINITY : Math.max(mtimeMs, ctimeMs);
    return { name: [dev, ino, size, mtimeMs, ctimeMs].join("-"), changed };
  } catch {
    return null;
  }
}

/** A file that changed this shortly before may change again within the same tick of its clock, in milliseconds. */
const SETTLED = 2000;

/** Whether a later change will show, at that time, milliseconds since 1970. */
export function isSettled({ changed }: FileState, now: number): boolean {
  return now - changed > SETTLED;
}
