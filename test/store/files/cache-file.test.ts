import { chmodSync, chownSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { closeRead, openCacheFile, readCacheFile, readCacheJson } from "../../../src/store/files/cache-file.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const LIMIT = 256 * 1024 * 1024;

function fileOf(content: string | Uint8Array, mode = 0o600): string {
  const path = join(temporaryDirectory(), "f");
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const isOpened = (path: string) => {
  const opened = openCacheFile(path);
  if (opened !== null) closeRead(opened.descriptor);
  return opened !== null;
};

describe("a file of the cache is trusted only", () => {
  it.skipIf(process.platform === "win32").each([
    [0o600, true],
    [0o644, true],
    [0o620, false],
    [0o602, false],
    [0o666, false],
  ])("with mode %o: %s, because others may not write it", (mode, believed) => {
    expect(isOpened(fileOf("x", mode))).toBe(believed);
    expect(readCacheFile(fileOf("x", mode))?.toString() ?? null).toBe(believed ? "x" : null);
  });

  it.runIf(process.getuid?.() === 0)("if it is the user's own", () => {
    const path = fileOf("x");
    chownSync(path, 12345, 12345);
    expect(readCacheFile(path)).toBeNull();
  });

  it.each([
    [LIMIT, true],
    [LIMIT + 1, false],
  ])("with %i bytes: %s", (size, believed) => {
    const path = fileOf("");
    truncateSync(path, size);
    expect(isOpened(path)).toBe(believed);
  });

  it("if it is a plain file that exists", () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "d"), { mode: 0o700 });
    writeFileSync(join(directory, "f"), "x");
    symlinkSync("f", join(directory, "link"));
    const names = process.platform === "win32" ? ["d", "gone"] : ["d", "gone", "link"];
    for (const name of names) expect(readCacheFile(join(directory, name))).toBeNull();
    expect(readCacheFile(join(directory, "f"))?.toString()).toBe("x");
  });
});

describe("a file of the cache that the disk does not give", () => {
  const failing = (call: "openSync" | "fstatSync" | "readFileSync" | "closeSync") =>
    void patchFiles({
      [call]: () => {
        throw systemError("EIO");
      },
    });

  it.each(["openSync", "fstatSync", "readFileSync"] as const)("is none: %s", (call) => {
    const path = fileOf("{}");
    failing(call);
    expect([readCacheFile(path), readCacheJson(path)]).toEqual([null, undefined]);
  });

  it("is whole though it cannot be closed", () => {
    const path = fileOf("{}");
    failing("closeSync");
    expect(readCacheFile(path)?.toString()).toBe("{}");
  });

  it("is closed, read or not", () => {
    const [read, open] = [fileOf("{}"), fileOf("{}", 0o666)];
    let closed = 0;
    const before = patchFiles({
      closeSync: (descriptor) => {
        closed++;
        before.closeSync(descriptor);
      },
    });
    readCacheFile(read);
    expect(closed).toBe(1);
    readCacheFile(open);
    expect(closed).toBe(2);
  });
});

it.each<[content: string | Uint8Array, value: unknown]>([
  ['{"a":1}', { a: 1 }],
  ["{", null],
  ["", null],
  [Uint8Array.of(0x22, 0xff, 0x22), null],
])("JSON of the cache: %j is %j", (content, value) => {
  expect(readCacheJson(fileOf(content))).toEqual(value);
});

it("JSON of the cache is undefined for a missing file", () => {
  expect(readCacheJson(join(temporaryDirectory(), "gone"))).toBeUndefined();
});
