import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import module from "node:module";
import { join, relative } from "node:path";
import { describe, expect, it, vi } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { MARKER } from "../../../src/store/files/cache-folder.ts";
import { compileCacheDirectory } from "../../../src/store/files/compile-cache.ts";
import { runBuilt } from "../../built-program.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const isRoot = process.getuid?.() === 0;

describe.skipIf(process.platform === "win32")("the directory for compiled code", () => {
  it("lies in the cache's folder, for this user alone", () => {
    const base = realpathSync(temporaryDirectory());
    chmodSync(base, 0o755);
    const directory = compileCacheDirectory(base);
    expect(directory).toBe(join(base, "compiled"));
    expect(statSync(directory ?? "").mode & 0o777).toBe(0o700);
    expect(compileCacheDirectory(base)).toBe(directory);
  });

  it("is given without symbolic links", () => {
    const base = realpathSync(temporaryDirectory());
    mkdirSync(join(base, "disk"));
    symlinkSync("disk", join(base, "cache"));
    expect(compileCacheDirectory(join(base, "cache"))).toBe(join(base, "disk", "compiled"));
  });

  const places: [where: string, change: (cache: string, compiled: string) => void][] = [
    ["others may read it", (_, compiled) => chmodSync(compiled, 0o755)],
    ["others may write to the cache", (cache) => chmodSync(cache, 0o777)],
    ["the cache has no mark", (cache) => rmSync(join(cache, MARKER))],
    [
      "it is a file",
      (_, compiled) => {
        rmdirSync(compiled);
        writeFileSync(compiled, "", { mode: 0o600 });
      },
    ],
    [
      "it is a link",
      (_, compiled) => {
        renameSync(compiled, `${compiled}.x`);
        symlinkSync(`${compiled}.x`, compiled);
      },
    ],
  ];
  if (isRoot) places.push(["it belongs to another user", (_, compiled) => chownSync(compiled, 12345, 12345)]);

  it.each(places)("is none where %s", (_, change) => {
    const base = temporaryDirectory();
    const compiled = compileCacheDirectory(base);
    expect(compiled).not.toBeNull();
    change(base, compiled ?? "");
    expect(compileCacheDirectory(base)).toBeNull();
  });

  it("lies in the cache that the environment names, unless by a relative path", () => {
    const parent = realpathSync(temporaryDirectory());
    const directories = [parent, relative(process.cwd(), parent)].map((named) => {
      vi.stubEnv("VNET_EXPLAIN_CACHE", named);
      return compileCacheDirectory();
    });
    vi.stubEnv("VNET_EXPLAIN_CACHE", "");
    vi.stubEnv("XDG_CACHE_HOME", join(parent, "xdg"));
    const ofHome = process.platform === "linux" ? [compileCacheDirectory()] : [];
    vi.unstubAllEnvs();
    expect(directories).toEqual([join(parent, "vnet-explain", "compiled"), null]);
    for (const path of ofHome) expect(path).toBe(join(parent, "xdg", "vnet-explain", "compiled"));
  });

  it("is none without a cache, and where the system has no user ids", () => {
    expect(compileCacheDirectory(null)).toBeNull();
    const cache = temporaryDirectory();
    const { geteuid } = process;
    Object.assign(process, { geteuid: undefined });
    const found = compileCacheDirectory(cache);
    Object.assign(process, { geteuid });
    expect([found, readdirSync(cache)]).toEqual([null, []]);
  });

  it.each(["mkdirSync", "lstatSync"] as const)("is none where the disk fails (%s)", (call) => {
    const cache = temporaryDirectory();
    expect(compileCacheDirectory(cache)).not.toBeNull();
    const before = patchFiles({
      [call]: (path: string, ...rest: readonly []) => {
        if (path.endsWith("compiled")) throw systemError("EIO");
        return before[call](path, ...rest);
      },
    });
    expect(compileCacheDirectory(cache)).toBeNull();
  });

  it("is none below a file", () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    expect(compileCacheDirectory(join(file, "cache"))).toBeNull();
  });
});

const ARGS = ["whichroute", "--ip", "191.239.203.0", "--sample", "udr-and-endpoint", "-o", "json"];
const hasCompileCache = "enableCompileCache" in module && process.platform !== "win32";

describe("a start", () => {
  const filesBelow = (directory: string) =>
    existsSync(directory)
      ? readdirSync(directory, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length
      : 0;

  it.skipIf(!hasCompileCache)("keeps compiled code where Node can, and answers the same with it", async () => {
    const parent = temporaryDirectory();
    const env = { VNET_EXPLAIN_CACHE: parent };
    const cache = join(parent, "vnet-explain");
    const first = await runBuilt(ARGS, { env });
    expect(first.code).toBe(0);
    const kept = filesBelow(cache);
    expect(kept).toBeGreaterThan(2);
    expect(await runBuilt(ARGS, { env })).toEqual(first);
    expect(filesBelow(cache)).toBe(kept);
  });

  it.each<[where: string, env: Record<string, string>]>([
    ["NODE_DISABLE_COMPILE_CACHE is set", { NODE_DISABLE_COMPILE_CACHE: "1" }],
    ["VNET_EXPLAIN_CACHE is relative", { VNET_EXPLAIN_CACHE: "RELATIVE" }],
    ["NODE_COMPILE_CACHE names another place", { NODE_COMPILE_CACHE: temporaryDirectory() }],
  ])("keeps none in the cache where %s", async (_, env) => {
    const cache = temporaryDirectory();
    const named = env.VNET_EXPLAIN_CACHE === undefined ? cache : relative(process.cwd(), cache);
    expect((await runBuilt(ARGS, { env: { ...env, VNET_EXPLAIN_CACHE: named } })).code).toBe(0);
    expect(filesBelow(cache)).toBe(0);
  });

  it.skipIf(process.platform === "win32")(
    "keeps none in a directory that holds other files, and adds none",
    async () => {
      const parent = temporaryDirectory();
      const cache = join(parent, "vnet-explain");
      mkdirSync(cache);
      writeFileSync(join(cache, "thesis.tex"), "");
      expect((await runBuilt(ARGS, { env: { VNET_EXPLAIN_CACHE: parent } })).code).toBe(0);
      expect(readdirSync(cache)).toEqual(["thesis.tex"]);
    },
  );

  it.each([["--version"], ["-V"]])("with %s prints the version, and makes no cache", async (word) => {
    const cache = join(temporaryDirectory(), "cache");
    const run = await runBuilt([word], { env: { VNET_EXPLAIN_CACHE: cache } });
    expect(run).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
    expect(existsSync(cache)).toBe(false);
  });
});
