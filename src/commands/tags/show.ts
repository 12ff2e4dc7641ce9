import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { addTagSource } from "../shared/tag-source.ts";
import type { TagsShowOptions } from "./tags-show-run.ts";

const DESCRIPTION = `Show a service tag with every prefix.

Examples:
  vnet-explain tags show Storage.WestEurope
  vnet-explain tags show AzureKeyVault -o json`;

/** `tags show` */
export const tagsShowCommand: Declaration = {
  name: "show",
  summary: "show a service tag's prefixes",
  declare(command, start) {
    command.description(DESCRIPTION).argument("<tag>", "the tag's name, in any case");
    addTagSource(command).action(async (tag: string, options: Omit<TagsShowOptions, "tag">, self: Command) => {
      const { runTagsShow } = await import("./tags-show-run.ts");
      await start(self, (io) => runTagsShow({ ...options, tag }, io));
    });
  },
};
