import fs, { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { AppendFile } from "../../../src/store/snapshot/append-file.ts";
import { openPipe } from "../files/named-pipe.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

/** How many bytes the disk still takes. */
const disk = { free: Number.POSITIVE_INFINITY };

const { writeSync } = fs;
beforeAll(() => {
  const limited = (descriptor: number, bytes: Uint8Array, at: number) => {
    if (disk.free <= 0) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    const written = writeSync(descriptor, bytes, at, 1); // the system may take fewer bytes than it is given
    disk.free -= written;
    return written;
  };
  fs.writeSync = limited as typeof writeSync;
  syncBuiltinESMExports();
});
afterEach(() => {
  disk.free = Number.POSITIVE_INFINITY;
});
afterAll(() => {
  fs.writeSync = writeSync;
  syncBuiltinESMExports();
});

describe("a file that only grows, by whole lines", () => {
  it("keeps what it held, and every line", () => {
    const path = join(temporaryDirectory(), "f");
    writeFileSync(path, "one\n", { mode: 0o644 });
    const file = new AppendFile(path);
    for (const line of ["two\n", "th\u{1F310}ree\n"]) file.append(line);
    file.close();
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\nth\u{1F310}ree\n");
    if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.each([0, 1, 3])("ends where it ended before when the disk is full after %i bytes of a line", (free) => {
    const path = join(temporaryDirectory(), "f");
    writeFileSync(path, "one\n");
    const file = new AppendFile(path);
    file.append("two\n");
    disk.free = free;
    expect(() => file.append("three\n")).toThrow("no space");
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n");
    disk.free = Number.POSITIVE_INFINITY;
    file.append("four\n");
    file.close();
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\nfour\n");
  });

  it.skipIf(process.platform === "win32")("is never behind a link, and no pipe or device", () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "victim"), "precious");
    symlinkSync("victim", join(directory, "link"));
    expect(() => new AppendFile(join(directory, "link"))).toThrow(expect.objectContaining({ code: "ELOOP" }));
    openPipe(join(directory, "pipe"));
    const pipe = join(directory, "pipe");
    const closed = closedDescriptors();
    expect(() => new AppendFile(pipe)).toThrow(
      expect.objectContaining({
        code: "snapshot-foreign-files",
        message: `${pipe} is not a regular file`,
        hint: "remove it and run again",
        exit: "failed",
      }),
    );
    expect(closed).toHaveLength(1);
    mkdirSync(join(directory, "d"));
    expect(() => new AppendFile(join(directory, "d"))).toThrow(expect.objectContaining({ code: "EISDIR" }));
    expect(readFileSync(join(directory, "victim"), "utf8")).toBe("precious");
  });

  it.skipIf(process.platform === "win32")("keeps its mode on Windows, which has none", () => {
    const { platform } = process;
    onTestFinished(() => void Object.defineProperty(process, "platform", { value: platform }));
    Object.defineProperty(process, "platform", { value: "win32" });
    const path = join(temporaryDirectory(), "f");
    writeFileSync(path, "", { mode: 0o644 });
    new AppendFile(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });

  it("is closed once it is on the disk, and also where the disk fails", () => {
    const closed = closedDescriptors();
    const synced: number[] = [];
    patchFiles({ fsyncSync: (descriptor) => void synced.push(descriptor) });
    new AppendFile(join(temporaryDirectory(), "f")).close();
    expect([synced.length, closed]).toEqual([1, synced]);
    const failure = systemError("EIO");
    patchFiles({
      fsyncSync: () => {
        throw failure;
      },
    });
    const file = new AppendFile(join(temporaryDirectory(), "f"));
    expect(() => file.close()).toThrow(failure);
    expect(closed).toHaveLength(2);
  });
});

/** The descriptors that are closed from now on, until the test ends. */
function closedDescriptors(): readonly number[] {
  const closed: number[] = [];
  const { closeSync } = patchFiles({
    closeSync: (descriptor) => {
      closed.push(descriptor);
      closeSync(descriptor);
    },
  });
  return closed;
}
