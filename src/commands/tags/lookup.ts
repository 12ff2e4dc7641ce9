import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { addTagSource } from "../shared/tag-source.ts";
import type { TagsLookupOptions } from "./tags-lookup-run.ts";

const DESCRIPTION = `List every service tag that holds an address, the most specific first.

Examples:
  vnet-explain tags lookup 191.239.203.0
  vnet-explain tags lookup 191.239.203.0 2603:1020::1 -o json
  vnet-explain tags lookup 20.38.108.1 --tags ServiceTags_Public_20231106.json`;

/** `tags lookup` */
export const tagsLookupCommand: Declaration = {
  name: "lookup",
  summary: "list the service tags that hold an address",
  declare(command, start) {
    command.description(DESCRIPTION).argument("<address...>", "IPv4 or IPv6 addresses");
    addTagSource(command).action(
      async (addresses: string[], options: Omit<TagsLookupOptions, "addresses">, self: Command) => {
        const { runTagsLookup } = await import("./tags-lookup-run.ts");
        await start(self, (io) => runTagsLookup({ ...options, addresses }, io));
      },
    );
  },
};
