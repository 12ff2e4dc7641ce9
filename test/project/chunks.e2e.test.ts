import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const PROGRAM = fileURLToPath(new URL("../../dist/program/", import.meta.url));

/** The files that the built file loads at once, without `import()`. */
function loadedBy(file: string): readonly string[] {
  const text = readFileSync(PROGRAM + file, "utf8");
  return [...text.matchAll(/=require\("\.\/([^"]+)"\)/g)].map(([, name = ""]) => name);
}

it("no file of a package loads one of the program, or Node would warn of a circle", () => {
  const files = readdirSync(PROGRAM).filter((name) => name.startsWith("package-"));
  expect(files).not.toEqual([]);
  expect(files.flatMap(loadedBy).filter((name) => !name.startsWith("package-"))).toEqual([]);
});
