import type { Command } from "commander";
import type { LineOptions } from "../../analysis/lines/choice.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addLineOptions, hasLineOptions } from "../shared/line-options.ts";
import { addTagSource, requireTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { type Asked, lookupOf } from "./lookup-of.ts";

const DESCRIPTION = `List every service tag that contains an address or a whole prefix, most specific first.

Examples:
  vnet-explain tags lookup 191.239.203.0
  vnet-explain tags lookup 191.239.203.0 2603:1020::1 20.38.108.0/24 -o json
  vnet-explain tags lookup - --column DestPublicIPs_s -o tsv < flows.csv`;

export interface TagsLookupOptions extends TagSourceOptions, LineOptions {
  readonly addresses: readonly string[];
}

/** Declares `tags lookup`. */
export function declare(command: Command, { start }: CommandContext): void {
  command.description(DESCRIPTION).argument("<address...>", "addresses, prefixes, @FILE; - stdin");
  addTagSource(addLineOptions(command)).action(
    async (addresses: string[], options: Omit<TagsLookupOptions, "addresses">, self: Command) => {
      await start(self, (io) => runTagsLookup({ ...options, addresses }, io));
    },
  );
}

/**
 * Prints the tags that contain each address; an empty list if none does. Lines of stdin and files are looked up as they
 * arrive, and an invalid one is refused in its place.
 * @throws UserError for an invalid argument, before anything is read.
 */
export async function runTagsLookup(options: TagsLookupOptions, io: CommandIO): Promise<void> {
  const { addresses } = options;
  refuseMisplaced(options);
  const lookups: Asked[] = [];
  for (const text of addresses) lookups.push(isInput(text) ? text : await lookupOfWord(text));
  const tags = await requireTags(options, io.terminal);
  if (addresses.some(isInput)) {
    const { printLookups } = await import("./lookup-stream.ts");
    return printLookups(lookups, tags, options, io);
  }
  const found = lookups.flatMap((each) => (typeof each === "string" ? [] : each(tags)));
  await io.print({ kind: "tags-lookup", report: { schemaVersion: "1.0", lookups: found, serviceTagFile: tags.file } });
}

/** @throws UserError with the likely correction. */
async function lookupOfWord(text: string): Promise<Exclude<Asked, string>> {
  try {
    return lookupOf(text);
  } catch (error) {
    const { lookupError } = await import("../mistakes/lookup-error.ts");
    throw lookupError(error, text);
  }
}

const isInput = (text: string) => text === "-" || text.startsWith("@");

const isStdin = (text: string) => text === "-" || text === "@-";

/** @throws UserError for options that cannot be combined. */
function refuseMisplaced(options: TagsLookupOptions): void {
  const { addresses } = options;
  if (!addresses.some(isInput) && hasLineOptions(options)) {
    throw new UserError(
      "destination-options",
      "--column, --field and --delimiter work only with - and @FILE",
      "give a file: @FILE",
    );
  }
  if (addresses.filter(isStdin).length < 2) return;
  throw new UserError("stdin-twice", "stdin can be only one input", "save the others to files");
}
