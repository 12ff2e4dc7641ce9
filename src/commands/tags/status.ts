import type { Command } from "commander";
import { cacheDirectory } from "../../store/files/cache-directory.ts";
import { tagStatus } from "../../store/tags/status.ts";
import { staleNote } from "../../store/tags/tag-age.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { type AzureAccessOptions, cloudOption } from "../shared/live-options.ts";
import { tagsMissingError } from "../shared/tag-source.ts";

const DESCRIPTION = `Show which service tags are cached, how old they are and where.

Examples:
  vnet-explain tags status
  vnet-explain tags status --cloud china -o json`;

export type TagsStatusOptions = Pick<AzureAccessOptions, "cloud">;

/** Declares `tags status`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .addOption(cloudOption())
    .action(async (options: TagsStatusOptions, self: Command) => {
      await start(self, (io) => runTagsStatus(options, io));
    });
}

/** Prints what the cache records about the service tags, and checks that the files are complete. */
export async function runTagsStatus(options: TagsStatusOptions, { terminal, print }: CommandIO): Promise<void> {
  const now = Date.now();
  const { notes, ...status } = await tagStatus(cacheDirectory(terminal.env), options.cloud ?? "public", now);
  for (const note of notes) terminal.note(note);
  if (status.current === null) {
    throw tagsMissingError(`no service tags cached for cloud ${status.cloud}`, status.cloud);
  }
  const stale = staleNote(status.current, status.cloud, now);
  if (stale !== null) terminal.note(stale);
  await print({ kind: "tags-status", report: { schemaVersion: "1.0", status } });
}
