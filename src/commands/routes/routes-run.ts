import { formatPrefix } from "../../net/prefix.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { AnnotatedRoute, AnnotatedRouteTable } from "../../routes/annotation.ts";
import { filterRoutes, nearestPrefix, type RouteFilter, sortRoutes } from "../../routes/arrange-routes.ts";
import { routesReport } from "../../routes/routes-report.ts";
import { didYouMean } from "../../text/near-names.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { UsageError } from "../shared/errors.ts";
import { loadRoutes, type RouteSourceOptions, withCloud } from "../shared/route-source.ts";
import { type OfferOptions, offerDownload } from "../shared/tag-offer.ts";
import { HOW_TO_GET_TAGS, loadTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { type FilterOptions, filterOf, hasEndpointRows, nearFilters, requireTag } from "./filter.ts";
import type { ExportFormat } from "./routes.ts";
import { type WaitOptions, waitForRoute, wantedRoute } from "./wait-for-route.ts";

export interface RoutesOptions extends FilterOptions, RouteSourceOptions, TagSourceOptions, OfferOptions, WaitOptions {
  readonly expand?: boolean | undefined;
  readonly export?: ExportFormat | undefined;
  /** The global options for printing that were given. */
  readonly printing?: readonly string[] | undefined;
}

/** Prints the effective route table, annotated, filtered and in numeric order. */
export async function runRoutes(given: RoutesOptions, io: CommandIO): Promise<void> {
  const options = await withCloud(given, io.terminal);
  const started = Date.now();
  const filter = filterOf(options);
  if (options.export !== undefined) refuseForExport(options);
  const wanted = wantedRoute(options);
  const loaded = await loadRoutes(options, io.terminal);
  const table = wanted === null ? loaded.table : await waitForRoute(wanted, loaded, options, started, io.terminal);
  const tags =
    (await loadTags(options, io.terminal)) ?? (loaded.live === null ? null : await offerDownload(options, io.terminal));
  requireTag(filter, table, tags);
  const annotated = annotateTable(table, tags);
  if (options.export !== undefined) {
    const { exportText } = await import("./export.ts");
    noteWhatIsMissing(annotated, annotated.routes.length, filter, io);
    io.terminal.stdout.write(exportText(options.export, annotated));
    return;
  }
  const routes = sortRoutes(filterRoutes(annotated.routes, filter));
  noteWhatIsMissing(annotated, routes.length, filter, io);
  const expand = options.expand === true;
  const filtered = Object.values(filter).some((condition) => condition !== undefined);
  await io.print({
    kind: "routes",
    report: routesReport({ ...annotated, routes }),
    // Who filters asks for the rows that are left, default None rows among them.
    view: { expandPrefixes: expand, expandNone: expand || filtered, leading: leadingOf(routes, filter) },
  });
}

/** Who looks for an address wants to see the prefix that it is in, not the first of eighty. */
function leadingOf(routes: readonly AnnotatedRoute[], { contains }: RouteFilter): readonly string[] | undefined {
  return contains && routes.map(({ route }) => formatPrefix(nearestPrefix(route, contains)));
}

/** An export says of every address what becomes of it, so no row can be left out; and it has a form of its own. */
function refuseForExport({ printing = [], export: format, ...options }: RoutesOptions): void {
  const filters = ["expand", "source", "nextHop", "state", "tag", "contains"] as const;
  const [given] = [...printing, ...filters.filter((name) => options[name] !== undefined)];
  if (given === undefined) return;
  const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(
    "export-options",
    `--export ${format} does not go with --${flag}`,
    "an export holds every address, in a form of its own: leave filters, -o and --query out",
  );
}

function noteWhatIsMissing(
  { table, serviceTagFile }: AnnotatedRouteTable,
  shown: number,
  filter: RouteFilter,
  { terminal }: CommandIO,
): void {
  const total = table.routes.length;
  if (total === 0) terminal.note("the route table has no rows");
  else if (shown === 0) {
    terminal.note(`none of the ${total} rows fit the filter${didYouMean(nearFilters(filter, table))}`);
  }
  if (serviceTagFile === null && hasEndpointRows(table)) {
    terminal.note(`service endpoint rows are not named, for there are no service tags: ${HOW_TO_GET_TAGS}`);
  }
  for (const about of [table.origin.note, serviceTagFile?.note ?? null]) if (about !== null) terminal.note(about);
}
