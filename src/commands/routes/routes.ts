import { type Command, InvalidArgumentError, Option } from "commander";
import { EXPORT_FORMATS, type ExportFormatName } from "../../analysis/export/formats.ts";
import { formatPrefix } from "../../net/prefix.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { AnnotatedRoute, AnnotatedRouteTable } from "../../routes/annotation.ts";
import { filterRoutes, nearestPrefix, type RouteFilter, sortRoutes } from "../../routes/arrange-routes.ts";
import { routesReport } from "../../routes/routes-report.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { SOURCE_OPTIONS } from "../help/option-groups.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addGatewayOptions } from "../shared/gateway/gateway-options.ts";
import { orGatewayTable } from "../shared/gateway/gateway-table-given.ts";
import { seconds } from "../shared/live-options.ts";
import { optionFlag } from "../shared/option-flag.ts";
import {
  addRouteSource,
  type LoadedRoutes,
  loadRoutes,
  type RouteSourceOptions,
  withCloud,
} from "../shared/route-source.ts";
import { sessionOfRun } from "../shared/session-of-run.ts";
import { choosesTable, givenSnapshot } from "../shared/snapshot/given-snapshot.ts";
import { type OfferOptions, offerDownload } from "../shared/tag-offer.ts";
import { addTagSource, loadTags, noteOnTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { withSource } from "../shared/words.ts";
import { type FilterOptions, filterOf, hasEndpointRows, requireKnownValues, requireTag } from "./filter.ts";
import { firstTable, type WaitOptions, waitForRoute, wantedRoute } from "./wait-for-route.ts";

const DESCRIPTION = `Show the effective route table and name service endpoint rows by service tag.

Examples:
  vnet-explain routes routes.json
  vnet-explain routes gateway:vpngw-hub -g rg-demo
  vnet-explain routes nic:vm-app197 --wait-for 0.0.0.0/0 --via 10.0.1.4`;

export interface RoutesOptions extends FilterOptions, RouteSourceOptions, TagSourceOptions, OfferOptions, WaitOptions {
  readonly expand?: boolean | undefined;
  readonly export?: ExportFormatName | undefined;
  readonly out?: string | undefined;
  /** The global printing options on the command line, e.g. `output`. */
  readonly printing?: readonly string[] | undefined;
}

/** The global options about printing, as commander names them. */
const PRINTING = ["output", "query", "columns", "sort", "headers"];

const SOURCES = "a file, a directory, -, nic:NAME, gateway:NAME, last ...";

/** Declares `routes`. */
export function declare(command: Command, { start }: CommandContext): void {
  command.description(DESCRIPTION).usage("[source] [options]").argument("[source...]", SOURCES);
  addTagSource(addGatewayOptions(addRouteSource(command)))
    .addOption(new Option("--no-download", "never offer to download service tags").helpGroup(SOURCE_OPTIONS))
    .option("--expand", "show every prefix and every default None row")
    .option("--source <source>", "only Default, User, VirtualNetworkGateway rows")
    .option("--next-hop <type>", "only rows with this next hop type")
    .option("--state <state>", "only Active, Invalid rows")
    .option("--tag <tag>", "only rows of this service tag or its regions")
    .option("--contains <address>", "only rows that overlap this address or prefix")
    .addOption(exportOption())
    .option("--out <path>", "... to this file or folder; - is stdout")
    .option("--wait-for <prefix>", "poll Azure until this prefix has an active route")
    .option("--via <address>", "... through this next hop address")
    .option("--gone", "... or until it has no such route")
    .option("--interval <seconds>", "... time between polls (default: 10)", seconds)
    .action(async (words: readonly string[], options: RoutesOptions, self: Command) => {
      const printing = PRINTING.filter((name) => self.getOptionValueSourceWithGlobals(name) === "cli");
      await start(self, async (io) =>
        runRoutes({ ...(await withSource(words, options, self, io.terminal)), printing }, io),
      );
    });
}

function exportOption(): Option {
  const names = EXPORT_FORMATS.map(({ name }) => name);
  return new Option("--export <format>", `export all addresses: ${names.join(", ")}`)
    .choices(names)
    .argParser((text) => {
      const name = names.find((known) => known === text);
      if (name !== undefined) return name;
      if (text === "sql") throw severalDialects();
      throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
    });
}

/** Prints the effective route table, annotated, filtered and in numeric order; or exports it. */
export async function runRoutes(given: RoutesOptions, io: CommandIO): Promise<void> {
  const options = await withCloud(given, io.terminal);
  if (options.export !== undefined) refuseForExport(options);
  else if (options.out !== undefined) throw outAlone();
  const snapshot = choosesTable(options) ? null : givenSnapshot(options);
  if (snapshot !== null) {
    const { runRoutesOfSnapshot } = await import("./snapshot.ts");
    return runRoutesOfSnapshot(snapshot, options, io);
  }
  const started = Date.now();
  const filter = filterOf(options);
  const wanted = wantedRoute(options);
  const loaded = await orGatewayTable(
    wanted === null ? loadRoutes(options, io.terminal) : firstOf(options, started, io.terminal),
  );
  if (!("table" in loaded)) {
    const { printGatewayTable } = await import("./gateway-table.ts");
    return printGatewayTable(loaded, options, io);
  }
  const table = wanted === null ? loaded.table : await waitForRoute(wanted, loaded, options, started, io.terminal);
  const tags =
    (await loadTags(options, io.terminal)) ?? (loaded.live === null ? null : await offerDownload(options, io.terminal));
  requireKnownValues(filter, table);
  requireTag(filter, table, tags, options.cloud);
  const annotated = annotateTable(table, tags);
  if (options.export !== undefined) {
    const { modelOfTable, writeExport } = await import("./export.ts");
    noteWhatIsMissing(annotated, tags, annotated.routes.length, options.cloud, io);
    await writeExport(modelOfTable(annotated), { format: options.export, out: options.out }, io.terminal);
    return;
  }
  const routes = sortRoutes(filterRoutes(annotated.routes, filter));
  noteWhatIsMissing(annotated, tags, routes.length, options.cloud, io);
  const expand = options.expand === true;
  const filtered = Object.values(filter).some((condition) => condition !== undefined);
  await io.print({
    kind: "routes",
    report: routesReport({ ...annotated, routes }),
    // A filter asks for every row that is left, default None rows too.
    view: { expandPrefixes: expand, expandNone: expand || filtered, leading: leadingOf(routes, filter) },
    page: { tables: [{ label: "", annotated }], carriedTags: null },
  });
}

/** The table to wait from. All attempts to read it share one session. */
function firstOf(options: RoutesOptions, started: number, terminal: Terminal): Promise<LoadedRoutes> {
  const session = sessionOfRun(options, terminal);
  return firstTable((withinMs) => loadRoutes(options, terminal, { session, withinMs }), options, started, terminal);
}

/** With --contains, the prefix of each row to show first: the one that holds the address, not the first of eighty. */
function leadingOf(routes: readonly AnnotatedRoute[], { contains }: RouteFilter): readonly string[] | undefined {
  return contains && routes.map(({ route }) => formatPrefix(nearestPrefix(route, contains)));
}

/** @throws UserError for options that --export excludes: it covers every address and has its own format. */
function refuseForExport({ printing = [], export: format, ...options }: RoutesOptions): void {
  const filters = ["expand", "source", "nextHop", "state", "tag", "contains"] as const;
  const [given] = [...printing, ...filters.filter((name) => options[name] !== undefined)];
  if (given === undefined) return;
  const flag = given === "headers" ? "--no-headers" : optionFlag(given);
  throw new UserError(
    "export-options",
    `--export ${format} cannot be combined with ${flag}`,
    "an export holds every address in its own format; remove filters, -o, --query and --columns",
  );
}

/** For `--export sql`: no script runs in every engine. */
function severalDialects(): UserError {
  return new UserError(
    "export-dialect",
    "--export sql: name the engine, because no script runs in all of them",
    "sqlite, postgres, duckdb or clickhouse; ansi for any other",
  );
}

function outAlone(): UserError {
  return new UserError("out-without-export", "--out works only with --export", "for rows, redirect stdout: > FILE");
}

function noteWhatIsMissing(
  { table, serviceTagFile }: AnnotatedRouteTable,
  tags: TagCatalogue | null,
  shown: number,
  cloud: RoutesOptions["cloud"],
  { terminal }: CommandIO,
): void {
  const total = table.routes.length;
  if (total === 0) terminal.note("the route table is empty");
  else if (shown === 0) {
    terminal.note(`none of the ${total} rows match the filter`);
  }
  if (hasEndpointRows(table)) noteOnTags(tags, cloud, terminal);
  const { note, standIn } = table.origin;
  // That of a stand-in was printed when the table was read.
  for (const about of [standIn === undefined ? note : null, serviceTagFile?.note ?? null]) {
    if (about !== null) terminal.note(about);
  }
}
