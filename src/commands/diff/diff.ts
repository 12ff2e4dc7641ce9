import { type Command, Option } from "commander";
import { canHaveTag } from "../../analysis/destinations/shown-tags.ts";
import { diffTables } from "../../analysis/diff/tables.ts";
import { addressesText } from "../../output/results/address-text.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import { UserError } from "../../text/user-error.ts";
import { SOURCE_OPTIONS } from "../help/option-groups.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addGatewayOptions } from "../shared/gateway/gateway-options.ts";
import { addAzureAccess } from "../shared/live-options.ts";
import { tableOption } from "../shared/route-source.ts";
import { choosesTable, isDirectory } from "../shared/snapshot/given-snapshot.ts";
import { TABLE_SOURCES } from "../shared/source-word.ts";
import { loadTagsFor, loadTwoTables, type TableSourceOptions } from "../shared/table-source.ts";
import { addTagSource, noteOnTags } from "../shared/tag-source.ts";

const DESCRIPTION = `Show which destinations change next hop between two route tables.

Examples:
  vnet-explain diff before.json after.json
  vnet-explain diff before.json nic:vm-app197 -g rg-demo --exit-code
  vnet-explain diff last nic:vm-app197
  vnet-explain diff yesterday today --gateway vpngw-hub
  vnet-explain diff sample:udr sample:udr-and-endpoint`;

export interface DiffOptions extends TableSourceOptions {
  readonly exitCode?: boolean | undefined;
}

/** Declares `diff`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .argument("<before>", TABLE_SOURCES)
    .argument("<after>", "the other route table, given the same way")
    .option("--exit-code", "exit 3 if any address changes next hop")
    .addOption(tableOption())
    .addOption(
      new Option("--subnet <name>", "compare the table of this subnet in two snapshots").helpGroup(SOURCE_OPTIONS),
    )
    .addOption(new Option("--addresses <file>", "CSV that names the addresses of a folder").helpGroup(SOURCE_OPTIONS))
    .addOption(new Option("-g, --resource-group <name>", "the resource group of a nic:NAME").helpGroup(SOURCE_OPTIONS));
  addTagSource(addGatewayOptions(addAzureAccess(command))).action(
    async (before: string, after: string, options: DiffOptions, self: Command) => {
      await start(self, (io) => runDiff(before, after, options, io));
    },
  );
}

/** Prints which addresses change next hop between two tables, and the rows that differ without effect. */
export async function runDiff(before: string, after: string, options: DiffOptions, io: CommandIO): Promise<void> {
  if ([before, after].every(isDirectory) && !choosesTable(options)) {
    const { runDiffOfSnapshots } = await import("./snapshots.ts");
    return runDiffOfSnapshots(before, after, options, io);
  }
  const [old, now] = await loadTwoTables(before, after, options, io.terminal);
  if (!("table" in old) || !("table" in now)) {
    const { printGatewayDiff } = await import("./gateway-tables.ts");
    return printGatewayDiff(old, now, options, io);
  }
  const tags = await loadTagsFor([before, after], options, io.terminal);
  const tables = { before: annotateTable(old.table, tags), after: annotateTable(now.table, tags) };
  const diff = diffTables(tables.before, tables.after, tags);
  if (diff.moves.some(({ example }) => canHaveTag(example))) noteOnTags(tags, options.cloud, io.terminal);
  await io.print({
    kind: "diff",
    report: {
      schemaVersion: "1.0",
      ...diff,
      before: old.table.origin,
      after: now.table.origin,
      serviceTagFile: tags?.file ?? null,
    },
    page: {
      tables: Object.entries(tables).map(([label, annotated]) => ({ label, annotated })),
      carriedTags: null,
    },
  });
  if (options.exitCode === true && diff.moves.length > 0) {
    throw new UserError(
      "addresses-moved",
      `${addressesText(diff.moved)} change next hop`,
      "see the list on stdout; --exit-code turns a change into exit 3",
      "unexpected",
      { isShown: true },
    );
  }
}
