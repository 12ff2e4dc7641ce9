import { tagHint } from "../../analysis/destinations/destination-set.ts";
import { tagReport } from "../../service-tags/list-report.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { UsageError } from "../shared/errors.ts";
import { requireTags, type TagSourceOptions } from "../shared/tag-source.ts";

export interface TagsShowOptions extends TagSourceOptions {
  readonly tag: string;
}

/** Prints one tag; a name that is none is refused with the names that are near. */
export async function runTagsShow(options: TagsShowOptions, { terminal, print }: CommandIO): Promise<void> {
  const tags = await requireTags(options, terminal);
  const tag = tags.tag(options.tag);
  if (tag === null) {
    throw new UsageError(
      "unknown-tag",
      `there is no service tag '${options.tag.slice(0, 40)}'`,
      tagHint(options.tag, tags),
    );
  }
  await print({ kind: "tag", report: tagReport(tag, tags.file) });
}
