import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

const DESCRIPTION = `Print the shell's completion script. Install it with one line:

Examples:
  echo 'source <(vnet-explain completion bash)' >> ~/.bashrc
  echo 'source <(vnet-explain completion zsh)' >> ~/.zshrc
  vnet-explain completion fish > ~/.config/fish/completions/vnet-explain.fish
  vnet-explain completion powershell | Out-String | Invoke-Expression`;

/** `completion` */
export const completionCommand: Declaration = {
  name: "completion",
  summary: "print the shell's completion script",
  declare(command, start) {
    command
      .description(DESCRIPTION)
      .argument("<shell>", SHELLS.join(", "))
      .action(async (shell: string, _options: unknown, self: Command) => {
        const { runCompletion } = await import("./completion-run.ts");
        await start(self, (io) => runCompletion(shell, SHELLS, io));
      });
  },
};

/** The hidden command by which the scripts ask for candidates: `program` is what may be completed. */
export function completeCommand(program: Command): Declaration {
  return {
    name: "__complete",
    summary: null,
    declare(command, start) {
      command.argument("[words...]").action(async (words: readonly string[], _options: unknown, self: Command) => {
        const { runComplete } = await import("./completion-run.ts");
        await start(self, (io) => runComplete(program, words, io));
      });
    },
  };
}
