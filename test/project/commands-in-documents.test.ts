import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/commands/program.ts";
import { Capture } from "../terminal/capture-terminal.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const documents = ["README.md", ...readdirSync(join(root, "docs")).map((name) => join("docs", name))].filter((name) =>
  name.endsWith(".md"),
);

/** The words of a shell's command line up to a pipe, a redirection or the next command. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [token] of line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    if (/^(\||&&|;|\d?[<>]|#)/.test(token)) break;
    const ends = /[;)]$/.test(token);
    const word = token.replace(/[;)]+$/, "").replace(/'([^']*)'|"([^"]*)"/g, "$1$2");
    if (word !== "") words.push(word);
    if (ends) break;
  }
  return words;
}

/** The command lines of the program in the code of a document, continued lines joined. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^( *)```(?!text)[^\n]*\n([\s\S]*?)^\1```/gm)].map(([, , block = ""]) => block);
  const lines = blocks.flatMap((block) => block.replace(/ *\\\n */g, " ").split("\n"));
  return lines.flatMap((line) =>
    [...line.matchAll(/(?:^|[|;(&] *|\$ |npx | {2})vnet-explain ([a-z].*)/g)].map(([, command = ""]) => command),
  );
}

/** Parses a command line without running it. @throws CommanderError for what the program does not take. */
async function parsed(command: string): Promise<void> {
  const words = wordsOf(command);
  const program = await createProgram(words, new Capture({}), async () => {});
  await program.parseAsync(words, { from: "user" });
}

const shown = documents.flatMap((document) =>
  commandsIn(readFileSync(join(root, document), "utf8")).map((command) => ({ document, command })),
);

describe("the commands that documents show", () => {
  it("the check knows a misspelt option and a word too many", async () => {
    await expect(parsed("whichroute --ip 10.1.2.3 --fiel routes.json")).rejects.toThrow("unknown option");
    await expect(parsed("tags status now")).rejects.toThrow("argument");
    expect(wordsOf(`whichroute --ip - --query "a[?b=='c'].d" -o tsv < x | jq '.'`)).toEqual([
      "whichroute",
      "--ip",
      "-",
      "--query",
      "a[?b=='c'].d",
      "-o",
      "tsv",
    ]);
  });

  it.each(shown)("$document: vnet-explain $command", async ({ command }) => {
    await parsed(command);
  });

  it("there are many", () => {
    expect(shown.length).toBeGreaterThan(40);
  });
});
