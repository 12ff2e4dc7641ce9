import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { cloudOption } from "../shared/live-options.ts";
import type { TagsStatusOptions } from "./tags-status-run.ts";

const DESCRIPTION = `Show which service tags are kept, of when, and where they lie.

Examples:
  vnet-explain tags status
  vnet-explain tags status --cloud china -o json`;

/** `tags status` */
export const tagsStatusCommand: Declaration = {
  name: "status",
  summary: "show which service tags are kept",
  declare(command, start) {
    command
      .description(DESCRIPTION)
      .addOption(cloudOption())
      .action(async (options: TagsStatusOptions, self: Command) => {
        const { runTagsStatus } = await import("./tags-status-run.ts");
        await start(self, (io) => runTagsStatus(options, io));
      });
  },
};
