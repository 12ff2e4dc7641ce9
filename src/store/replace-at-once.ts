import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { unfinishedBeside } from "./unfinished-file.ts";

/**
 * Replaces a file by parts that are written one after the other, as one step, as `replaceFile` does, but at once, and not waiting until they are on
 * the disk: for what is checked when it is read and can be made again.
 * @throws what the system says; the old file is then untouched and nothing is left behind.
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
    rmSync(unfinished, { force: true });
    throw thrown;
  }
}
