import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { saveExport } from "../../src/store/save-export.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

interface File {
  readonly name: string;
  readonly parts: (string | Uint8Array)[];
}

const one: File = { name: "routes.csv", parts: ["a,", new TextEncoder().encode("b\n")] };
const two: File = { name: "addresses.csv", parts: ["c\n"] };

it.each<[rule: string, files: File[], path: string, written: string[]]>([
  ["one file becomes the path itself", [one], "out.csv", ["out.csv"]],
  ["one file goes into a folder that is there", [one], "there", ["there/routes.csv"]],
  ["one file goes into a new folder where the path ends with a slash", [one], "new/", ["new/routes.csv"]],
  ["one file goes into a new folder in a new folder", [one], "new/er/", ["new/er/routes.csv"]],
  ["no files make their folder", [], "new/", []],
  ["several files go into a new folder", [one, two], "new", ["new/routes.csv", "new/addresses.csv"]],
  ["several files go into a folder that is there", [two, one], "there", ["there/addresses.csv", "there/routes.csv"]],
  [
    "no file leaves its folder",
    [{ ...one, name: "../../routes.csv" }, two],
    "new",
    ["new/routes.csv", "new/addresses.csv"],
  ],
])("of an export, %s", async (_, files, path, expected) => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "there"));
  const written = await saveExport(files, `${directory}/${path}`);
  expect(written.map((each) => each.slice(directory.length + 1))).toEqual(expected);
  const contents = files.map(({ name }) => (name.endsWith("routes.csv") ? "a,b\n" : "c\n"));
  expect(written.map((each) => readFileSync(each, "utf8"))).toEqual(contents);
});

it("of an export, several files do not replace a file", async () => {
  const path = join(temporaryDirectory(), "f");
  writeFileSync(path, "precious");
  const why = "part of the path is a file, not a directory";
  await expect(saveExport([one, two], path)).rejects.toMatchObject({
    code: "write-not-a-directory",
    message: `cannot write the export: ${why}\n  ${join(path, "routes.csv")}`,
  });
  expect(readFileSync(path, "utf8")).toBe("precious");
});

it.each<[what: string, files: File[], inside: string, why: string]>([
  ["no folder is made in a file", [one, two], "f/new", "part of the path is a file, not a directory"],
  ["one file does not make the folder around it", [one], "none/out.csv", "the directory does not exist"],
])("of an export, %s", async (_, files, inside, why) => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "f"), "precious");
  const path = join(directory, inside);
  await expect(saveExport(files, path)).rejects.toMatchObject({
    code: "write-not-a-directory",
    message: `cannot write the export: ${why}\n  ${path}`,
    exit: "failed",
  });
  expect(readdirSync(directory)).toEqual(["f"]);
});
