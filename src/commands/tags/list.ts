import type { Command } from "commander";
import { regionsOf, servicesOf, tagListReport } from "../../service-tags/list-report.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { didYouMean, nearNames } from "../../text/near-names.ts";
import { same } from "../../text/same.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addTagSource, requireTags, type TagSourceOptions } from "../shared/tag-source.ts";

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

/** Prints the tags that match the filter, maybe none. */
export async function runTagsList(options: TagsListOptions, { terminal, print }: CommandIO): Promise<void> {
  const tags = await requireTags(options, terminal);
  const report = tagListReport(tags, options);
  if (report.tags.length === 0) terminal.note(`no service tag matches${didYouMean(nearFilters(options, tags))}`);
  await print({ kind: "tags-list", report });
}

/** Known names near to a filter value that no tag has. */
function nearFilters({ service, region }: TagsListOptions, tags: TagCatalogue): readonly string[] {
  const systemServices = () => tags.details().flatMap((tag) => tag.systemService ?? []);
  const near = (typed: string | undefined, known: readonly string[]) =>
    typed === undefined || known.some((name) => same(name, typed)) ? [] : nearNames(typed, known);
  return [...near(service, [...servicesOf(tags), ...systemServices()]), ...near(region, regionsOf(tags))];
}
