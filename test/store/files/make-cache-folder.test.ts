import { chmodSync, type mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ensureCacheDirectory } from "../../../src/store/files/ensure-cache-directory.ts";
import { makeCacheFolder } from "../../../src/store/files/make-cache-folder.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const base = () => realpathSync(temporaryDirectory());
const HINT = "set VNET_EXPLAIN_CACHE to a directory of your own";

/** Somebody does this when the directory is to be made, and the system then says that it is there, or made. */
function meanwhile(path: string, act: (make: typeof mkdirSync) => void, code?: string): void {
  const before = patchFiles({
    mkdirSync: ((made: string, options: object) => {
      if (made !== path) return before.mkdirSync(made, options);
      act(before.mkdirSync);
      if (code !== undefined) throw systemError(code);
      return undefined;
    }) as never,
  });
}

describe("a cache's folder that somebody else makes at the same moment", () => {
  it.skipIf(process.platform === "win32")("is not marked where other users may write to it", () => {
    const cache = join(base(), "cache");
    meanwhile(
      cache,
      (make) => {
        make(cache, { mode: 0o700 });
        chmodSync(cache, 0o777);
      },
      "EEXIST",
    );
    const why = `other users may write to ${cache}`;
    expect(makeCacheFolder(cache)).toEqual({ state: "refused", code: "cache-foreign-owner", why });
    expect(readdirSync(cache)).toEqual([]);
  });

  it("is taken where it is this user's", () => {
    const cache = join(base(), "cache");
    meanwhile(cache, (make) => void make(cache, { mode: 0o700 }), "EEXIST");
    expect(makeCacheFolder(cache, "tags")).toEqual({ state: "ready", path: join(cache, "tags") });
  });
});

describe("a cache's folder that somebody removes at once", () => {
  it("is absent, and nothing is written in the directory around it; a writer is told", () => {
    const around = base();
    const cache = join(around, "cache");
    meanwhile(cache, () => undefined);
    expect(makeCacheFolder(cache, "tags")).toEqual({ state: "absent" });
    expect(() => ensureCacheDirectory(cache, "tags")).toThrow(
      expect.objectContaining({
        code: "write-failed",
        message: `cannot write the cache\n  ${cache} was removed`,
        hint: HINT,
        exit: "failed",
      }),
    );
    expect(readdirSync(around)).toEqual([]);
  });

  it("says so where it was a directory inside", () => {
    const cache = base();
    makeCacheFolder(cache);
    meanwhile(join(cache, "tags"), () => undefined);
    expect(makeCacheFolder(cache, "tags", "public")).toEqual({ state: "absent" });
    expect(readdirSync(cache)).toEqual(["CACHEDIR.TAG"]);
  });
});

describe("a cache that cannot be used is refused to a writer, with what to do", () => {
  it("holds files of another kind", () => {
    const cache = base();
    writeFileSync(join(cache, "thesis.tex"), "");
    expect(() => ensureCacheDirectory(cache)).toThrow(
      expect.objectContaining({
        code: "cache-foreign-files",
        message: `cannot write the cache\n  ${cache} holds files that are not of the cache`,
        hint: HINT,
        exit: "failed",
      }),
    );
  });

  it("has no place", () => {
    expect(() => ensureCacheDirectory(null)).toThrow(
      expect.objectContaining({
        code: "cache-nowhere",
        message: "no cache directory: HOME is not set",
        hint: HINT,
        exit: "failed",
      }),
    );
  });

  it("does not let a directory be made inside it: the system's reason, with the whole path", () => {
    const cache = base();
    makeCacheFolder(cache);
    meanwhile(join(cache, "tags"), () => undefined, "ENOSPC");
    expect(() => ensureCacheDirectory(cache, "tags", "public")).toThrow(
      expect.objectContaining({
        code: "write-disk-full",
        message: expect.stringContaining(join(cache, "tags", "public").slice(-20)),
        hint: "free some space; the old data is untouched",
      }),
    );
    rmSync(cache, { recursive: true });
  });
});
