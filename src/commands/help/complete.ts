import type { Command } from "commander";
import type { CommandContext } from "../shared/command.ts";
import { candidates } from "./candidates.ts";
import { completionNames } from "./known-names.ts";

/**
 * Declares `__complete`, the hidden command that the completion scripts call. Its arguments are the words of the
 * command line up to the cursor, the last one maybe empty. Prints `words` or `files`, then one candidate a line, each
 * with a tab and its meaning.
 */
export function declare(command: Command, { start, programFor }: CommandContext): void {
  command.argument("[words...]").action(async (words: readonly string[], _options: unknown, self: Command) => {
    await start(self, async ({ terminal }) => {
      const program = await programFor(words);
      const { files, found } = await candidates(program, words, (kind, file) =>
        completionNames(kind, terminal.env, file),
      );
      const lines = found.map(({ name, meaning }) => `${name}\t${meaning}`);
      terminal.stdout.write(`${[files ? "files" : "words", ...lines].join("\n")}\n`);
    });
  });
}
