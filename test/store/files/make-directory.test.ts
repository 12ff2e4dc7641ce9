import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeDirectory } from "../../../src/store/files/make-cache-folder.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

describe("a directory that is made", () => {
  it("lies in others that are made with it, each for its owner alone", () => {
    const base = temporaryDirectory();
    const path = join(base, "a", "b", "c");
    for (let time = 0; time < 2; time++) makeDirectory(path);
    expect(readdirSync(base, { recursive: true })).toEqual(["a", join("a", "b"), join("a", "b", "c")]);
    if (process.platform !== "win32") expect(statSync(join(base, "a")).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["a file is in its place", "file", "EEXIST"],
    ["it would lie in a file", "file/x", "ENOTDIR"],
    ["a link to nowhere is in its place", "link", "ENOENT"],
  ])("is refused where %s", (_, inside, code) => {
    const base = temporaryDirectory();
    writeFileSync(join(base, "file"), "");
    symlinkSync("nowhere", join(base, "link"));
    expect(() => makeDirectory(join(base, inside))).toThrow(expect.objectContaining({ code }));
  });

  it("is found behind a link", () => {
    const base = temporaryDirectory();
    mkdirSync(join(base, "real"));
    symlinkSync("real", join(base, "x"));
    makeDirectory(join(base, "x", "y"));
    expect(existsSync(join(base, "real", "y"))).toBe(true);
  });

  it.skipIf(!existsSync("/proc/self"))("is refused at once where the system makes none, as in /proc", () => {
    expect(() => makeDirectory("/proc/nowhere/at/all")).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});
