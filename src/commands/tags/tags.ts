import { type Declaration, declareAll } from "../shared/declaration.ts";
import { tagsDiffCommand } from "./diff.ts";
import { tagsListCommand } from "./list.ts";
import { tagsLookupCommand } from "./lookup.ts";
import { tagsShowCommand } from "./show.ts";
import { tagsStatusCommand } from "./status.ts";
import { tagsUpdateCommand } from "./update.ts";

const COMMANDS = [
  tagsUpdateCommand,
  tagsStatusCommand,
  tagsLookupCommand,
  tagsListCommand,
  tagsShowCommand,
  tagsDiffCommand,
];

const DESCRIPTION = `Fetch Microsoft's service tags and ask them: which tags hold an address, what is
in a tag, what changed.

Examples:
  vnet-explain tags update
  vnet-explain tags lookup 191.239.203.0
  vnet-explain tags show Storage.WestEurope`;

/** `tags` and the commands under it. */
export const tagsCommand: Declaration = {
  name: "tags",
  summary: "fetch and ask the service tags",
  declare(command, start, words) {
    command.description(DESCRIPTION);
    declareAll(command, COMMANDS, start, words);
  },
};
