import { resolve } from "node:path";
import type { Command } from "commander";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { requireRows } from "../../routes/empty-table.ts";
import { type AnyGatewayTable, isPeerTable } from "../../routes/gateways/gateway-table.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO, PrintOptions } from "../shared/command-io.ts";
import { addGatewayOptions } from "../shared/gateway/gateway-options.ts";
import { orGatewayTable } from "../shared/gateway/gateway-table-given.ts";
import { addRouteSource, loadRoutes, type RouteSourceOptions, withCloud } from "../shared/route-source.ts";
import { choosesTable, givenSnapshot } from "../shared/snapshot/given-snapshot.ts";
import { addTagSource, loadTags, noteOnTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { twoSources } from "../shared/two-sources.ts";
import { answersTo } from "../whichroute/answers.ts";
import { type TypedDestination, typedDestinations } from "../whichroute/destinations.ts";
import { DESTINATION_WORDS, withWords } from "../whichroute/words.ts";

const DESCRIPTION = `Write one HTML page that answers "which route?" for any address, to attach to a
ticket. It needs no server and loads nothing. The page of a snapshot has the
answers for the given destinations, and no address field.

Examples:
  vnet-explain report sample:udr-and-endpoint 191.239.203.0 --open
  vnet-explain report nic:vm-app197 -g rg-demo
  vnet-explain report routes.json 10.1.2.3 8.8.8.8 --out ticket-4711.html`;

export interface ReportOptions extends RouteSourceOptions, TagSourceOptions {
  readonly ip?: readonly string[] | undefined;
  readonly resolve?: boolean | undefined;
  readonly out?: string | undefined;
  readonly open?: boolean | undefined;
  readonly withTags?: boolean | undefined;
}

/** Declares `report`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .usage("[source] [destination...] [options]")
    .argument("[destinations...]", DESTINATION_WORDS)
    .option("--out <file>", "the page; - for stdout (default: named after the source)")
    .option("--open", "open the page in a browser")
    .option("--with-tags", "carry the service tags, to name those of any address")
    .option("--resolve", "use the addresses of host names");
  addTagSource(addGatewayOptions(addRouteSource(command))).action(
    async (words: readonly string[], options: ReportOptions, self: Command) => {
      refuseOtherFormats(self);
      await start(self, async (io) => runReport(await withTable(words, options, self, io.terminal), io));
    },
  );
}

/** The options with the table and the destinations that the words name. Unlike in whichroute, `-` is a table. */
function withTable(words: readonly string[], options: ReportOptions, self: Command, terminal: Terminal) {
  const others = words.filter((word) => word !== "-");
  const stdin = others.length < words.length;
  if (stdin && options.file !== undefined) {
    throw twoSources({ flag: "--file", value: options.file }, { flag: null, value: "-" });
  }
  return withWords(others, stdin ? { ...options, file: "-" } : options, self, terminal);
}

/** @throws UserError for -o and --query: a page has one format. */
function refuseOtherFormats(self: Command): void {
  const { output, query, columns, sort, headers } = self.optsWithGlobals<PrintOptions>();
  const isGiven = (name: string) => self.getOptionValueSourceWithGlobals(name) === "cli";
  const [given] = [
    ...(query === undefined ? [] : ["--query"]),
    ...(columns === undefined ? [] : ["--columns"]),
    ...(sort === undefined ? [] : ["--sort"]),
    ...(headers === false ? ["--no-headers"] : []),
    ...(isGiven("output") && output !== "html" ? [`-o ${output}`] : []),
  ];
  if (given === undefined) return;
  throw new UserError(
    "format-of-report",
    `report writes HTML, so ${given} does not work with it`,
    "routes and whichroute print the same answers in other formats",
  );
}

/** Writes the page of a route table, with the answers for the given destinations on it. */
export async function runReport(given: ReportOptions, { terminal }: CommandIO): Promise<void> {
  const options = await withCloud(given, terminal);
  if (options.open === true && options.out === "-") {
    throw new UserError("open-stdout", "--open needs a file, and --out - is stdout", "remove one of them");
  }
  const destinations = await typedDestinations(options, terminal);
  const snapshot = choosesTable(options) ? null : givenSnapshot(options);
  if (snapshot !== null) {
    const { snapshotPageText } = await import("./snapshot.ts");
    const text = await snapshotPageText(snapshot, destinations, options, terminal);
    const { deliverPage } = await import("./deliver.ts");
    return deliverPage(text, { ...options, name: pageName({ kind: "file", name: resolve(snapshot) }) }, terminal);
  }
  const loaded = await orGatewayTable(loadRoutes(options, terminal));
  if (!("table" in loaded)) return reportGatewayTable(loaded, destinations, options, terminal);
  const { table } = loaded;
  requireRows(table);
  const tags = await loadTags(options, terminal);
  noteOnTags(tags, options.cloud, terminal);
  const annotated = annotateTable(table, tags);
  terminal.progress("writing the page");
  const { htmlPage } = await import("../../output/formats/html.ts");
  const text = await htmlPage({
    kind: "whichroute",
    report: {
      schemaVersion: "1.0",
      explanations: await answersTo(destinations, annotated, tags),
      routeTable: table.origin,
      serviceTagFile: annotated.serviceTagFile,
    },
    view: { explain: false, expand: false, verbose: false },
    page: { tables: [{ label: "", annotated }], carriedTags: options.withTags === true ? tags : null },
  }).finally(() => terminal.progress(null));
  const { deliverPage } = await import("./deliver.ts");
  await deliverPage(text, { ...options, name: pageName(table.origin) }, terminal);
}

/** Writes the page of the table of a hub, a gateway, a Route Server or a circuit. */
async function reportGatewayTable(
  table: AnyGatewayTable,
  destinations: readonly TypedDestination[],
  options: ReportOptions,
  terminal: Terminal,
): Promise<void> {
  const { deliverPage } = await import("./deliver.ts");
  const { kind, name } = table.origin;
  const origin = { kind: kind === "snapshot" ? "file" : kind, name } as const;
  const tags = destinations.some(({ kind }) => kind !== "address") ? await loadTags(options, terminal) : null;
  await deliverPage(await gatewayPage(table, destinations, tags), { ...options, name: pageName(origin) }, terminal);
}

/** Returns the page with the answers for destinations. */
async function gatewayPage(
  table: AnyGatewayTable,
  destinations: readonly TypedDestination[],
  tags: TagCatalogue | null,
): Promise<string> {
  const { htmlPage } = await import("../../output/formats/html.ts");
  if (isPeerTable(table) && destinations.length === 0) {
    const { gatewayPeersReport } = await import("../shared/gateway/gateway-reports.ts");
    const report = gatewayPeersReport(table);
    return htmlPage({ kind: "gateway-peers", report, page: { tables: [], carriedTags: null, gateway: report } });
  }
  const { gatewayAnswers } = await import("../whichroute/gateway/answers.ts");
  const answers = await gatewayAnswers(table, destinations, tags);
  return htmlPage({ ...answers, view: { explain: false, expand: false, verbose: false } });
}

/** Returns the default name of a page: `web01-routes.html` for the table of web01. Only harmless characters remain. */
export function pageName({ kind, name }: Pick<RouteTableOrigin, "kind" | "name">): string {
  if (kind === "stdin") return "routes.html";
  const last = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  const stem = (kind === "file" ? last.replace(/\.\w{1,5}$/, "") : last)
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[.-]+/, "")
    .slice(0, 80)
    .replace(/[-_.]?routes?$/i, "");
  const [whole = ""] = /^[\w.-]*\w/.exec(stem) ?? [];
  return whole === "" ? "routes.html" : `${whole}-routes.html`;
}
