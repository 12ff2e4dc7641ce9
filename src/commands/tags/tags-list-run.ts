import { regionsOf, servicesOf, tagListReport } from "../../service-tags/list-report.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { didYouMean, nearNames } from "../../text/near-names.ts";
import { same } from "../../text/same.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { requireTags, type TagSourceOptions } from "../shared/tag-source.ts";

export interface TagsListOptions extends TagSourceOptions {
  readonly service?: string | undefined;
  readonly region?: string | undefined;
}

/** Prints the tags that fit. None that fits is an answer too. */
export async function runTagsList(options: TagsListOptions, { terminal, print }: CommandIO): Promise<void> {
  const tags = await requireTags(options, terminal);
  const report = tagListReport(tags, options);
  if (report.tags.length === 0) terminal.note(`no service tag fits${didYouMean(nearFilters(options, tags))}`);
  await print({ kind: "tag-list", report });
}

/** What was probably meant by a filter that no tag fits. */
function nearFilters({ service, region }: TagsListOptions, tags: TagCatalogue): readonly string[] {
  const systemServices = () => tags.details().flatMap((tag) => tag.systemService ?? []);
  const near = (typed: string | undefined, known: readonly string[]) =>
    typed === undefined || known.some((name) => same(name, typed)) ? [] : nearNames(typed, known);
  return [...near(service, [...servicesOf(tags), ...systemServices()]), ...near(region, regionsOf(tags))];
}
