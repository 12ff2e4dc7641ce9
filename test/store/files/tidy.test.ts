import { lutimesSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeCacheFolder } from "../../../src/store/files/make-cache-folder.ts";
import { filesByAge, removeUnfinished, tidy, tidyCompiled } from "../../../src/store/files/tidy.ts";
import { patchFiles } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const HOUR = 3600;
const NOW_S = 1_700_000_000;
const NOW = NOW_S * 1000;

/** Makes a file that was changed so many seconds before now. */
function file(directory: string, name: string, age = 0): void {
  writeFileSync(join(directory, name), name);
  utimesSync(join(directory, name), NOW_S - age, NOW_S - age);
}

const NAMES = /^\d+\.json$/;
const none = { names: NAMES, keep: () => false };

describe("a file that is not kept", () => {
  it.each<[age: number, isLeft: boolean]>([
    [0, true],
    [HOUR, true],
    [HOUR + 1, false],
    [-HOUR, true],
    [-HOUR - 1, false],
  ])("%i seconds old is left: %s; so is one that was unfinished then", (age, isLeft) => {
    const directory = temporaryDirectory();
    const names = [".1.json.0123456789ab.tmp", "1.json"];
    for (const name of names) file(directory, name, age);
    tidy(directory, NOW, none);
    expect(readdirSync(directory).sort()).toEqual(isLeft ? names : []);
  });

  it("has its own time where one is given", () => {
    const directory = temporaryDirectory();
    file(directory, "1.json", 10);
    file(directory, "2.json", 11);
    tidy(directory, NOW, { ...none, grace: 10_000 });
    expect(readdirSync(directory)).toEqual(["1.json"]);
  });

  it("is a file with such a name: no other, and no directory", () => {
    const directory = temporaryDirectory();
    const others = [".x.json.0123456789ab.tmp", "1.txt", "x1.json"];
    for (const name of [...others, "1.json"]) file(directory, name, 2 * HOUR);
    for (const name of [".2.json.0123456789ab.tmp", "2.json"]) {
      mkdirSync(join(directory, name));
      utimesSync(join(directory, name), 1, 1);
    }
    tidy(directory, NOW, none);
    expect(readdirSync(directory).sort()).toEqual([".2.json.0123456789ab.tmp", ...others, "2.json"].sort());
  });

  it.skipIf(process.platform === "win32")("is no link, which may be somebody else's", () => {
    const directory = temporaryDirectory();
    const links = [".2.json.0123456789ab.tmp", "2.json"];
    for (const name of links) {
      symlinkSync("nowhere", join(directory, name));
      lutimesSync(join(directory, name), 1, 1);
    }
    tidy(directory, NOW, none);
    expect(readdirSync(directory).sort()).toEqual(links);
  });

  it("may be gone meanwhile", () => {
    const directory = temporaryDirectory();
    patchFiles({ readdirSync: (() => [".2.json.0123456789ab.tmp", "2.json"]) as never });
    tidy(directory, NOW, none);
    expect(filesByAge(directory)).toEqual([]);
  });

  it("is told by its rank among those of such a name, newest first", () => {
    const directory = temporaryDirectory();
    for (const [place, name] of ["3.json", "x", "1.json", "2.json"].entries()) file(directory, name, place);
    const asked: [string, number][] = [];
    tidy(directory, NOW, { names: NAMES, keep: (...asks) => asked.push(asks) > 0 });
    expect(asked).toEqual([
      ["3.json", 0],
      ["1.json", 1],
      ["2.json", 2],
    ]);
    expect(readdirSync(directory)).toHaveLength(4);
  });
});

it("the files of a directory are listed newest first, with their times; those of none are none", () => {
  const directory = temporaryDirectory();
  for (const [place, name] of ["b", "c", "a"].entries()) file(directory, name, place);
  mkdirSync(join(directory, "folder"));
  expect(filesByAge(directory)).toEqual([
    { name: "b", modified: NOW },
    { name: "c", modified: NOW - 1000 },
    { name: "a", modified: NOW - 2000 },
  ]);
  expect(filesByAge(join(directory, "gone"))).toEqual([]);
});

it("a directory that is gone is left alone", () => {
  const gone = join(temporaryDirectory(), "gone");
  tidy(gone, NOW, none);
  removeUnfinished(gone, NOW, () => true);
  tidyCompiled(gone, NOW);
  expect(statSync(gone, { throwIfNoEntry: false })).toBeUndefined();
});

describe("compiled code of the cache", () => {
  const NODE = "v20.19.0-x64-0123abcd-0";
  const DAYS = 24 * HOUR;

  it.each<[what: string, folder: string, name: string, age: number, isLeft: boolean]>([
    ["three months old is left", NODE, "0123abcd", 90 * DAYS, true],
    ["older is removed", NODE, "0123abcd", 90 * DAYS + 1, false],
    [
      "of a version with more behind its numbers is removed too",
      "v27.0.0.pre_1-x64-0123abcd-1000",
      "0123abcd",
      91 * DAYS,
      false,
    ],
    ["with another name is left", NODE, "x0123abcd", 91 * DAYS, true],
    ["with a longer name is left", NODE, "0123abcde", 91 * DAYS, true],
    ["in another folder is left", `x${NODE}`, "0123abcd", 91 * DAYS, true],
    ["in a folder with a longer name is left", `${NODE}x`, "0123abcd", 91 * DAYS, true],
  ])("%s", (_, folder, name, age, isLeft) => {
    const cache = temporaryDirectory();
    const made = makeCacheFolder(cache, "compiled", folder);
    const directory = join(cache, "compiled", folder);
    expect(made.state).toBe("ready");
    file(directory, name, age);
    tidyCompiled(cache, NOW);
    expect(readdirSync(directory)).toEqual(isLeft ? [name] : []);
    rmSync(join(cache, "compiled"), { recursive: true });
    tidyCompiled(cache, NOW);
    expect(readdirSync(cache)).toEqual(["CACHEDIR.TAG"]);
  });
});
