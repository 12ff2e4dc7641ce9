import { serviceNamedBy } from "../../analysis/whatif/change.ts";
import { predictedMoves } from "../../analysis/whatif/moves.ts";
import { applyChanges } from "../../analysis/whatif/predict.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import { armText } from "../../routes/arm-text.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import { routesReport } from "../../routes/routes-report.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { loadRoutes, type RouteSourceOptions, withCloud } from "../shared/route-source.ts";
import { ServiceTagsMissingError } from "../shared/service-tags-missing-error.ts";
import { HOW_TO_GET_TAGS, loadTags, type TagSourceOptions } from "../shared/tag-source.ts";
import type { Typed } from "./changes.ts";
import { readChanges } from "./read-changes.ts";

export interface WhatIfOptions extends RouteSourceOptions, TagSourceOptions {
  readonly region?: string | undefined;
}

/** Prints the route table as it would be after the changes, and which addresses would go elsewhere. */
export async function runWhatIf(typed: readonly Typed[], given: WhatIfOptions, io: CommandIO): Promise<void> {
  const options = await withCloud(given, io.terminal);
  const changes = readChanges(typed, options.region);
  const tags = await loadTags(options, io.terminal);
  const service = changes.map(serviceNamedBy).find((name) => name !== null);
  if (tags === null && service !== undefined) {
    throw new ServiceTagsMissingError(`the prefixes of ${service} need service tags`, HOW_TO_GET_TAGS);
  }
  const { table } = await loadRoutes({ ...options, save: undefined }, io.terminal);
  const prediction = applyChanges(table, changes, tags);
  if (tags === null) io.terminal.note(`no service tags, so no service is named: ${HOW_TO_GET_TAGS}`);
  const after = annotateTable(prediction.table, tags);
  const { moved, moves } = predictedMoves(prediction, annotateTable(table, tags), after, tags);
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
  });
}

async function save(table: RouteTable, path: string, { terminal }: CommandIO): Promise<void> {
  const { saveFile } = await import("../../store/files/save-file.ts");
  await saveFile(path, armText(table), "the predicted routes");
  terminal.note(`saved the predicted table in ${path}`);
}
