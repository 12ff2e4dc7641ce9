import type { Command } from "commander";

/** A command's name after the names of its groups. */
export function fullName(command: Command): string {
  const parent = command.parent;
  return parent === null || parent.parent === null ? command.name() : `${fullName(parent)} ${command.name()}`;
}

/** Every command that does something, in the order of the help: `tags lookup`, but not `tags`. */
export function leafCommands(command: Command): readonly Command[] {
  const visible = command.createHelp().visibleCommands(command);
  return visible.flatMap((each) => (each.commands.length > 0 ? leafCommands(each) : [each]));
}

/** A command's description, and its examples, which follow it there. */
export function describedIn(command: Command): { readonly description: string; readonly examples: string } {
  const [description = "", examples = ""] = command.description().split("\n\nExamples:\n");
  return { description, examples };
}
