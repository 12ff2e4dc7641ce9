import { type Command, Option } from "commander";

/** The options that describe changes. */
export const CHANGE_OPTIONS = [
  "add-route",
  "remove-route",
  "add-endpoint",
  "remove-endpoint",
  "add-peering",
  "remove-peering",
  "propagate-bgp",
] as const;

export type ChangeOption = (typeof CHANGE_OPTIONS)[number];

/** An option as it was typed. Order matters: a route is removed before another takes its prefix. */
export interface Typed {
  readonly option: ChangeOption | "name";
  readonly value: string;
}

/** Declares the options that describe a change. Parsing the command line fills the returned list. */
export function addChanges(command: Command): readonly Typed[] {
  const typed: Typed[] = [];
  const add = (option: Typed["option"], value: string, description: string, choices: readonly string[] = []) => {
    const declared = new Option(`--${option} <${value}>`, description);
    if (choices.length > 0) declared.choices(choices);
    command.addOption(
      declared.argParser((text) => {
        typed.push({ option, value: text });
        return text;
      }),
    );
  };
  add("add-route", "route", "PREFIX=TYPE, TAG=TYPE; TYPE may be TYPE:IP");
  add("name", "name", "... and the name of this route");
  add("remove-route", "route", "a user route by its name, prefix or tag");
  add("add-endpoint", "service", "e.g. Microsoft.Storage");
  command.option("--region <region>", "... in a network of this region");
  add("remove-endpoint", "service", "e.g. Microsoft.Storage");
  add("add-peering", "prefixes", "the other network's, comma-separated");
  add("remove-peering", "prefixes", "the other network's, comma-separated");
  add("propagate-bgp", "on|off", "gateway routes: on, off", ["on", "off"]);
  return typed;
}
