import type { Command } from "commander";
import { tagListReport } from "../../service-tags/list-report.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addTagSource, requireTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { refuseUnknownRegion, refuseUnknownService } from "./refuse-filter.ts";

const DESCRIPTION = `List the service tags and how many prefixes each has.

Examples:
  vnet-explain tags list --service Storage
  vnet-explain tags list --region westeurope -o json`;

export interface TagsListOptions extends TagSourceOptions {
  readonly service?: string | undefined;
  readonly region?: string | undefined;
}

/** Declares `tags list`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .option("--service <service>", "only tags of this service: Storage, or AzureStorage")
    .option("--region <region>", "only tags of this region: westeurope");
  addTagSource(command).action(async (options: TagsListOptions, self: Command) => {
    await start(self, (io) => runTagsList(options, io));
  });
}

/**
 * Prints the tags that match the filter, maybe none.
 * @throws UserError for a service or a region that no tag has.
 */
export async function runTagsList(options: TagsListOptions, { terminal, print }: CommandIO): Promise<void> {
  const tags = await requireTags(options, terminal);
  refuseUnknownService(options.service, tags.details());
  refuseUnknownRegion(options.region, tags.details());
  const report = tagListReport(tags, options);
  if (report.tags.length === 0) terminal.note("no service tag matches");
  await print({ kind: "tags-list", report });
}
