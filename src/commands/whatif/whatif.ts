import { type Command, Option } from "commander";
import { canHaveTag } from "../../analysis/destinations/shown-tags.ts";
import { serviceNamedBy } from "../../analysis/whatif/change.ts";
import { predictedMoves } from "../../analysis/whatif/moves.ts";
import { applyChanges } from "../../analysis/whatif/predict.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import { armText } from "../../routes/arm-text.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import { requireRows } from "../../routes/empty-table.ts";
import { routesReport } from "../../routes/routes-report.ts";
import { OWN_OPTIONS } from "../help/option-groups.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addRouteSource, loadRoutes, type RouteSourceOptions, withCloud } from "../shared/route-source.ts";
import { TABLE_SOURCES } from "../shared/source-word.ts";
import { addTagSource, loadTags, noteOnTags, type TagSourceOptions, tagsMissingError } from "../shared/tag-source.ts";
import { withSource } from "../shared/words.ts";
import { addChanges, type Typed } from "./changes.ts";
import { readChanges } from "./read-changes.ts";

const DESCRIPTION = `Predict the effective routes after a change, and which destinations move.

Examples:
  vnet-explain whatif sample:udr --add-endpoint Microsoft.Storage \\
    --region westeurope
  vnet-explain whatif routes.json --remove-route to-nva
  vnet-explain whatif last --add-route 0.0.0.0/0=VirtualAppliance:10.0.1.4`;

export interface WhatIfOptions extends RouteSourceOptions, TagSourceOptions {
  readonly region?: string | undefined;
  readonly expand?: boolean | undefined;
}

/** Declares `whatif`. */
export function declare(command: Command, { start }: CommandContext): void {
  command.description(DESCRIPTION).usage("[source] [options]").argument("[source...]", TABLE_SOURCES);
  const typed = addChanges(command);
  const save = new Option("--save <file>", "save the predicted table for --file").helpGroup(OWN_OPTIONS);
  command.option("--expand", "also show the whole predicted table");
  addTagSource(addRouteSource(command, save)).action(
    async (words: readonly string[], options: WhatIfOptions, self: Command) => {
      await start(self, async (io) => runWhatIf(typed, await withSource(words, options, self, io.terminal), io));
    },
  );
}

/** Prints the predicted route table after the changes, and which addresses would change next hop. */
export async function runWhatIf(typed: readonly Typed[], given: WhatIfOptions, io: CommandIO): Promise<void> {
  const options = await withCloud(given, io.terminal);
  const changes = readChanges(typed, options.region);
  const tags = await loadTags(options, io.terminal);
  const service = changes.map(serviceNamedBy).find((name) => name !== null);
  if (tags === null && service !== undefined) {
    throw tagsMissingError(`the prefixes of ${service} require service tags`, options.cloud);
  }
  const { table } = await loadRoutes({ ...options, save: undefined }, io.terminal);
  requireRows(table);
  const prediction = applyChanges(table, changes, tags);
  const before = annotateTable(table, tags);
  const after = annotateTable(prediction.table, tags);
  const { moved, moves } = predictedMoves(prediction, before, after, tags);
  if (moves.some(({ example }) => canHaveTag(example))) noteOnTags(tags, options.cloud, io.terminal);
  if (options.save !== undefined) await save(prediction.table, options.save, io);
  const { routes, routeTable, serviceTagFile } = routesReport(after);
  await io.print({
    kind: "whatif",
    report: {
      schemaVersion: "1.0",
      changes: prediction.changes,
      certainty: prediction.certainty,
      moved,
      moves,
      rows: prediction.rows,
      rules: prediction.rules,
      cautions: prediction.cautions,
      routes,
      routeTable,
      serviceTagFile,
    },
    view: { expand: options.expand === true, verbose: io.terminal.verbose },
    page: {
      tables: [
        { label: "now", annotated: before },
        { label: "predicted", annotated: after },
      ],
      carriedTags: null,
    },
  });
}

async function save(table: RouteTable, path: string, { terminal }: CommandIO): Promise<void> {
  const { saveFile } = await import("../../store/files/save-file.ts");
  await saveFile(path, armText(table), "the predicted routes");
  terminal.note(`saved the predicted table to ${path}`);
}
