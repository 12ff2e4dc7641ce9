import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { nearFiles } from "../../../src/store/near/near-files.ts";
import { patchFiles } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

it("names that resemble a misspelt one are given in the same directory, the nearest first", () => {
  const directory = temporaryDirectory();
  for (const name of ["routes.json", "router.json", "notes.txt"]) writeFileSync(join(directory, name), "");
  expect(nearFiles(join(directory, "routse.json"))).toEqual([
    join(directory, "routes.json"),
    join(directory, "router.json"),
  ]);
  expect(nearFiles(join(directory, "x"))).toEqual([]);
});

it.each([
  ["nofile.json", "e.json", false],
  ["data.json", "ta.json", false],
  ["a.json", "b.json", false],
  ["abc.json", "ab.json", false],
  ["abc.json", "abd.json", true],
  ["A.jsn", "a.json", true],
  ["routes", "routes.json", true],
  ["routse.json", "routes.json", true],
])("%s, %s: names are compared without the extension that most files share (near: %j)", (typed, own, near) => {
  patchFiles({ readdirSync: (() => [own]) as never });
  expect(nearFiles(typed)).toEqual(near ? [own] : []);
});

it("a path in the current directory is answered with a name alone, however it is written", () => {
  const asked: unknown[] = [];
  patchFiles({
    readdirSync: ((folder: string) => {
      asked.push(folder);
      return ["routes.json"];
    }) as never,
  });
  expect(["rotues.json", "./rotues.json", "sub/rotues.json"].map((path) => nearFiles(path))).toEqual([
    ["routes.json"],
    ["routes.json"],
    [join("sub", "routes.json")],
  ]);
  expect(asked).toEqual([".", ".", "sub"]);
});

it.each([
  [10_000, ["routes.json"]],
  [10_001, []],
])("a directory of %i names: %j, because the answer to a typo must not wait", (count, near) => {
  patchFiles({ readdirSync: (() => ["routes.json", ...Array(count - 1).fill("x")]) as never });
  expect(nearFiles("rotues.json")).toEqual(near);
});

it("a directory that cannot be read has no names", () => {
  expect(nearFiles(join(temporaryDirectory(), "gone", "routes.json"))).toEqual([]);
});
