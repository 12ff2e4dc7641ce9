import { type Command, Option } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { addAzureAccess, cloudOption } from "../shared/live-options.ts";
import type { TagsUpdateOptions } from "./tags-update-run.ts";

const DESCRIPTION = `Fetch this week's service tags, check them and keep them for every command.

Examples:
  vnet-explain tags update
  vnet-explain tags update --cloud usgov
  vnet-explain tags update --from ServiceTags_Public_20231106.json
  vnet-explain tags update --from arm --auth cli`;

/** `tags update` */
export const tagsUpdateCommand: Declaration = {
  name: "update",
  summary: "fetch this week's service tags",
  declare(command, start) {
    command
      .description(DESCRIPTION)
      .addOption(cloudOption())
      .addOption(new Option("--from <file|arm>", "a tag file; or arm: the Discovery API").conflicts("url"))
      .option("--url <https-url>", "a tag file on another host")
      .option("--force", "take an older or a much smaller file too");
    addAzureAccess(command, "for a download (300), for Azure (600)").action(
      async (options: TagsUpdateOptions, self: Command) => {
        const { runTagsUpdate } = await import("./tags-update-run.ts");
        await start(self, (io) => runTagsUpdate(options, io));
      },
    );
  },
};
