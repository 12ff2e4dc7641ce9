import { expect, it } from "vitest";
import { storeError } from "../../../src/store/files/store-error.ts";
import { writeError } from "../../../src/store/files/write-error.ts";

it.each<[system: string, code: string, why: string, hint: string]>([
  ["EROFS", "write-read-only", "the file system is read-only", "name a writable place"],
  ["ENOSPC", "write-disk-full", "the disk is full", "free some space; the old data is untouched"],
  ["EDQUOT", "write-disk-full", "the disk quota is used up", "free some space; the old data is untouched"],
  [
    "EFBIG",
    "write-disk-full",
    "the file size limit is reached",
    "raise the limit (ulimit -f); the old data is untouched",
  ],
  ["EACCES", "write-denied", "permission denied", "check who owns it, or choose another place"],
  ["EPERM", "write-denied", "the operation is not permitted", "check who owns it, or choose another place"],
  ["EBUSY", "write-denied", "another program holds it open", "close that program and run again"],
  ["ENOTDIR", "write-not-a-directory", "part of the path is a file, not a directory", "choose another place"],
  [
    "EEXIST",
    "write-not-a-directory",
    "there is a file where the directory should be",
    "remove it or choose another place",
  ],
  [
    "EISDIR",
    "write-not-a-directory",
    "there is a directory where the file should be",
    "remove it or choose another place",
  ],
  ["ENOENT", "write-not-a-directory", "the directory does not exist", "create it or choose another place"],
  ["EIO", "write-failed", "system error EIO", "check the disk"],
])("%s is %s: %s", (system, code, why, hint) => {
  const cause = Object.assign(new Error("it failed"), { code: system });
  const message = `cannot write the answer: ${why}\n  /p/f`;
  expect(writeError(cause, "the answer", "/p/f")).toMatchObject({ code, message, hint, cause });
});

it("an error that already says it stays unchanged, and one without a system's code is a bug", () => {
  const error = storeError("write-denied", "no", "try");
  expect(writeError(error, "the answer", "/p/f")).toBe(error);
  const bug = new TypeError("undefined is not a function");
  expect(() => writeError(bug, "the answer", "/p/f")).toThrow(bug);
});
