import type { Command } from "commander";
import type { CommandIO } from "./command-io.ts";

/**
 * A command of the program as the list of commands needs it: nothing of it is loaded until the command line names it.
 */
export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands; null hides the command. */
  readonly summary: string | null;
  /** The heading above the command in that list; a group of commands has none. */
  readonly group?: string;
  /** Imports the command's module. */
  load(): Promise<CommandModule>;
}

/** The exports of a command's module. */
interface CommandModule {
  /** Gives the command its description, options and action. */
  declare(command: Command, context: CommandContext): void;
  /** The commands of a group, in the order of its help. */
  readonly subcommands?: readonly CommandEntry[];
}

/** The parts of the program that a command may use. */
export interface CommandContext {
  /**
   * Runs a command's work with the streams and the output format of its global options. An error it throws sets the
   * exit code.
   */
  start(command: Command, run: (io: CommandIO) => Promise<void>): Promise<void>;
  /**
   * The program with the commands loaded that `words` may name; null loads every command. Takes milliseconds per
   * command.
   */
  programFor(words: Words): Promise<Command>;
}

/** The words of a command line, without the program's name; null names every command. */
export type Words = readonly string[] | null;

/**
 * Adds the commands to the program or to a group. All get their name and summary. Those that `words` may name are
 * loaded and get their options too: the first word if it is a command, else every word that is one, since a word may
 * also be the value of an option.
 */
export async function addCommands(
  parent: Command,
  entries: readonly CommandEntry[],
  words: Words,
  context: CommandContext,
): Promise<void> {
  const first = entries.find(({ name }) => name === words?.[0]);
  const isNamed = (entry: CommandEntry) =>
    words === null || (first === undefined ? words.includes(entry.name) : entry === first);
  await Promise.all(
    entries.map(async (entry) => {
      const command = parent.command(entry.name, { hidden: entry.summary === null }).summary(entry.summary ?? "");
      if (entry.group !== undefined) command.helpGroup(entry.group);
      if (!isNamed(entry)) return;
      const { declare, subcommands = [] } = await entry.load();
      declare(command, context);
      await addCommands(command, subcommands, first === undefined ? words : (words?.slice(1) ?? null), context);
    }),
  );
}
