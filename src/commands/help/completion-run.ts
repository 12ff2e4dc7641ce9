import type { Command } from "commander";
import { nearNames } from "../../text/near-names.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { UsageError } from "../shared/errors.ts";
import { candidates } from "./candidates.ts";
import type { Shell } from "./completion.ts";
import { completionNames } from "./known-names.ts";
import { COMPLETION_SCRIPTS } from "./scripts.ts";

/** Prints the script of a shell. */
export async function runCompletion(wanted: string, shells: readonly Shell[], { terminal }: CommandIO): Promise<void> {
  const name = wanted.toLowerCase() === "pwsh" ? "powershell" : wanted.toLowerCase();
  const shell = shells.find((known) => known === name);
  if (shell === undefined) {
    const near = nearNames(name, shells);
    throw new UsageError(
      "unknown-shell",
      `there is no completion for '${wanted.slice(0, 40)}'`,
      near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${shells.join(", ")}`,
    );
  }
  terminal.stdout.write(COMPLETION_SCRIPTS[shell]);
}

/** Prints what may stand in place of the last word: `words` or `files`, then the candidates, a tab before what each means. */
export async function runComplete(program: Command, words: readonly string[], { terminal }: CommandIO): Promise<void> {
  const { files, found } = await candidates(program, words, (kind) => completionNames(kind, terminal.env));
  const lines = found.map(({ name, meaning }) => `${name}\t${meaning}`);
  terminal.stdout.write(`${[files ? "files" : "words", ...lines].join("\n")}\n`);
}
