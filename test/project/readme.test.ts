import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../src/commands/help/exit-codes.ts";
import { scratchDirectory } from "../built-program.ts";
import { runRecipe, writeRecipeFiles } from "./recipe-files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(`${root}README.md`, "utf8");

/** The blocks that show a command with its output. */
const shown = [...readme.matchAll(/^```console\n\$ vnet-explain (.*)\n([\s\S]*?)^```/gm)].map(
  ([, command, output]) => ({
    command: command ?? "",
    output: output ?? "",
  }),
);

/** The blocks of commands, in order. */
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, script = ""]) => script);

describe("the README's commands", () => {
  const scratch = scratchDirectory();
  beforeAll(() => writeRecipeFiles(scratch.path));
  afterAll(() => scratch.remove());

  it("begin with the set-up: install, build and answer; then all tests", () => {
    expect(commands[0]).toMatch(
      /^npm ci && npm run build && node bin\/vnet-explain\.js whichroute --ip 191\.239\.203\.0 --sample [\w-]+\n$/,
    );
    expect(commands[1]).toBe("npm test\n");
  });

  it.each(
    commands
      .slice(2)
      .flatMap((script) => script.split("\n"))
      .filter((line) => line.startsWith("vnet-explain ") && line.includes("routes.json")),
  )("%s: answers from the export", (line) => {
    const { status, stderr } = runRecipe(line.replace(/ \|\| .*/, ""), scratch.path);
    expect([0, 3], stderr).toContain(status);
  });

  it("mean by exit codes what the program means", () => {
    const { answered, usage, unexpected } = EXIT_CODES;
    expect(readme).toContain(`Exit code ${answered.code} is an answer, ${unexpected.code} an answer that is not`);
    expect(readme).toContain(`expected one, ${usage.code} a mistake`);
  });

  it("fit a page that a visitor reads", () => {
    expect(readme.split("\n").length).toBeLessThan(150);
  });
});

describe("the README shows what the program prints", () => {
  it.each(shown)("vnet-explain $command", ({ command, output }) => {
    const run = spawnSync(process.execPath, ["bin/vnet-explain.js", ...command.split(" ")], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    expect(run.stdout).toBe(output);
    expect(run.status).toBe(0);
  });

  it("has output to compare", () => {
    expect(shown.length).toBeGreaterThan(0);
  });
});
