import type { Stats } from "node:fs";
import * as nodeFiles from "node:fs";
import { dirname } from "node:path";
import { systemCode } from "./store-error.ts";
import { unfinishedBeside } from "./unfinished-file.ts";
import { writeError } from "./write-error.ts";

/** The file operations of a replacement: those of Node, or in a test some that fail. */
export interface FileOperations
  extends Pick<
    typeof nodeFiles,
    "openSync" | "fstatSync" | "fchownSync" | "fchmodSync" | "fsyncSync" | "closeSync" | "renameSync" | "rmSync"
  > {
  /** Writes some of the bytes from `at` on, and returns how many. */
  writeSync(descriptor: number, bytes: Uint8Array, at: number): number;
}

export interface ReplaceOptions {
  /** What is being written, for the error: `the cache`, `the saved answer`. */
  readonly what: string;
  /** Permission bits of a new file, less the umask. */
  readonly mode?: number;
  /** A file whose owner, group and permission bits the new file gets. */
  readonly like?: Pick<Stats, "uid" | "gid" | "mode"> | undefined;
  /** False for data that can be made again: does not wait until the bytes are on the disk. */
  readonly durable?: boolean;
  readonly files?: FileOperations;
  readonly platform?: NodeJS.Platform;
  /** Waits for this many milliseconds. */
  readonly wait?: (milliseconds: number) => void;
}

/**
 * Replaces a file as one step: a reader sees the old bytes or the new ones, whole, whenever the process or the machine
 * stops. The bytes are on the disk before the name changes, unless `durable` is false. A symbolic link in the file's
 * place is replaced, never followed. Two writers do not disturb each other: the last rename wins. Blocks until the file
 * is replaced: the program has nothing else to do meanwhile.
 * @throws UserError on any failure; the old file is then untouched and nothing is left behind.
 */
export function replaceFile(
  path: string,
  data: string | Uint8Array | Iterable<Uint8Array>,
  options: ReplaceOptions,
): void {
  const { what, mode = 0o600, like, durable = true, files = nodeFiles, platform = process.platform } = options;
  const unfinished = unfinishedBeside(path);
  try {
    // "wx" is O_CREAT|O_EXCL: it never writes through a link that somebody put there
    const descriptor = files.openSync(unfinished, "wx", mode);
    try {
      for (const part of partsOf(data)) {
        for (let at = 0; at < part.length; ) at += files.writeSync(descriptor, part, at);
      }
      if (like !== undefined && platform !== "win32") makeLike(descriptor, like, files);
      if (durable) files.fsyncSync(descriptor);
    } finally {
      files.closeSync(descriptor);
    }
    rename(unfinished, path, { files, platform, wait: options.wait ?? block });
  } catch (thrown) {
    try {
      files.rmSync(unfinished, { force: true });
    } catch {
      // `tidy` removes it later.
    }
    throw writeError(thrown, what, path);
  }
  if (durable) syncDirectory(dirname(path), files, platform);
}

function partsOf(data: string | Uint8Array | Iterable<Uint8Array>): Iterable<Uint8Array> {
  if (typeof data === "string") return [Buffer.from(data)];
  return data instanceof Uint8Array ? [data] : data;
}

function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** @throws the system's error, where this user may not give the file to its owner or group. */
function makeLike(
  descriptor: number,
  { uid, gid, mode }: Pick<Stats, "uid" | "gid" | "mode">,
  files: FileOperations,
): void {
  const own = files.fstatSync(descriptor);
  if (own.uid !== uid || own.gid !== gid) files.fchownSync(descriptor, uid, gid);
  files.fchmodSync(descriptor, mode & 0o7777); // last: chown clears some bits
}

/**
 * On Windows a rename fails while a virus scanner or a reader holds the target open, for a few milliseconds as a rule.
 */
function rename(
  from: string,
  to: string,
  { files, platform, wait }: Required<Pick<ReplaceOptions, "files" | "platform" | "wait">>,
): void {
  for (let attempt = 0; ; attempt++) {
    try {
      files.renameSync(from, to);
      return;
    } catch (thrown) {
      const passing = platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(systemCode(thrown));
      if (!passing || attempt === 8) throw thrown;
      wait(2 ** attempt);
    }
  }
}

/**
 * Makes the rename itself survive a power cut. Not every system lets a directory be opened or synced: the file is whole
 * without.
 */
function syncDirectory(directory: string, files: FileOperations, platform: NodeJS.Platform): void {
  if (platform === "win32") return;
  try {
    const descriptor = files.openSync(directory, "r");
    try {
      files.fsyncSync(descriptor);
    } finally {
      files.closeSync(descriptor);
    }
  } catch {
    return;
  }
}
