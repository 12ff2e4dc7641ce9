import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { unfinishedBeside } from "./unfinished-file.ts";

/**
 * Replaces a file by parts that are written one after the other, as one step, as `replaceFile` does, but without turns
 * of the event loop and without waiting until Windows lets go of a file that somebody holds open. For what can be made
 * again. `durable`: the bytes are on the disk before the file has its name.
 * @throws what the system says; the old file is then untouched.
 */
export function replaceAtOnce(
  path: string,
  parts: readonly Uint8Array[],
  { durable = false }: { readonly durable?: boolean } = {},
): void {
  const unfinished = unfinishedBeside(path);
  try {
    // "wx" is O_CREAT|O_EXCL: it never writes through a link that somebody put there
    const descriptor = openSync(unfinished, "wx", 0o600);
    try {
      for (const part of parts) {
        for (let at = 0; at < part.length; ) at += writeSync(descriptor, part, at);
      }
      if (durable) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, path);
  } catch (thrown) {
    try {
      rmSync(unfinished, { force: true });
    } catch {
      // `tidy` removes it later.
    }
    throw thrown;
  }
}
