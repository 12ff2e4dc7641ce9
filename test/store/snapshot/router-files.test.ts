import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { isRouterPath, routerFiles } from "../../../src/store/snapshot/router-files.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const scratch = temporaryDirectory();
const TEXT = '{"value":[]}';
const NAME = `${sha256(TEXT)}.json`;
let count = 0;

const AGAIN = "take it again with: vnet-explain snapshot DIR, which keeps the undamaged parts";
const LINKS = "a snapshot holds no links and no pipes: copy its files themselves";
const shown = (path: string) => (path.length > 40 ? `...${path.slice(-37)}` : path);
const SHORT = `${NAME.slice(0, 12)}....json`;

/**
 * A directory with these files, and what is read of it: the name and the text, or the code, the message and the hint of
 * the error, in which the directory is called DIR.
 */
function read(files: Readonly<Record<string, string>>, kept: readonly string[] = [], links = false) {
  const directory = join(scratch, `d${count++}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    if (links) writeFileSync(join(directory, "target"), text);
    if (links) symlinkSync(join(directory, "target"), join(directory, path));
    else writeFileSync(join(directory, path), text);
  }
  return Array.from(routerFiles(directory, kept), (file) => {
    if (!("error" in file)) return [file.name, file.bytes.toString()];
    const { code, message, hint, exit } = file.error;
    expect(exit).toBe("usage");
    return [file.name, code, message.replace(shown(directory), "DIR"), hint];
  });
}

describe("the tables of routers in a snapshot directory", () => {
  it.each([
    ["a kept one", { [`hubs/${NAME}`]: TEXT }, [`hubs/${NAME}`], [[NAME, TEXT]]],
    ["one that somebody added", { "circuits/er1.json": TEXT }, [], [["er1.json", TEXT]]],
    [
      "several, in the order of their names",
      { "hubs/b": "2", "hubs/c": "3", "hubs/a": "1" },
      ["hubs/b"],
      [
        ["a", "1"],
        ["b", "2"],
        ["c", "3"],
      ],
    ],
    [
      "of gateways, then of hubs, then of circuits",
      { "circuits/a": "1", "hubs/b": "2", "gateways/c": "3" },
      [],
      [
        ["c", "3"],
        ["b", "2"],
        ["a", "1"],
      ],
    ],
    [
      "one that was changed",
      { [`hubs/${NAME}`]: `${TEXT} ` },
      [],
      [[NAME, "snapshot-body-changed", `DIR: hubs/${SHORT} was changed after the run`, AGAIN]],
    ],
    [
      "one that is missing",
      { "gateways/x.json": TEXT },
      [`hubs/${NAME}`],
      [
        ["x.json", TEXT],
        [NAME, "snapshot-body-missing", `DIR: hubs/${SHORT} is missing`, AGAIN],
      ],
    ],
    ["one in a folder that no run writes", { "other/x.json": TEXT }, [], []],
    [
      "one that would fill the memory",
      { "hubs/x.json": `[${"0,".repeat(4_500_000)}0]` },
      [],
      [["x.json", "snapshot-too-large", "DIR: hubs/x.json holds too many values", "it is not a route table"]],
    ],
    ["a hidden file", { "hubs/.x.json": TEXT }, [], []],
    ["a folder in a folder", { "hubs/x.json/y": TEXT }, [], []],
    ["a file in the place of a folder", { hubs: TEXT }, [], []],
  ] as const)("%s", (_, files, kept, expected) => {
    expect(read(files, kept)).toEqual(expected);
  });

  it.skipIf(process.platform === "win32")("no link is followed, neither of a file nor of a folder", () => {
    expect(read({ "hubs/x.json": TEXT }, [], true)).toEqual([
      ["x.json", "snapshot-unreadable", "DIR: hubs/x.json is not a regular file", LINKS],
    ]);
    const [directory, elsewhere] = [join(scratch, "linked"), join(scratch, "elsewhere")];
    for (const path of [directory, elsewhere]) mkdirSync(path);
    for (const name of ["x.json", NAME]) writeFileSync(join(elsewhere, name), TEXT);
    symlinkSync(elsewhere, join(directory, "hubs"));
    expect([...routerFiles(directory, [])]).toEqual([]);
    expect([...routerFiles(directory, [`hubs/${NAME}`])]).toMatchObject([{ error: { code: "snapshot-body-missing" } }]);
  });

  it("a folder may hold 20,000 files and no more", () => {
    const directory = join(scratch, "full");
    mkdirSync(join(directory, "hubs"), { recursive: true });
    const first = (files: number) => {
      const entry = { name: "x.json", isDirectory: () => false };
      patchFiles({ readdirSync: (() => Array(files).fill(entry)) as never });
      return routerFiles(directory, []).next().value;
    };
    expect(first(20_000)).toMatchObject({ name: "x.json", error: { code: "snapshot-body-missing" } });
    expect(() => first(20_001)).toThrow(
      expect.objectContaining({
        code: "snapshot-too-large",
        message: `${shown(directory)}: hubs has more than 20,000 files`,
        hint: "it is not part of a snapshot that this program wrote",
      }),
    );
  });

  it("a file may have 32 MiB and no more", () => {
    const directory = join(scratch, "large");
    mkdirSync(join(directory, "hubs"), { recursive: true });
    writeFileSync(join(directory, "hubs", "x.json"), "");
    const error = (bytes: number) => {
      truncateSync(join(directory, "hubs", "x.json"), bytes);
      const [file] = routerFiles(directory, []);
      return file !== undefined && "error" in file ? file.error.message : null;
    };
    expect([2 ** 25, 2 ** 25 + 1].map(error)).toEqual([null, `${shown(directory)}: hubs/x.json is larger than 32 MiB`]);
  });

  it("a fault of the program is no fault of a file", () => {
    const directory = join(scratch, "fault");
    mkdirSync(join(directory, "hubs"), { recursive: true });
    writeFileSync(join(directory, "hubs", "x.json"), TEXT);
    const fault = new TypeError("a fault");
    patchFiles({
      readFileSync: () => {
        throw fault;
      },
    });
    expect(() => [...routerFiles(directory, [])]).toThrow(fault);
  });

  it("a folder of somebody else says what to do", () => {
    const directory = join(scratch, "closed");
    mkdirSync(join(directory, "hubs"), { recursive: true });
    const cause = systemError("EACCES");
    patchFiles({
      readdirSync: () => {
        throw cause;
      },
    });
    expect(() => [...routerFiles(directory, [])]).toThrow(
      expect.objectContaining({
        code: "snapshot-unreadable",
        message: `${shown(directory)}: hubs: no permission to read it`,
        hint: "give yourself read permission, or read a copy",
        cause,
      }),
    );
  });

  it.each([
    [`hubs/${NAME}`, true],
    [`hubs/../${NAME}`, false],
    [`../hubs/${NAME}`, false],
    [`bodies/${NAME}`, false],
    [`hubs/${NAME}/x`, false],
    ["hubs/x.json", false],
    [`hubs/x${NAME}`, false],
    [`hubs/${NAME}x`, false],
    [`hubs/${NAME.replace(".", "x")}`, false],
    ["hubs", false],
    [`gateways/${NAME}`, true],
    [`circuits/${NAME}`, true],
    ["", false],
  ])("the manifest may name only files that a run writes: %s", (path, isOne) => {
    expect(isRouterPath(path)).toBe(isOne);
  });
});
