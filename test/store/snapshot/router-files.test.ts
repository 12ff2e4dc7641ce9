import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { isRouterPath, routerFiles } from "../../../src/store/snapshot/router-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const scratch = temporaryDirectory();
const TEXT = '{"value":[]}';
const NAME = `${sha256(TEXT)}.json`;
let count = 0;

/** A directory with these files, and what is read of it: the name and the text, or the code of the error. */
function read(files: Readonly<Record<string, string>>, kept: readonly string[] = [], links = false) {
  const directory = join(scratch, `d${count++}`);
  for (const [path, text] of Object.entries(files)) {
    const [folder = ""] = path.split("/");
    mkdirSync(join(directory, folder), { recursive: true });
    if (links) writeFileSync(join(directory, "target"), text);
    if (links) symlinkSync(join(directory, "target"), join(directory, path));
    else writeFileSync(join(directory, path), text);
  }
  return Array.from(routerFiles(directory, kept), (file) =>
    "error" in file ? [file.name, file.error.code] : [file.name, file.bytes.toString()],
  );
}

describe("the tables of routers in a snapshot directory", () => {
  it.each([
    ["a kept one", { [`hubs/${NAME}`]: TEXT }, [`hubs/${NAME}`], [[NAME, TEXT]]],
    ["one that somebody added", { "circuits/er1.json": TEXT }, [], [["er1.json", TEXT]]],
    ["one that was changed", { [`hubs/${NAME}`]: `${TEXT} ` }, [], [[NAME, "snapshot-body-changed"]]],
    [
      "one that is missing",
      { "gateways/x.json": TEXT },
      [`hubs/${NAME}`],
      [
        ["x.json", TEXT],
        [NAME, "snapshot-body-missing"],
      ],
    ],
    ["one in a folder that no run writes", { "other/x.json": TEXT }, [], []],
    [
      "one that would fill the memory",
      { "hubs/x.json": `[${"0,".repeat(4_500_000)}0]` },
      [],
      [["x.json", "snapshot-too-large"]],
    ],
    ["a hidden file", { "hubs/.x.json": TEXT }, [], []],
  ] as const)("%s", (_, files, kept, expected) => {
    expect(read(files, kept)).toEqual(expected);
  });

  it.skipIf(process.platform === "win32")("no link is followed, neither of a file nor of a folder", () => {
    expect(read({ "hubs/x.json": TEXT }, [], true)).toEqual([["x.json", "snapshot-unreadable"]]);
    const [directory, elsewhere] = [join(scratch, "linked"), join(scratch, "elsewhere")];
    for (const path of [directory, elsewhere]) mkdirSync(path);
    for (const name of ["x.json", NAME]) writeFileSync(join(elsewhere, name), TEXT);
    symlinkSync(elsewhere, join(directory, "hubs"));
    expect([...routerFiles(directory, [])]).toEqual([]);
    expect([...routerFiles(directory, [`hubs/${NAME}`])]).toMatchObject([{ error: { code: "snapshot-body-missing" } }]);
  });

  it.runIf(process.getuid?.() === 0 && isMainThread)("a folder of somebody else says what to do", () => {
    const directory = join(scratch, "closed");
    mkdirSync(join(directory, "hubs"), { recursive: true, mode: 0o700 });
    for (const path of [scratch, directory]) chmodSync(path, 0o755);
    process.seteuid?.(65_534);
    try {
      expect(() => [...routerFiles(directory, [])]).toThrow(/hubs: no permission to read it/);
    } finally {
      process.seteuid?.(0);
    }
  });

  it.each([
    [`hubs/${NAME}`, true],
    [`hubs/../${NAME}`, false],
    [`../hubs/${NAME}`, false],
    [`bodies/${NAME}`, false],
    [`hubs/${NAME}/x`, false],
    ["hubs/x.json", false],
    ["", false],
  ])("the manifest may name only files that a run writes: %s", (path, isOne) => {
    expect(isRouterPath(path)).toBe(isOne);
  });
});
