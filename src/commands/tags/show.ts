import type { Command } from "commander";
import { tagHint } from "../../analysis/destinations/destination-set.ts";
import { tagReport } from "../../service-tags/list-report.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addTagSource, requireTags, type TagSourceOptions } from "../shared/tag-source.ts";

const DESCRIPTION = `Show a service tag and all its prefixes.

Examples:
  vnet-explain tags show Storage.WestEurope
  vnet-explain tags show AzureKeyVault -o json`;

export interface TagsShowOptions extends TagSourceOptions {
  readonly tag: string;
}

/** Declares `tags show`. */
export function declare(command: Command, { start }: CommandContext): void {
  command.description(DESCRIPTION).argument("<tag>", "the tag's name, in any case");
  addTagSource(command).action(async (tag: string, options: Omit<TagsShowOptions, "tag">, self: Command) => {
    await start(self, (io) => runTagsShow({ ...options, tag }, io));
  });
}

/**
 * Prints one tag.
 * @throws UserError with near names for an unknown tag.
 */
export async function runTagsShow(options: TagsShowOptions, { terminal, print }: CommandIO): Promise<void> {
  const tags = await requireTags(options, terminal);
  const tag = tags.tag(options.tag);
  if (tag === null) {
    throw new UserError("unknown-tag", `unknown service tag '${options.tag.slice(0, 40)}'`, tagHint(options.tag, tags));
  }
  await print({ kind: "tags-show", report: tagReport(tag, tags.file) });
}
