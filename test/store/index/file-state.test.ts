import { mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileState, isSettled } from "../../../src/store/index/file-state.ts";
import { patchFiles } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

describe("the state of a file", () => {
  const file = () => {
    const path = join(temporaryDirectory(), "tags.json");
    writeFileSync(path, "{}");
    return path;
  };

  it.each([
    ["long after it changed", 0, true],
    ["more than two seconds after it changed", 7999, true],
    ["two seconds after it changed", 8000, false],
    ["just after it changed", 9000, false],
    ["where the file system has no inodes", Number.POSITIVE_INFINITY, false],
  ])("is settled or not %s", (_, changed, settled) => {
    expect(isSettled({ name: "", changed }, 10_000)).toBe(settled);
  });

  it("has the time of the last change, of its bytes or of its inode", () => {
    const path = file();
    utimesSync(path, 1, 1);
    expect(fileState(path)?.changed).toBe(statSync(path).ctimeMs);
    utimesSync(path, 4e9, 4e9);
    expect(fileState(path)?.changed).toBe(4e12);
  });

  it("is named by its device, its inode, its size and its times", () => {
    const path = file();
    const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path);
    const name = `${dev}-${ino}-${size}-${mtimeMs}-${ctimeMs}`;
    expect(fileState(path)).toEqual({ name, changed: Math.max(mtimeMs, ctimeMs) });
  });

  it("never settles where the file system has no inodes", () => {
    const path = file();
    const found = Object.assign(statSync(path), { ino: 0 });
    patchFiles({ statSync: (() => found) as never });
    expect(fileState(path)?.changed).toBe(Number.POSITIVE_INFINITY);
  });

  it("is the same by whichever path, and another after each change", () => {
    const path = file();
    const before = fileState(path);
    symlinkSync(path, `${path}.link`);
    expect(fileState(`${path}.link`)).toEqual(before);
    writeFileSync(path, "{ }");
    expect(fileState(path)?.name).not.toBe(before?.name);
  });

  it("is none where there is no regular file", () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "dir"));
    for (const name of ["none", "dir"]) expect(fileState(join(directory, name))).toBeNull();
  });
});
