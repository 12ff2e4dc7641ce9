import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { saveFile } from "../../../src/store/files/save-file.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const WHAT = "the saved answer";

describe("a file that cannot be saved is an error that says what to do", () => {
  it.each<[what: string, name: string, why: string, hint: string]>([
    ["a directory in its place", "dir", "it is a directory", "name a file in it"],
    ["a missing directory around it", "none/f", "the directory does not exist", "create it or choose another place"],
    ["a file around it", "file/f", "part of the path is a file, not a directory", "choose another place"],
    ["a link to a directory in its place", "link", "it is a directory", "name a file in it"],
    ["a link in a circle in its place", "circle", "system error ELOOP", "check the disk"],
  ])("%s", async (_, name, why, hint) => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "dir"));
    writeFileSync(join(directory, "file"), "precious");
    symlinkSync("dir", join(directory, "link"));
    symlinkSync("circle", join(directory, "circle"));
    const before = readdirSync(directory);
    const path = join(directory, name);
    await expect(saveFile(path, "new", WHAT)).rejects.toMatchObject({
      message: `cannot write ${WHAT}: ${why}\n  ${path}`,
      hint,
      exit: "failed",
    });
    expect(readdirSync(directory)).toEqual(before);
    expect(readFileSync(join(directory, "file"), "utf8")).toBe("precious");
  });
});

describe.skipIf(process.platform === "win32")("a link to a file that is missing is followed", () => {
  it.each<[what: string, target: (directory: string) => string, made: string]>([
    ["relative", () => "real/f", "real/f"],
    ["absolute", (directory) => join(directory, "real", "f"), "real/f"],
    ["through another link", () => "second", "real/g"],
    ["up from behind a link, as the system does it", () => "inner/../f", "real/f"],
  ])("%s", async (_, target, made) => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "real", "deep"), { recursive: true });
    symlinkSync("real/deep", join(directory, "inner"));
    symlinkSync("real/g", join(directory, "second"));
    symlinkSync(target(directory), join(directory, "link"));
    await saveFile(join(directory, "link"), "new", WHAT);
    expect(readFileSync(join(directory, made), "utf8")).toBe("new");
    expect(readlinkSync(join(directory, "link"))).toBe(target(directory));
    expect(lstatSync(join(directory, made)).isFile()).toBe(true);
  });
});

// A worker thread cannot set its umask.
it.runIf(process.platform !== "win32" && isMainThread).each([
  [0o000, 0o666],
  [0o022, 0o644],
  [0o077, 0o600],
])("a new file has the mode that the umask %o leaves", async (mask, mode) => {
  const path = join(temporaryDirectory(), "f");
  const umask = process.umask(mask);
  try {
    await saveFile(path, new TextEncoder().encode("new"), WHAT);
  } finally {
    process.umask(umask);
  }
  expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["new", mode]);
});
