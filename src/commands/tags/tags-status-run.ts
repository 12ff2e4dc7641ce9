import { cacheDirectory } from "../../store/files/cache-directory.ts";
import { staleNote, tagStatus } from "../../store/tags/status.ts";
import type { CommandIO } from "../shared/command-io.ts";
import type { AzureAccessOptions } from "../shared/live-options.ts";
import { ServiceTagsMissingError } from "../shared/service-tags-missing-error.ts";
import { HOW_TO_GET_TAGS } from "../shared/tag-source.ts";

export type TagsStatusOptions = Pick<AzureAccessOptions, "cloud">;

/** Prints what is known of the kept service tags, without opening them. */
export async function runTagsStatus(options: TagsStatusOptions, { terminal, print }: CommandIO): Promise<void> {
  const now = Date.now();
  const { notes, ...status } = await tagStatus(cacheDirectory(terminal.env), options.cloud ?? "public", now);
  for (const note of notes) terminal.note(note);
  if (status.current === null) {
    throw new ServiceTagsMissingError(`no service tags are kept for the cloud ${status.cloud}`, HOW_TO_GET_TAGS);
  }
  const stale = staleNote(status.current, now);
  if (stale !== null) terminal.note(stale);
  await print({ kind: "tag-status", report: { schemaVersion: "1.0", status } });
}
