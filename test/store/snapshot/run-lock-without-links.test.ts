import fs, { readdirSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RunLock } from "../../../src/store/snapshot/run-lock.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

/** Why the file system makes no hard link. */
const refusal = { code: "" };

const { linkSync } = fs;
beforeAll(() => {
  fs.linkSync = () => {
    throw Object.assign(new Error("no link"), refusal);
  };
  syncBuiltinESMExports();
});
afterAll(() => {
  fs.linkSync = linkSync;
  syncBuiltinESMExports();
});

it.each(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"])(
  "where the file system has no hard links (%s), the directory is still held by one run",
  (code) => {
    refusal.code = code;
    const directory = temporaryDirectory();
    const lock = new RunLock(directory);
    expect(readdirSync(directory)).toEqual(["run.lock"]);
    expect(() => new RunLock(directory)).toThrow(expect.objectContaining({ code: "snapshot-locked" }));
    lock.check();
    lock.release();
    expect(readdirSync(directory)).toEqual([]);
  },
);

it("where the file system has no hard links and the disk fails, no run begins, and nothing is left", () => {
  refusal.code = "EPERM";
  const directory = temporaryDirectory();
  const before = patchFiles({
    openSync: (path, ...rest) => {
      if (path === join(directory, "run.lock")) throw systemError("EIO");
      return before.openSync(path, ...rest);
    },
  });
  expect(() => new RunLock(directory)).toThrow(expect.objectContaining({ code: "write-failed" }));
  expect(readdirSync(directory)).toEqual([]);
});

it.each([
  ["EIO", "write-failed"],
  ["ENOSPC", "write-disk-full"],
])("where a link fails for another reason (%s), no run begins, and nothing is left", (code, expected) => {
  refusal.code = code;
  const directory = temporaryDirectory();
  expect(() => new RunLock(directory)).toThrow(expect.objectContaining({ code: expected }));
  expect(readdirSync(directory)).toEqual([]);
});
