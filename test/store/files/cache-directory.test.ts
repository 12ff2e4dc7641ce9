import { chownSync, existsSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isMainThread } from "node:worker_threads";
import { describe, expect, it, vi } from "vitest";
import { cacheDirectory } from "../../../src/store/files/cache-directory.ts";
import { readCacheJson } from "../../../src/store/files/cache-file.ts";
import { ensureCacheDirectory } from "../../../src/store/files/ensure-cache-directory.ts";
import { failure } from "../failure.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const home = "/home/me";
type Case = [
  platform: NodeJS.Platform,
  environment: Record<string, string>,
  home: string | null,
  expected: string | null,
];

describe("the cache lies where the platform keeps caches", () => {
  it.each<Case>([
    ["linux", {}, home, "/home/me/.cache/vnet-explain"],
    ["linux", { XDG_CACHE_HOME: "/x" }, home, "/x/vnet-explain"],
    ["linux", { XDG_CACHE_HOME: "relative" }, home, "/home/me/.cache/vnet-explain"],
    ["linux", { XDG_CACHE_HOME: "" }, home, "/home/me/.cache/vnet-explain"],
    ["linux", { XDG_CACHE_HOME: "/x" }, null, "/x/vnet-explain"],
    ["linux", {}, null, null],
    ["freebsd", {}, home, "/home/me/.cache/vnet-explain"],
    ["linux", { LOCALAPPDATA: "C:\\L" }, home, "/home/me/.cache/vnet-explain"],
    ["darwin", { XDG_CACHE_HOME: "/x" }, "/Users/me", "/Users/me/Library/Caches/vnet-explain"],
    ["darwin", {}, null, null],
    ["win32", { LOCALAPPDATA: "C:\\L" }, null, "C:\\L\\vnet-explain\\Cache"],
    ["win32", {}, "C:\\Users\\me", "C:\\Users\\me\\AppData\\Local\\vnet-explain\\Cache"],
    ["win32", { LOCALAPPDATA: "L" }, "C:\\Users\\me", "C:\\Users\\me\\AppData\\Local\\vnet-explain\\Cache"],
    ["win32", { LOCALAPPDATA: "", XDG_CACHE_HOME: "/x" }, null, null],
    ["win32", {}, null, null],
    ["win32", { VNET_EXPLAIN_CACHE: "/own", LOCALAPPDATA: "C:\\L" }, null, resolve("/own/vnet-explain")],
    ["linux", { VNET_EXPLAIN_CACHE: "/own", XDG_CACHE_HOME: "/x" }, home, resolve("/own/vnet-explain")],
    ["linux", { VNET_EXPLAIN_CACHE: "own" }, null, resolve("own/vnet-explain")],
    ["linux", { VNET_EXPLAIN_CACHE: "" }, home, "/home/me/.cache/vnet-explain"],
  ])("%s with %j and home %s: %s", (platform, environment, user, expected) => {
    expect(cacheDirectory(environment, platform, () => user)).toBe(expected);
  });

  // A worker thread has a copy of the environment, which the system's home directory is not read from.
  it.runIf(isMainThread)(
    "nowhere if HOME is relative, since that may lead into a clone of somebody else's repository",
    () => {
      vi.stubEnv("HOME", ".");
      vi.stubEnv("USERPROFILE", ".");
      expect(cacheDirectory({}, "linux")).toBeNull();
      vi.unstubAllEnvs();
    },
  );
});

describe("nowhere, and without an error", () => {
  const fails = (): never => {
    throw new Error("it is gone");
  };

  it("where a relative path begins in a directory that was removed", () => {
    vi.spyOn(process, "cwd").mockImplementation(fails);
    const found = ["own", "/own"].map((VNET_EXPLAIN_CACHE) => cacheDirectory({ VNET_EXPLAIN_CACHE }, "linux"));
    vi.restoreAllMocks();
    expect(found).toEqual([null, resolve("/own/vnet-explain")]);
  });

  it("where the system knows no home directory", () => {
    vi.spyOn(process.getBuiltinModule("node:os"), "homedir").mockImplementation(fails);
    const found = (["linux", "darwin", "win32"] as const).map((platform) => cacheDirectory({}, platform));
    vi.restoreAllMocks();
    expect(found).toEqual([null, null, null]);
  });

  it("but in the home directory that the system knows", () => {
    vi.spyOn(process.getBuiltinModule("node:os"), "homedir").mockReturnValue("/home/me");
    const found = cacheDirectory({}, "linux");
    vi.restoreAllMocks();
    expect(found).toBe("/home/me/.cache/vnet-explain");
  });
});

describe("the cache directory", () => {
  it("is created for its owner alone when something is first written", async () => {
    const cache = join(temporaryDirectory(), "a", "b");
    const inside = ensureCacheDirectory(cache, "tags", "public");
    expect(inside).toBe(join(cache, "tags", "public"));
    if (process.platform !== "win32") expect(statSync(cache).mode & 0o777).toBe(0o700);
  });

  it("without a place is an error for a writer", async () => {
    expect((await failure(() => ensureCacheDirectory(null))).code).toBe("cache-nowhere");
  });

  it.each([[""], ["tags"]])("that is a file, or below one, is an error and the file stays (%j)", async (inside) => {
    const cache = join(temporaryDirectory(), "cache");
    writeFileSync(cache, "precious");
    expect((await failure(() => ensureCacheDirectory(cache, inside))).code).toBe("write-not-a-directory");
    expect(existsSync(cache)).toBe(true);
  });

  it.runIf(process.getuid?.() === 0)("in which another user put a file does not believe it", () => {
    const file = join(temporaryDirectory(), "last.json");
    writeFileSync(file, "{}");
    expect(readCacheJson(file)).toEqual({});
    chownSync(file, 12345, 12345);
    expect(readCacheJson(file)).toBeUndefined();
  });
});
