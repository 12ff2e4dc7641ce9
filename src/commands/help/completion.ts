import type { Command } from "commander";
import { nearNames } from "../../text/near-names.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import { COMPLETION_SCRIPTS, isShell, SHELLS, type Shell } from "./scripts.ts";

const DESCRIPTION = `Print a shell completion script. One line installs it:

Examples:
  echo 'source <(vnet-explain completion bash)' >> ~/.bashrc
  echo 'source <(vnet-explain completion zsh)' >> ~/.zshrc
  vnet-explain completion fish > ~/.config/fish/completions/vnet-explain.fish
  vnet-explain completion powershell | Out-String | Invoke-Expression`;

/** Declares `completion`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .argument("<shell>", SHELLS.join(", "))
    .action(async (shell: string, _options: unknown, self: Command) => {
      await start(self, async ({ terminal }) => {
        terminal.stdout.write(COMPLETION_SCRIPTS[shellNamed(shell)]);
      });
    });
}

/** @throws UserError for a shell without a script. */
function shellNamed(typed: string): Shell {
  const name = same(typed, "pwsh") ? "powershell" : typed.toLowerCase();
  if (isShell(name)) return name;
  const near = nearNames(name, SHELLS);
  throw new UserError(
    "unknown-shell",
    `no completion script for '${typed.slice(0, 40)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${SHELLS.join(", ")}`,
  );
}
