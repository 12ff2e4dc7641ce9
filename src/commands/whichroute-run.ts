import { parseAddress } from "../net/address.ts";
import { annotateTable } from "../routes/annotate-table.ts";
import { explain } from "../selection/explain.ts";
import type { CommandIO } from "./command-io.ts";
import { loadRoutes, type RouteSourceOptions } from "./route-source.ts";
import { HOW_TO_GET_TAGS, loadTags, type TagSourceOptions } from "./tag-source.ts";
import { verified } from "./verify-next-hops.ts";

export interface WhichrouteOptions extends RouteSourceOptions, TagSourceOptions {
  readonly ip: readonly string[];
  readonly verify?: boolean | undefined;
}

/** Explains every destination, in the order given. One that is no address refuses the whole list, before anything is read. */
export async function runWhichroute(options: WhichrouteOptions, io: CommandIO): Promise<void> {
  const destinations = options.ip.map(parseAddress);
  const loaded = await loadRoutes(options, io.terminal);
  const { table } = loaded;
  const tags = await loadTags(options, io.terminal);
  if (tags === null) io.terminal.note(`no service tags, so no service is named: ${HOW_TO_GET_TAGS}`);
  const annotated = annotateTable(table, tags);
  const explanations = destinations.map((destination) => explain(annotated, destination, tags));
  await io.print({
    kind: "explanations",
    report: {
      schemaVersion: "1.0",
      explanations: options.verify === true ? await verified(explanations, loaded, options, io.terminal) : explanations,
      routeTable: table.origin,
      serviceTagFile: annotated.serviceTagFile,
    },
  });
}
