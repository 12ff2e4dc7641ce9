import type { Command } from "commander";
import type { Declaration } from "../shared/declaration.ts";
import { addAzureAccess } from "../shared/live-options.ts";
import { TABLE_SOURCES } from "../shared/table-source.ts";
import { addTagSource } from "../shared/tag-source.ts";
import type { DiffOptions } from "./diff-run.ts";

const DESCRIPTION = `Show which destinations go elsewhere, from one route table to another.

Examples:
  vnet-explain diff before.json after.json
  vnet-explain diff before.json nic:vm-app197 -g rg-demo --exit-code
  vnet-explain diff last nic:vm-app197
  vnet-explain diff sample:udr sample:udr-and-endpoint`;

/** `diff` */
export const diffCommand: Declaration = {
  name: "diff",
  summary: "show which destinations go elsewhere now",
  declare(command, start) {
    command
      .description(DESCRIPTION)
      .argument("<before>", TABLE_SOURCES)
      .argument("<after>", "another one")
      .option("--exit-code", "exit 3 when any address goes elsewhere")
      .option("-g, --resource-group <name>", "the resource group of a nic:NAME");
    addTagSource(addAzureAccess(command)).action(
      async (before: string, after: string, options: DiffOptions, self: Command) => {
        const { runDiff } = await import("./diff-run.ts");
        await start(self, (io) => runDiff(before, after, options, io));
      },
    );
  },
};
