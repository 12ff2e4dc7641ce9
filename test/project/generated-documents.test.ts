import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
// @ts-expect-error A module of the build, in JavaScript.
import { COMMANDS, drawn, terminalPicture } from "../../build/terminal-picture.js";
import { COMMANDS as REGISTRY } from "../../src/commands/registry.ts";
import { runBuilt } from "../built-program.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const textOf = (name: string) => readFileSync(`${root}${name}`, "utf8");
const hasScript = spawnSync("script", ["--version"]).status === 0;

const STALE = "the program prints something else now: npm run -s build && npm run docs";

describe("docs/reference.md", () => {
  it("is what the program's help says", async () => {
    const { stdout, code } = await runBuilt(["help", "reference"]);
    expect(code).toBe(0);
    expect(textOf("docs/reference.md") === stdout, STALE).toBe(true);
  });

  it("has every command with its options, and every heading in its contents", () => {
    const text = textOf("docs/reference.md");
    const headings = [...text.matchAll(/^#{2,3} (.*)$/gm)].map(([, heading = ""]) => heading);
    const listed = [...text.matchAll(/^ *- \[(.*?)\]\(#/gm)].map(([, heading = ""]) => heading);
    expect(listed).toEqual(headings);
    const names = REGISTRY.map(({ name }) => name).filter((name) => !name.startsWith("_") && name !== "tags");
    expect(headings).toEqual(expect.arrayContaining([...names, "tags lookup", "Exit codes"]));
    for (const option of ["--file <path>", "--nic <name\\|id>", "--auth <method>", "--expect <key=value...>"]) {
      expect(text).toContain(option);
    }
  });
});

describe("docs/terminal.svg", () => {
  it.skipIf(!hasScript)(
    `is what the program prints on a terminal${hasScript ? "" : " (script is not installed)"}`,
    () => {
      expect(textOf("docs/terminal.svg") === terminalPicture(), STALE).toBe(true);
    },
  );

  it("shows each command and its answer in text", () => {
    const shown = textOf("docs/terminal.svg").replace(/<[^>]+>/g, " ");
    for (const command of COMMANDS) expect(shown).toContain(`$ vnet-explain ${command}`);
    expect(shown).toContain("Microsoft.Storage");
  });

  it("keeps colours, places and what XML would read as a tag", () => {
    const svg: string = drawn("a  \u001b[31m<b>&\u001b[0m\n\u001b[1;32mc\u001b[0m", "<t>");
    expect(svg).toContain("<title>&lt;t&gt;</title>");
    const texts = [...svg.matchAll(/<text x="([\d.]+)" y="(\d+)" .*?fill="(#\w+)"(.*?)>(.*)<\/text>/g)];
    expect(texts.map(([, ...fields]) => fields)).toEqual([
      ["16.0", "30", "#1f2328", "", "a"],
      ["41.2", "30", "#cf222e", "", "&lt;b&gt;&amp;"],
      ["16.0", "50", "#116329", ' font-weight="bold"', "c"],
    ]);
  });
});
