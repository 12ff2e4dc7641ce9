import { nearNames } from "../routes/near-names.ts";
import { tagReport } from "../service-tags/list-report.ts";
import type { CommandIO } from "./command-io.ts";
import { requireTags, type TagSourceOptions } from "./tag-source.ts";
import { UsageError } from "./usage-error.ts";

export interface TagsShowOptions extends TagSourceOptions {
  readonly tag: string;
}

/** Prints one tag; a name that is none is refused with the names that are near. */
export async function runTagsShow(options: TagsShowOptions, { terminal, print }: CommandIO): Promise<void> {
  const tags = await requireTags(options, terminal);
  const tag = tags.tag(options.tag);
  if (tag === null) {
    const names = [...tags.tags()].map(({ name }) => name);
    const near = nearNames(options.tag, names);
    throw new UsageError(
      "unknown-tag",
      `there is no service tag '${options.tag.slice(0, 40)}'`,
      near.length > 0 ? `did you mean: ${near.join(", ")}` : "see the names with: vnet-explain tags list",
    );
  }
  await print({ kind: "tag", report: tagReport(tag, tags.file) });
}
