import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { cacheProblem, findCacheFolder, MARK, MARKER } from "../../../src/store/files/cache-folder.ts";
import { makeCacheFolder } from "../../../src/store/files/make-cache-folder.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

let base: string;
beforeEach(() => {
  base = realpathSync(temporaryDirectory());
});

describe("the cache's folder", () => {
  it("is made and marked once, and found from then on", () => {
    const cache = join(base, "a", "cache");
    expect(findCacheFolder(cache)).toEqual({ state: "absent" });
    expect(readdirSync(base)).toEqual([]);
    expect(makeCacheFolder(cache)).toEqual({ state: "ready", path: cache });
    expect(readFileSync(join(cache, MARKER), "utf8")).toBe(
      [
        "Signature: 8a477f597d28d172789f06886806bc55",
        "# This folder is the cache of vnet-explain, which writes and deletes files here.",
        "# It may be deleted at any time.",
        "",
      ].join("\n"),
    );
    expect(findCacheFolder(cache)).toEqual({ state: "ready", path: cache });
    expect(makeCacheFolder(cache)).toEqual({ state: "ready", path: cache });
  });

  it("may be an empty directory, also one in which a process was killed while it marked it", () => {
    writeFileSync(join(base, `.${MARKER}.00000000000a.tmp`), "Sig");
    expect(findCacheFolder(base)).toEqual({ state: "absent" });
    expect(makeCacheFolder(base)).toEqual({ state: "ready", path: base });
  });

  it("may be reached through a link of the user's", () => {
    mkdirSync(join(base, "disk"));
    symlinkSync("disk", join(base, "cache"));
    expect(makeCacheFolder(join(base, "cache"))).toEqual({ state: "ready", path: join(base, "disk") });
  });

  it("is not made where a link leads nowhere", () => {
    symlinkSync("nowhere", join(base, "cache"));
    expect(findCacheFolder(join(base, "cache"))).toEqual({ state: "absent" });
    expect(() => makeCacheFolder(join(base, "cache"))).toThrow(expect.objectContaining({ code: "ENOENT" }));
    expect(readdirSync(base)).toEqual(["cache"]);
  });

  it.each<[what: string, make: (cache: string) => void]>([
    ["files", (cache) => writeFileSync(join(cache, "thesis.tex"), "")],
    ["directories with the names of the cache's", (cache) => mkdirSync(join(cache, "tags"))],
    [
      "a marker of another program",
      (cache) => writeFileSync(join(cache, MARKER), "Signature: 8a477f597d28d172789f06886806bc55\n"),
    ],
    ["a link for a marker", (cache) => symlinkSync(join(makeMarked(), MARKER), join(cache, MARKER))],
    ["an unfinished file of another program", (cache) => writeFileSync(join(cache, ".notes.00000000000a.tmp"), "")],
  ])("with %s is left alone", (_, make) => {
    make(base);
    const before = readdirSync(base);
    const says = {
      state: "refused",
      code: "cache-foreign-files",
      why: `${base} holds files that are not of the cache`,
    };
    expect(findCacheFolder(base)).toEqual(says);
    expect(makeCacheFolder(base)).toEqual(says);
    expect(readdirSync(base)).toEqual(before);
  });

  it.runIf(process.getuid?.() === 0)(
    "is not made below a directory of another user, nor is a mark of theirs believed",
    () => {
      chownSync(base, 12345, 12345);
      const why = `${base} belongs to another user (uid 12345)`;
      const says = { state: "refused", code: "cache-foreign-owner", why };
      expect(makeCacheFolder(join(base, "cache"))).toEqual(says);
      expect(readdirSync(base)).toEqual([]);
      const marked = makeMarked();
      chownSync(join(marked, MARKER), 12345, 12345);
      expect(findCacheFolder(marked)).toMatchObject({ state: "refused", code: "cache-foreign-files" });
    },
  );
});

describe("a cache's folder that changes while it is looked at", () => {
  it("is found where another process marks it", () => {
    const before = patchFiles({
      readdirSync: ((path: string) => {
        writeFileSync(join(path, MARKER), MARK, { mode: 0o600 });
        return before.readdirSync(path);
      }) as never,
    });
    mkdirSync(join(base, "tags"));
    expect(findCacheFolder(base)).toEqual({ state: "ready", path: base });
  });

  it("is absent where the system lets nobody look, and a fault of the program is none of the system's", () => {
    const failing = (thrown: Error) =>
      void patchFiles({
        readdirSync: () => {
          throw thrown;
        },
      });
    failing(systemError("EACCES"));
    expect(findCacheFolder(base)).toEqual({ state: "absent" });
    const fault = new TypeError("a fault");
    failing(fault);
    expect(() => findCacheFolder(base)).toThrow(fault);
  });
});

describe("what is said about a cache's folder", () => {
  it("is a note where it is ignored", () => {
    writeFileSync(join(base, "thesis.tex"), "");
    expect(cacheProblem(findCacheFolder(base))).toBe(
      `the cache is ignored: ${base} holds files that are not of the cache; set VNET_EXPLAIN_CACHE to a directory of your own`,
    );
  });

  it("is nothing where it is ready or absent", () => {
    const cache = join(base, "cache");
    expect([cacheProblem(findCacheFolder(cache)), cacheProblem(makeCacheFolder(cache))]).toEqual([null, null]);
  });
});

describe("a directory inside the cache", () => {
  it("is made with the folder, for its owner alone, and found", () => {
    const cache = join(base, "cache");
    expect(findCacheFolder(cache, "tags", "public")).toEqual({ state: "absent" });
    const inside = { state: "ready", path: join(cache, "tags", "public") };
    expect(makeCacheFolder(cache, "tags", "public")).toEqual(inside);
    expect(findCacheFolder(cache, "tags", "public")).toEqual(inside);
    for (const path of [cache, join(cache, "tags"), inside.path]) {
      if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o700);
    }
    expect(findCacheFolder(cache, "tags", "china")).toEqual({ state: "absent" });
  });

  it("is refused where a link is in its place, and nothing is made behind it", () => {
    const cache = makeMarked();
    symlinkSync(base, join(cache, "tags"));
    const says = {
      state: "refused",
      code: "cache-foreign-files",
      why: `${realpathSync(cache)}/tags is not a directory`,
    };
    expect(findCacheFolder(cache, "tags")).toEqual(says);
    expect(makeCacheFolder(cache, "tags", "public")).toEqual(says);
    expect(readdirSync(base)).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("is refused where other users may write to it", () => {
    const { path = "" } = { path: "", ...makeCacheFolder(base, "tags") };
    chmodSync(path, 0o770);
    const says = { state: "refused", code: "cache-foreign-owner", why: `other users may write to ${path}` };
    expect([findCacheFolder(base, "tags"), makeCacheFolder(base, "tags")]).toEqual([says, says]);
  });

  it.runIf(process.getuid?.() === 0)("is refused where another user owns it", () => {
    const { path = "" } = { path: "", ...makeCacheFolder(base, "tables") };
    chownSync(path, 12345, 12345);
    expect(findCacheFolder(base, "tables")).toMatchObject({ state: "refused", code: "cache-foreign-owner" });
  });
});

function makeMarked(): string {
  const path = temporaryDirectory();
  makeCacheFolder(path);
  return path;
}
