import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { saveExport } from "../../src/store/save-export.ts";
import { failure } from "./failure.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const one = { name: "routes.csv", parts: ["a,", new TextEncoder().encode("b\n")] };
const two = { name: "addresses.csv", parts: ["c\n"] };

it.each([
  ["one file becomes the path itself", [one], "out.csv", ["out.csv"]],
  ["one file goes into a folder that is there", [one], "there", ["there/routes.csv"]],
  ["one file goes into a new folder where the path ends with a slash", [one], "new/", ["new/routes.csv"]],
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
  expect((await failure(saveExport([one, two], path))).code).toBe("write-not-a-directory");
  expect(readFileSync(path, "utf8")).toBe("precious");
});
