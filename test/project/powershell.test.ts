import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Language, type Node, Parser } from "@vscode/tree-sitter-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBuilt, scratchDirectory } from "../built-program.ts";
import { writeRecipeFiles } from "./recipe-files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(join(root, "docs/powershell.md"), "utf8");
const recipes = [...text.matchAll(/^```powershell\n([\s\S]*?)^```/gm)].map(([, script = ""]) => ({
  first: script.split("\n")[0],
  script,
}));

const scratch = scratchDirectory();
let parser: Parser;

beforeAll(async () => {
  writeRecipeFiles(scratch.path);
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve("@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm");
  parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(grammar)));
});
afterAll(() => scratch.remove());

function parsed(script: string): Node {
  const tree = parser.parse(script);
  if (tree === null) throw new Error("no tree");
  return tree.rootNode;
}

/** The arguments of each `vnet-explain` in a script, as PowerShell gives them to a program. */
function commandsIn(script: string): string[][] {
  return parsed(script)
    .descendantsOfType("command")
    .map((command) => (command?.text ?? "").trim().split(/\s+/))
    .filter(([name]) => name === "vnet-explain")
    .map(([, ...words]) => words.map((word) => word.replace(/^'(.*)'$/, "$1")));
}

describe("docs/powershell.md", () => {
  it("the grammar rejects other languages", () => {
    expect(parsed("if [ -e x ]; then echo $x; fi").hasError).toBe(true);
    expect(parsed("$x = @{ a = 1 }").hasError).toBe(false);
  });

  it.each(recipes)("$first: is PowerShell", ({ script }) => {
    expect(parsed(script).hasError).toBe(false);
  });

  it.each(recipes.filter(({ script }) => script.includes("vnet-explain ")))(
    "$first: its commands are understood",
    async ({ script }) => {
      const commands = commandsIn(script);
      expect(commands.length).toBeGreaterThan(0);
      for (const words of commands) {
        const stdin = "10.20.0.4\n20.38.108.7\n";
        const run = await runBuilt(words, { stdin, cwd: scratch.path });
        expect([0, 3], `${words.join(" ")}\n${run.stderr}`).toContain(run.code);
      }
    },
  );

  it("has recipes", () => {
    expect(recipes.length).toBeGreaterThan(5);
  });
});
