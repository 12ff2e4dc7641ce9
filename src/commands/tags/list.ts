import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { addTagSource } from "../shared/tag-source.ts";
import type { TagsListOptions } from "./tags-list-run.ts";

const DESCRIPTION = `List the service tags, with how many prefixes each has.

Examples:
  vnet-explain tags list --service Storage
  vnet-explain tags list --region westeurope -o json`;

/** `tags list` */
export const tagsListCommand: Declaration = {
  name: "list",
  summary: "list the service tags",
  declare(command, start) {
    command
      .description(DESCRIPTION)
      .option("--service <service>", "only tags of this service: Storage, or AzureStorage")
      .option("--region <region>", "only tags of this region: westeurope");
    addTagSource(command).action(async (options: TagsListOptions, self: Command) => {
      const { runTagsList } = await import("./tags-list-run.ts");
      await start(self, (io) => runTagsList(options, io));
    });
  },
};
