import type { UserError } from "../../text/user-error.ts";
import { isStoreError, type StoreErrorCode, storeError, systemCode } from "./store-error.ts";

const KNOWN: Readonly<Record<string, readonly [code: StoreErrorCode, why: string, hint: string]>> = {
  EROFS: ["write-read-only", "the file system is read-only", "name a writable place"],
  ENOSPC: ["write-disk-full", "the disk is full", "free some space; the old data is untouched"],
  EDQUOT: ["write-disk-full", "the disk quota is used up", "free some space; the old data is untouched"],
  EFBIG: [
    "write-disk-full",
    "the file size limit is reached",
    "raise the limit (ulimit -f); the old data is untouched",
  ],
  EACCES: ["write-denied", "permission denied", "check who owns it, or name another place"],
  EPERM: ["write-denied", "the operation is not permitted", "check who owns it, or name another place"],
  EBUSY: ["write-denied", "another program holds it open", "close that program and run again"],
  ENOTDIR: ["write-not-a-directory", "part of the path is a file, not a directory", "name another place"],
  EEXIST: ["write-not-a-directory", "there is a file where the directory should be", "remove it or name another place"],
  EISDIR: ["write-not-a-directory", "there is a directory where the file should be", "remove it or name another place"],
  ENOENT: ["write-not-a-directory", "the directory does not exist", "create it or name another place"],
};

/**
 * The error to show for a failed write: what (`the cache`, `the saved answer`), why by the system's code, and the path
 * on a line of its own. A UserError passes through unchanged.
 */
export function writeError(thrown: unknown, what: string, path: string): UserError<StoreErrorCode> {
  if (isStoreError(thrown)) return thrown;
  const code = systemCode(thrown);
  if (code === "") throw thrown; // a bug
  const [kind, why, hint] = KNOWN[code] ?? ["write-failed", `the system says ${code}`, "check the disk"];
  return storeError(kind, `cannot write ${what}: ${why}\n  ${path}`, hint, { cause: thrown });
}
