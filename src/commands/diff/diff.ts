import type { Command } from "commander";
import { diffTables } from "../../analysis/diff/tables.ts";
import { addressesText } from "../../output/results/address-text.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addAzureAccess } from "../shared/live-options.ts";
import { loadTagsFor, loadTwoTables, TABLE_SOURCES, type TableSourceOptions } from "../shared/table-source.ts";
import { addTagSource, HOW_TO_GET_TAGS } from "../shared/tag-source.ts";

const DESCRIPTION = `Show which destinations go elsewhere, from one route table to another.

Examples:
  vnet-explain diff before.json after.json
  vnet-explain diff before.json nic:vm-app197 -g rg-demo --exit-code
  vnet-explain diff last nic:vm-app197
  vnet-explain diff sample:udr sample:udr-and-endpoint`;

export interface DiffOptions extends TableSourceOptions {
  readonly exitCode?: boolean | undefined;
}

/** Declares `diff`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .argument("<before>", TABLE_SOURCES)
    .argument("<after>", "another one")
    .option("--exit-code", "exit 3 when any address goes elsewhere")
    .option("-g, --resource-group <name>", "the resource group of a nic:NAME");
  addTagSource(addAzureAccess(command)).action(
    async (before: string, after: string, options: DiffOptions, self: Command) => {
      await start(self, (io) => runDiff(before, after, options, io));
    },
  );
}

/** Prints which addresses go elsewhere between two tables, and the rows that differ without moving any. */
export async function runDiff(before: string, after: string, options: DiffOptions, io: CommandIO): Promise<void> {
  const [old, now] = await loadTwoTables(before, after, options, io.terminal);
  const tags = await loadTagsFor([before, after], options, io.terminal);
  if (tags === null) io.terminal.note(`no service tags, so no service is named: ${HOW_TO_GET_TAGS}`);
  const diff = diffTables(annotateTable(old.table, tags), annotateTable(now.table, tags), tags);
  await io.print({
    kind: "diff",
    report: {
      schemaVersion: "1.0",
      ...diff,
      before: old.table.origin,
      after: now.table.origin,
      serviceTagFile: tags?.file ?? null,
    },
  });
  if (options.exitCode === true && diff.moves.length > 0) {
    throw new UserError(
      "addresses-moved",
      `${addressesText(diff.moved)} go elsewhere`,
      "the list is on stdout; --exit-code makes that exit 3",
      "unexpected",
    );
  }
}
