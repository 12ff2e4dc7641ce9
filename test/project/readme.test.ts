import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../src/commands/help/exit-codes.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(`${root}README.md`, "utf8");

/** The blocks that show a command with its output. */
const shown = [...readme.matchAll(/^```console\n\$ vnet-explain (.*)\n([\s\S]*?)^```/gm)].map(
  ([, command, output]) => ({
    command: command ?? "",
    output: output ?? "",
  }),
);

describe("the README's exit codes are the program's", () => {
  it.each(Object.values(EXIT_CODES))("$code", ({ code, meaning }) => {
    expect(readme.split("\n").map((line) => line.replace(/ +/g, " "))).toContain(`| ${code} | ${meaning} |`);
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
