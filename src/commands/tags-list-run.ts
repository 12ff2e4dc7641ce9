import { tagListReport } from "../service-tags/list-report.ts";
import type { CommandIO } from "./command-io.ts";
import { requireTags, type TagSourceOptions } from "./tag-source.ts";

export interface TagsListOptions extends TagSourceOptions {
  readonly service?: string | undefined;
  readonly region?: string | undefined;
}

/** Prints the tags that fit. None that fits is an answer too. */
export async function runTagsList(options: TagsListOptions, { terminal, print }: CommandIO): Promise<void> {
  const report = tagListReport(await requireTags(options, terminal), options);
  if (report.tags.length === 0) terminal.note("no service tag fits");
  await print({ kind: "tag-list", report });
}
