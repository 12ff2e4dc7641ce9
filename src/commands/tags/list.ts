import type { Command } from "commander";
import { servicesOf, tagListReport } from "../../service-tags/list-report.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { didYouMean, nearNames } from "../../text/near-names.ts";
import { same } from "../../text/same.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addTagSource, requireTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { refuseUnknownRegion } from "./refuse-region.ts";

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
 * @throws UserError for a region that no tag has.
 */
export async function runTagsList(options: TagsListOptions, { terminal, print }: CommandIO): Promise<void> {
  const tags = await requireTags(options, terminal);
  refuseUnknownRegion(options.region, tags.details());
  const report = tagListReport(tags, options);
  if (report.tags.length === 0) terminal.note(`no service tag matches${didYouMean(nearServices(options, tags))}`);
  await print({ kind: "tags-list", report });
}

/** Known services near to one that no tag has. */
function nearServices({ service }: TagsListOptions, tags: TagCatalogue): readonly string[] {
  const known = [...servicesOf(tags), ...tags.details().flatMap(({ systemService }) => systemService ?? [])];
  return service === undefined || known.some((name) => same(name, service)) ? [] : nearNames(service, known);
}
