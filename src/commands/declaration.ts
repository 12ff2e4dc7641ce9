import type { Command } from "commander";
import type { Start } from "./command-io.ts";

/** Whether a command line may need what lies behind a command's name. */
export type Named = (name: string) => boolean;

/** One command of the program, or a group of them. */
export interface Declaration {
  readonly name: string;
  /** One line, for the list of commands; null for a command that no list shows. */
  readonly summary: string | null;
  /** Gives the command its description, options and action. Called only for a command line that may name it. */
  declare(command: Command, start: Start, named: Named): void;
}

/** Adds the commands to the program or to a group; those that the command line does not name get their name and summary alone. */
export function declareAll(parent: Command, declarations: readonly Declaration[], start: Start, named: Named): void {
  for (const { name, summary, declare } of declarations) {
    const command = parent.command(name, { hidden: summary === null }).summary(summary ?? "");
    if (named(name)) declare(command, start, named);
  }
}
