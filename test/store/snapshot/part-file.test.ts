import { constants, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linesOf, readPart } from "../../../src/store/snapshot/part-file.ts";
import { namedPipe } from "../files/named-pipe.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const MIB = 2 ** 20;
const LINKS = "a snapshot holds no links and no pipes: copy its files themselves";
const shown = (path: string) => (path.length > 40 ? `...${path.slice(-37)}` : path);

function directoryWith(content: string | Uint8Array): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "part"), content);
  return directory;
}

describe("a part of a snapshot", () => {
  it("is read whole, up to the limit", () => {
    const directory = directoryWith("\u00e9x\n");
    expect(readPart(directory, "part", 4)).toEqual(Buffer.from("\u00e9x\n"));
    expect(readPart(directory, "other", 4)).toBeNull();
  });

  it("above the limit is refused", () => {
    const directory = directoryWith(Buffer.alloc(MIB + 1));
    expect(() => readPart(directory, "part", MIB)).toThrow(
      expect.objectContaining({
        code: "snapshot-too-large",
        message: `${shown(directory)}: part is larger than 1 MiB`,
        hint: "it is not part of a snapshot that this program wrote",
        exit: "usage",
      }),
    );
  });

  it.skipIf(process.platform === "win32").each<[what: string, make: (path: string) => void]>([
    ["a link", (path) => symlinkSync("target", path)],
    ["a link to nowhere", (path) => symlinkSync("nowhere", path)],
    ["a directory", (path) => mkdirSync(path)],
    ["a named pipe, which is not waited for,", (path) => namedPipe(path, `${path}.x`)],
  ])("that is %s is refused", (_, make) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "target"), "");
    make(join(directory, "part"));
    expect(() => readPart(directory, "part", 100)).toThrow(
      expect.objectContaining({
        code: "snapshot-unreadable",
        message: `${shown(directory)}: part is not a regular file`,
        hint: LINKS,
        exit: "usage",
      }),
    );
  });

  it.skipIf(process.platform === "win32")("is opened without waiting for the other end of a pipe", () => {
    const directory = directoryWith("x");
    const flags: unknown[] = [];
    const { openSync } = patchFiles({
      openSync: (path, how, mode) => {
        flags.push(how);
        return openSync(path, how, mode);
      },
    });
    readPart(directory, "part", 100);
    expect(flags).toEqual([constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK]);
  });

  it.each(["openSync", "fstatSync", "readFileSync"] as const)("that the disk does not give (%s) is refused", (call) => {
    const directory = directoryWith("x");
    const cause = systemError("EIO");
    patchFiles({
      [call]: () => {
        throw cause;
      },
    });
    expect(() => readPart(directory, "part", 100)).toThrow(
      expect.objectContaining({
        code: "snapshot-unreadable",
        message: `${shown(directory)}: part: it cannot be read (EIO)`,
        hint: "check the path and the disk",
        exit: "usage",
        cause,
      }),
    );
  });

  it("is closed, read or refused", () => {
    const directory = directoryWith("x");
    const closed: number[] = [];
    const { closeSync } = patchFiles({
      closeSync: (descriptor) => {
        closed.push(descriptor);
        closeSync(descriptor);
      },
    });
    readPart(directory, "part", 100);
    expect(() => readPart(directory, "part", 0)).toThrow("is larger than 0 MiB");
    expect(closed).toHaveLength(2);
  });

  it("ends with a fault of the program as it is", () => {
    const directory = directoryWith("x");
    const fault = new TypeError("a fault");
    patchFiles({
      readFileSync: () => {
        throw fault;
      },
    });
    expect(() => readPart(directory, "part", 100)).toThrow(fault);
  });
});

it.each<[text: string, lines: readonly string[]]>([
  ["", [""]],
  ["\n", ["", ""]],
  ["a", ["a"]],
  ["a\n", ["a", ""]],
  ["a\n\nbc\r\nd", ["a", "", "bc\r", "d"]],
])("the lines of %j are %j", (text, lines) => {
  expect(Array.from(linesOf(Buffer.from(text)), String)).toEqual(lines);
});
