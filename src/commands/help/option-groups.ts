import type { Command, Option } from "commander";

/** The heading of options that many commands share. A topic describes them, not the help of a command. */
export const SOURCE_OPTIONS = "Source options:";
export const SIGN_IN_OPTIONS = "Sign-in options:";
/** The heading of a command's own options. */
export const OWN_OPTIONS = "Options:";

const SHARED = [SOURCE_OPTIONS, SIGN_IN_OPTIONS];

/** Whether many commands share the option, so that a topic describes it. */
export function isShared({ helpGroupHeading = OWN_OPTIONS }: Option): boolean {
  return SHARED.includes(helpGroupHeading);
}

/** Whether the command has options that a topic describes. */
export function hasShared(command: Command, heading: typeof SOURCE_OPTIONS | typeof SIGN_IN_OPTIONS): boolean {
  return command.options.some(({ helpGroupHeading }) => helpGroupHeading === heading);
}

/** The options of a group, each once, of commands that share them. */
export function sharedOptions(commands: readonly Command[], heading: string): readonly Option[] {
  const all = commands.flatMap(({ options }) => options).filter(({ helpGroupHeading }) => helpGroupHeading === heading);
  return [...new Map(all.map((option) => [option.flags, option])).values()];
}
