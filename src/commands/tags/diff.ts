import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { cloudOption } from "../shared/live-options.ts";
import { addRouteSource } from "../shared/route-source.ts";
import type { TagsDiffOptions } from "./tags-diff-run.ts";

const DESCRIPTION = `Show what changed from one tag file to another, this week's by default.

Examples:
  vnet-explain tags diff
  vnet-explain tags diff --tag Storage --file routes.json
  vnet-explain tags diff ServiceTags_Public_20231106.json current --exit-code
  vnet-explain tags diff previous current --region westeurope -o json`;

/** `tags diff` */
export const tagsDiffCommand: Declaration = {
  name: "diff",
  summary: "show what changed between two tag files",
  declare(command, start) {
    command
      .description(DESCRIPTION)
      .argument("[old]", "a file, - (stdin), or previous (default): kept by update")
      .argument("[new]", "a file, -, or current (default): the one in use")
      .option("--tag <tag>", "only this tag, and its regional ones")
      .option("--service <service>", "only tags of this service: Storage, or AzureStorage")
      .option("--region <region>", "only tags of this region: westeurope")
      .option("--expand", "show every prefix")
      .option("--exit-code", "exit 3 when any tag changed, came or went");
    addRouteSource(command)
      .addOption(cloudOption())
      .action(async (old: string | undefined, now: string | undefined, options: TagsDiffOptions, self: Command) => {
        const { runTagsDiff } = await import("./tags-diff-run.ts");
        await start(self, (io) => runTagsDiff(old ?? "previous", now ?? "current", options, io));
      });
  },
};
