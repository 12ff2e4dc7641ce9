import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kustoDiagnostics, NTA_NET_ANALYTICS } from "../analysis/export/kusto-parser.ts";
import { scratchDirectory } from "../built-program.ts";
import { runRecipe, writeRecipeFiles } from "./recipe-files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(join(root, "docs", "scripting.md"), "utf8");

/** Each recipe with what it prints. */
const recipes = [...text.matchAll(/^```sh\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```/gm)].map(([, script, output]) => ({
  first: (script ?? "").split("\n")[0],
  script: script ?? "",
  output: output ?? "",
}));

const scratch = scratchDirectory();
beforeAll(() => writeRecipeFiles(scratch.path));
afterAll(() => scratch.remove());

const isMissing = (tool: string) => spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0;
const missing = ["jq", "awk", "sqlite3"].filter(isMissing);

const runScript = (script: string) => runRecipe(script, scratch.path);

describe.skipIf(missing.length > 0)(`docs/scripting.md${missing.map((tool) => ` (needs ${tool})`).join("")}`, () => {
  it.each(recipes)("$first", ({ script, output }) => {
    const run = runScript(script);
    expect(run.stdout, run.stderr).toBe(output);
    expect(run.status, run.stderr).toBe(0);
  });

  it("the query that a recipe writes: Microsoft's parser has nothing against it", { timeout: 30_000 }, () => {
    runScript(recipes.find(({ script }) => script.includes("> flows.kql"))?.script ?? "");
    const query = readFileSync(join(scratch.path, "flows.kql"), "utf8");
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + query)).toEqual([]);
    // What the text proposes in place of the last lines.
    const [, instead = ""] = /`FlowRoutes` gives every\s+destination with its route: `([^`]+)`/.exec(text) ?? [];
    expect(instead).toMatch(/^\| where /);
    const flows = `${query.slice(0, query.lastIndexOf("FlowRoutes\n"))}FlowRoutes\n${instead}\n`;
    expect(kustoDiagnostics(NTA_NET_ANALYTICS + flows)).toEqual([]);
  });

  it("shows what every recipe prints", () => {
    expect(recipes.length).toBe(text.match(/^```sh$/gm)?.length);
  });
});
