import { promises, type Stats } from "node:fs";
import { dirname } from "node:path";
import { systemCode } from "./store-error.ts";
import { unfinishedBeside } from "./unfinished-file.ts";
import { writeError } from "./write-error.ts";

/** The file operations that a replacement is made of: those of Node, or one that fails on purpose. */
export type FileOperations = Pick<typeof promises, "open" | "rename" | "rm">;

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
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Replaces a file as one step: a reader sees the old bytes or the new ones, whole, whenever the process or the machine
 * stops. The bytes are on the disk before the name changes, unless `durable` is false. A symbolic link in the file's
 * place is replaced, never followed. Two writers do not disturb each other: the last rename wins.
 * @throws UserError on any failure; the old file is then untouched and nothing is left behind.
 */
export async function replaceFile(path: string, data: string | Uint8Array, options: ReplaceOptions): Promise<void> {
  const {
    what,
    mode = 0o600,
    like,
    durable = true,
    files = promises,
    platform = process.platform,
    wait = process.getBuiltinModule("node:timers/promises").setTimeout,
  } = options;
  const directory = dirname(path);
  const unfinished = unfinishedBeside(path);
  try {
    // "wx" is O_CREAT|O_EXCL: it never writes through a link that somebody put there
    const handle = await files.open(unfinished, "wx", mode);
    try {
      await handle.writeFile(data);
      if (like !== undefined && platform !== "win32") await makeLike(handle, like);
      if (durable) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path, { files, platform, wait });
  } catch (thrown) {
    await files.rm(unfinished, { force: true }).catch(() => undefined);
    throw writeError(thrown, what, path);
  }
  if (durable) await syncDirectory(directory, files, platform);
}

/** @throws what the system says, where this user may not give the file to its owner or group. */
async function makeLike(
  handle: promises.FileHandle,
  { uid, gid, mode }: Pick<Stats, "uid" | "gid" | "mode">,
): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid);
  await handle.chmod(mode & 0o7777); // last: chown clears some bits
}

/**
 * On Windows a rename fails while a virus scanner or a reader holds the target open, for a few milliseconds as a rule.
 */
async function rename(
  from: string,
  to: string,
  { files, platform, wait }: Required<Pick<ReplaceOptions, "files" | "platform" | "wait">>,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await files.rename(from, to);
      return;
    } catch (thrown) {
      const passing = platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(systemCode(thrown));
      if (!passing || attempt === 8) throw thrown;
      await wait(2 ** attempt);
    }
  }
}

/**
 * Makes the rename itself survive a power cut. Not every system lets a directory be opened or synced: the file is whole
 * without.
 */
async function syncDirectory(directory: string, files: FileOperations, platform: NodeJS.Platform): Promise<void> {
  if (platform === "win32") return;
  try {
    const handle = await files.open(directory, "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    return;
  }
}
