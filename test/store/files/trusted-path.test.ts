import { chmodSync, lchownSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { checkPath, isTrustedOwner } from "../../../src/store/files/trusted-path.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const isRoot = process.getuid?.() === 0;
/** A user that runs nothing here. */
const STRANGER = 12345;

let base: string;
beforeEach(() => {
  base = realpathSync(temporaryDirectory());
});

it.each([
  [1000, 1000, true],
  [0, 1000, true],
  [1001, 1000, false],
  [1000, 0, false],
  [1001, null, true],
])("a file of uid %i is trusted by uid %s: %s", (owner, user, expected) => {
  expect(isTrustedOwner(owner, user)).toBe(expected);
});

describe.skipIf(process.platform === "win32")("a path", () => {
  const make = (...names: readonly string[]): string => {
    const path = join(base, ...names);
    mkdirSync(path, { recursive: true });
    return path;
  };

  it("below the temporary directory, which is sticky, can be trusted", () => {
    expect(checkPath(make("a", "b"))).toEqual({ path: join(base, "a", "b"), missing: [], problem: null });
  });

  it("ends before a part that is missing or a file", () => {
    writeFileSync(join(make("a"), "file"), "");
    expect(checkPath(join(base, "a", "no", "such"))).toEqual({
      path: join(base, "a"),
      missing: ["no", "such"],
      problem: null,
    });
    expect(checkPath(join(base, "a", "file", "x")).missing).toEqual(["file", "x"]);
  });

  it.each<[kind: string, target: (to: string) => string]>([
    ["an absolute link", (to) => to],
    ["a relative link", () => "real/dir"],
    ["a link with dots", () => "./real/../real/./dir"],
    ["a link to a link", () => "second"],
  ])("through %s is resolved", (_, target) => {
    const real = make("real", "dir");
    symlinkSync("real/dir", join(base, "second"));
    symlinkSync(target(real), join(base, "link"));
    expect(checkPath(join(base, "link", "x"))).toEqual({ path: real, missing: ["x"], problem: null });
  });

  it("through dots behind a link leads to the parent of the link's target, as the system resolves it", () => {
    make("real", "dir");
    make("real", "other");
    symlinkSync("real/dir", join(base, "link"));
    symlinkSync("link/../other", join(base, "way"));
    expect(checkPath(join(base, "way")).path).toBe(realpathSync.native(join(base, "way")));
  });

  it("through a link in a circle ends", () => {
    const path = join(base, "circle");
    symlinkSync("circle", path);
    expect(() => checkPath(path)).toThrow(
      expect.objectContaining({ code: "ELOOP", message: `${path}: too many symbolic links` }),
    );
  });

  it("may have as many links as Linux follows, and no more", () => {
    make("0");
    for (let link = 1; link <= 41; link++) symlinkSync(`${link - 1}`, join(base, `${link}`));
    expect(checkPath(join(base, "40")).path).toBe(join(base, "0"));
    expect(() => checkPath(join(base, "41"))).toThrow("too many symbolic links");
  });

  it("that is relative begins in the current directory; its end and double slashes do not matter", () => {
    make("a", "b");
    expect(checkPath(`${relative(process.cwd(), base)}//a///b/`).path).toBe(join(base, "a", "b"));
    expect(checkPath("/")).toEqual({ path: "/", missing: [], problem: null });
  });

  it("is not trusted for the first reason on the way", () => {
    for (const path of [make("a", "b"), join(base, "a")]) chmodSync(path, 0o777);
    expect(checkPath(join(base, "a", "b", "c"))).toEqual({
      path: join(base, "a", "b"),
      missing: ["c"],
      problem: `other users may write to ${join(base, "a")}`,
    });
  });

  it("that the system does not let be read ends with what it says", () => {
    make("a");
    const before = patchFiles({
      lstatSync: ((path: string, options: object) => {
        if (path === join(base, "a")) throw systemError("EACCES");
        return before.lstatSync(path, options);
      }) as never,
    });
    expect(() => checkPath(join(base, "a"))).toThrow(expect.objectContaining({ code: "EACCES" }));
  });

  it.each([
    ["the directory", ["a", "b"], "a/b"],
    ["one above it", ["a"], "a"],
  ])("is not trusted where others may write to %s", (_, open, named) => {
    make("a", "b");
    for (const mode of [0o777, 0o775, 0o757]) {
      chmodSync(join(base, ...open), mode);
      expect(checkPath(join(base, "a", "b")).problem).toBe(`other users may write to ${join(base, named)}`);
    }
    chmodSync(join(base, ...open), 0o1777);
    expect(checkPath(join(base, "a", "b")).problem).toBeNull();
  });

  it("is not trusted where a link leads through a directory in which others may write", () => {
    chmodSync(make("open"), 0o777);
    make("open", "dir");
    symlinkSync("open/dir", join(base, "link"));
    expect(checkPath(join(base, "link")).problem).toBe(`other users may write to ${join(base, "open")}`);
  });

  it.runIf(isRoot).each([
    ["the directory", "a/b", "a/b belongs to another user (uid 12345)"],
    ["one above it", "a", "a belongs to another user (uid 12345)"],
    ["a link to it", "link", "link belongs to another user (uid 12345)"],
  ])("is not trusted where another user owns %s", (_, owned, says) => {
    make("a", "b");
    symlinkSync("a/b", join(base, "link"));
    lchownSync(join(base, owned), STRANGER, STRANGER);
    const where = owned === "link" ? "the link " : "";
    expect(checkPath(join(base, "link")).problem).toBe(`${where}${join(base, says)}`);
  });

  it.runIf(isRoot)("is not trusted where another user owns a sticky directory on the way", () => {
    make("a", "b");
    chmodSync(join(base, "a"), 0o1777);
    lchownSync(join(base, "a"), STRANGER, STRANGER);
    expect(checkPath(join(base, "a", "b")).problem).toBe(`${join(base, "a")} belongs to another user (uid 12345)`);
  });
});
