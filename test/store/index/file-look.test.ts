import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isSettled, lookAt, lookOf } from "../../../src/store/index/file-look.ts";

const PATH = fileURLToPath(import.meta.url);
const found = statSync(PATH);

describe("how a file looks", () => {
  it.each([
    ["long after it changed", { ino: 7, mtimeMs: 0, ctimeMs: 0 }, true],
    ["just after its bytes changed", { ino: 7, mtimeMs: 9000, ctimeMs: 0 }, false],
    ["just after its inode changed", { ino: 7, mtimeMs: 0, ctimeMs: 9000 }, false],
    ["where the file system has no inodes", { ino: 0, mtimeMs: 0, ctimeMs: 0 }, false],
  ])("is settled or not %s", (_, stats, settled) => {
    expect(isSettled(lookOf(PATH, Object.assign(statSync(PATH), stats)), 10_000)).toBe(settled);
  });

  it("names the file by what the system tells, whichever path leads to it", () => {
    expect([lookAt(PATH)?.state, lookAt(PATH)?.look]).toEqual([lookOf("x", found).state, lookOf(PATH, found).look]);
    expect(lookOf("x", found).look).not.toBe(lookOf(PATH, found).look);
  });
});
