import type { StoreErrorCode } from "./store-error.ts";

/** What the system's error codes mean where something is written. */
export const WRITING: Readonly<Record<string, readonly [code: StoreErrorCode, why: string, hint: string]>> = {
  EROFS: ["write-read-only", "the file system is read-only", "name a writable place"],
  ENOSPC: ["write-disk-full", "the disk is full", "free some space; the old data is untouched"],
  EDQUOT: ["write-disk-full", "the disk quota is used up", "free some space; the old data is untouched"],
  EFBIG: [
    "write-disk-full",
    "the file size limit is reached",
    "raise the limit (ulimit -f); the old data is untouched",
  ],
  EACCES: ["write-denied", "permission denied", "check who owns it, or choose another place"],
  EPERM: ["write-denied", "the operation is not permitted", "check who owns it, or choose another place"],
  EBUSY: ["write-denied", "another program holds it open", "close that program and run again"],
  ENOTDIR: ["write-not-a-directory", "part of the path is a file, not a directory", "choose another place"],
  EEXIST: [
    "write-not-a-directory",
    "there is a file where the directory should be",
    "remove it or choose another place",
  ],
  EISDIR: [
    "write-not-a-directory",
    "there is a directory where the file should be",
    "remove it or choose another place",
  ],
  ENOENT: ["write-not-a-directory", "the directory does not exist", "create it or choose another place"],
};

/** What is read: a file that the user named, a folder of them, a snapshot's directory, or a part of it. */
type Readable = "file" | "folder" | "snapshot" | "part";

type Reason = readonly [why: string, hint: string];

const DENIED = "no permission to read it";

const OF_DENIED: Readonly<Record<Readable, Reason>> = {
  file: [DENIED, "give yourself read permission, or pipe it in: ... | vnet-explain ... --file -"],
  folder: [DENIED, "give yourself permission to read the folder and enter it"],
  snapshot: [DENIED, "give yourself permission to read the directory and enter it"],
  part: [DENIED, "give yourself read permission, or read a copy"],
};

/** What they mean where something is read. Any other means that it cannot be read. */
const READING: Readonly<Record<string, Partial<Readonly<Record<Readable, Reason>>>>> = {
  EACCES: OF_DENIED,
  EPERM: OF_DENIED,
  EISDIR: { file: ["it is a directory", "give a file in it"] },
  ENOENT: {
    file: ["no such file", "check the path"],
    folder: ["no such directory", "check the path"],
    snapshot: ["no such directory", "check the path"],
  },
  ENOTDIR: {
    file: ["no such file", "check the path"],
    folder: ["it is a file, not a directory", "give a file without --snapshot"],
  },
};

const CHECK: Readonly<Record<Readable, string>> = {
  file: "copy the file elsewhere and give the copy, or check the path",
  folder: "check the path and its permissions",
  snapshot: "check the path",
  part: "check the path and the disk",
};

/** Why something cannot be read, by the system's code, and what to do. `code`: or other words that say why. */
export function whyUnreadable(code: string, what: Readable): Reason {
  return READING[code]?.[what] ?? [`it cannot be read (${code})`, CHECK[what]];
}
