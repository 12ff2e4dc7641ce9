import type { Command } from "commander";
import type { Start } from "./command-io.ts";

/** The words of a command line, for who declares commands: what it cannot name need not be declared, which takes milliseconds. */
export interface CommandWords {
  /** The word where a command's name is expected; undefined where there is none, or where every command is wanted. */
  readonly first: string | undefined;
  /** Whether it may need what lies behind a command's name. */
  names(name: string): boolean;
  /** The same for who declares the commands of a group. */
  inGroup(): CommandWords;
}

/** One command of the program, or a group of them. */
export interface Declaration {
  readonly name: string;
  /** One line, for the list of commands; null for a command that no list shows. */
  readonly summary: string | null;
  /** Gives the command its description, options and action. Called only for a command line that may name it. */
  declare(command: Command, start: Start, words: CommandWords): void;
}

/**
 * Adds the commands to the program or to a group: only the one that stands where a name is expected, or all; those that the command line does
 * not name get their name and summary alone.
 */
export function declareAll(
  parent: Command,
  declarations: readonly Declaration[],
  start: Start,
  words: CommandWords,
): void {
  const meant = declarations.find(({ name }) => name === words.first);
  for (const { name, summary, declare } of meant === undefined ? declarations : [meant]) {
    const command = parent.command(name, { hidden: summary === null }).summary(summary ?? "");
    if (words.names(name)) declare(command, start, words.inGroup());
  }
}
