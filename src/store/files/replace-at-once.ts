import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { unfinishedBeside } from "./unfinished-file.ts";

/**
 * Replaces a file by parts that are written one after the other, as one step, as `replaceFile` does, but at once: without waiting until they are on
 * the disk, or until Windows lets go of a file that somebody holds open. For what is checked when it is read and can be made again.
 * @throws what the system says; the old file is then untouched.
 */
export function replaceAtOnce(path: string, parts: readonly Uint8Array[]): void {
  const unfinished = unfinishedBeside(path);
  try {
    // "wx" is O_CREAT|O_EXCL: it never writes through a link that somebody put there
    const descriptor = openSync(unfinished, "wx", 0o600);
    try {
      for (const part of parts) {
        for (let at = 0; at < part.length; ) at += writeSync(descriptor, part, at);
      }
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, path);
  } catch (thrown) {
    try {
      rmSync(unfinished, { force: true });
    } catch {
      // Who tidies up the directory finds it.
    }
    throw thrown;
  }
}
