import { type Command, Option } from "commander";
import type { NicOptions } from "../../azure/nic/nic-options.ts";
import { routeTableText } from "../../output/results/provenance.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { SOURCE_OPTIONS } from "../help/option-groups.ts";
import { loadExport } from "./exported-table.ts";
import { type GatewayOptions, gatewayRequest, namesRouter } from "./gateway/gateway-options.ts";
import { GatewayTableGiven } from "./gateway/gateway-table-given.ts";
import {
  type AzureAccessOptions,
  addLiveOptions,
  type LiveOptions,
  oneSource,
  saveAnswerOption,
} from "./live-options.ts";
import type { LiveRead, LiveRoutes } from "./live-routes.ts";
import { sessionOfRun } from "./session-of-run.ts";
import { givenSnapshot } from "./snapshot/given-snapshot.ts";
import { twoSources } from "./two-sources.ts";

/** The options that name a route table, on every command that needs one. */
export interface RouteSourceOptions extends LiveOptions, AzureAccessOptions, GatewayOptions {
  readonly file?: string | undefined;
  /** The name of one of several tables in the file. */
  readonly table?: string | undefined;
  readonly sample?: string | undefined;
  /** A snapshot directory, or a folder of exports. */
  readonly snapshot?: string | undefined;
  /** The name of one of its subnets. */
  readonly subnet?: string | undefined;
  /** A CSV file that names addresses, for a folder of exports. */
  readonly addresses?: string | undefined;
  /** The last fetched table, even if the environment names another source. */
  readonly last?: boolean | undefined;
}

/** A route table, with the session and NIC if it was read from Azure. */
export interface LoadedRoutes {
  readonly table: RouteTable;
  readonly live: LiveRoutes["live"] | null;
}

/** `--table`: which table of a file that has several. */
export function tableOption(): Option {
  return new Option("--table <name>", "the table of this NIC, if the file has several").helpGroup(SOURCE_OPTIONS);
}

/** Declares the options that name a route source; `save` is the command's own `--save`. */
export function addRouteSource(command: Command, save = saveAnswerOption(), source = oneSource): Command {
  command
    .optionsGroup(SOURCE_OPTIONS)
    .addOption(source("-f, --file <path>", "export or paste of a route table; - stdin"))
    .addOption(tableOption())
    .addOption(source("--sample <name>", "no-udr, udr, udr-and-endpoint"))
    .addOption(source("--snapshot <dir>", "a snapshot directory, or a folder of exports"))
    .option("--subnet <name>", "the table of this subnet of a snapshot; --nic: of this NIC")
    .option("--addresses <file>", "CSV that names the addresses of a folder of exports");
  return addLiveOptions(command, save, source);
}

/**
 * The options with the cloud of the snapshot, or of the last fetched table, if they mean one of those and name no
 * cloud. The cloud decides the service tags, the sign-in and the Resource Manager.
 */
export async function withCloud<Options extends RouteSourceOptions>(
  options: Options,
  { env }: Terminal,
): Promise<Options> {
  const { sample, file, snapshot, nic, vm, privateIp, refresh } = options;
  const named =
    namesRouter(options) || [sample, file, snapshot, nic, vm, privateIp].some((source) => source !== undefined);
  const byVariable = refresh !== true && options.last !== true && (env.VNET_EXPLAIN_NIC || env.VNET_EXPLAIN_FILE);
  const directory = options.cloud === undefined ? givenSnapshot(options) : null;
  if (directory !== null) {
    const { isSnapshotDirectory } = await import("../../store/snapshot/snapshot-directory.ts");
    const { readManifest } = await import("../../store/snapshot/manifest.ts");
    const manifest = isSnapshotDirectory(directory) ? readManifest(directory) : null;
    return { ...options, cloud: manifest?.cloud ?? undefined };
  }
  if (options.cloud !== undefined || named || byVariable) return options;
  const { cacheDirectory } = await import("../../store/files/cache-directory.ts");
  const { lastCloud } = await import("../../store/last-table.ts");
  return { ...options, cloud: lastCloud(cacheDirectory(env)) ?? undefined };
}

/**
 * Loads the route table that the options name, else the one that VNET_EXPLAIN_NIC or VNET_EXPLAIN_FILE names, else the
 * last fetched one. `live`: the session to read from Azure with, where several reads share one, and the time limit.
 * @throws UserError, AzureError, GatewayTableGiven for the table of a hub, a gateway, a Route Server or a circuit
 */
export async function loadRoutes(
  options: RouteSourceOptions,
  terminal: Terminal,
  live: LiveRead = { session: sessionOfRun(options, terminal) },
): Promise<LoadedRoutes> {
  const loaded = await namedTable(options, terminal, live);
  const { origin, routes } = loaded.table;
  const note = origin.note === null ? "" : `. ${origin.note}`;
  const source = routeTableText({ ...origin, note: null });
  const rows = `${routes.length} ${routes.length === 1 ? "row" : "rows"}`;
  terminal.detail(`routes: ${source}; ${rows}, read as ${origin.format.replaceAll("-", " ")}${note}`);
  return loaded;
}

async function namedTable(options: RouteSourceOptions, terminal: Terminal, live: LiveRead): Promise<LoadedRoutes> {
  const { sample, file, nic, vm, privateIp, resourceGroup, refresh, save } = options;
  if ((sample ?? file ?? options.snapshot) !== undefined && (refresh === true || save !== undefined)) {
    throw ofAzureOnly(refresh === true ? "--refresh" : "--save");
  }
  const request = gatewayRequest(options);
  if (request !== null) {
    const directory = givenSnapshot(options);
    if (directory !== null) {
      const { routerInSnapshot } = await import("./snapshot/choose-router.ts");
      throw new GatewayTableGiven(await routerInSnapshot(directory, request, options, terminal), request.router);
    }
    if (file !== undefined) {
      throw twoSources({ flag: "--file", value: file }, { flag: `--${request.type}`, value: request.router });
    }
    const { fetchGateway } = await import("./gateway/live-gateway.ts");
    throw new GatewayTableGiven(await fetchGateway(request, options, terminal, live.session), request.router);
  }
  const snapshot = givenSnapshot(options);
  if (snapshot !== null) {
    const { tableInSnapshot } = await import("./snapshot/choose-table.ts");
    return { table: await tableInSnapshot(snapshot, options, terminal), live: null };
  }
  noteUnused(options, terminal);
  if (sample !== undefined) return { table: await loadSample(sample), live: null };
  if (file !== undefined) return { table: await loadExport(file, options.table ?? null, terminal), live: null };
  if (options.last === true && refresh !== true) return loadLast(terminal, true);
  const named = nic !== undefined || vm !== undefined || privateIp !== undefined;
  if (named) return fetchLive({ nic, vm, privateIp, resourceGroup }, options, terminal, live);
  if (refresh === true) {
    const { lastNic } = await import("./last-fetched.ts");
    return fetchLive({ nic: await lastNic(terminal) }, options, terminal, live);
  }
  const { VNET_EXPLAIN_NIC, VNET_EXPLAIN_FILE } = terminal.env;
  if (VNET_EXPLAIN_NIC) {
    terminal.note(`routes of ${VNET_EXPLAIN_NIC} (from VNET_EXPLAIN_NIC)`);
    return fetchLive({ nic: VNET_EXPLAIN_NIC, resourceGroup }, options, terminal, live);
  }
  if (VNET_EXPLAIN_FILE) {
    terminal.note(`routes of ${VNET_EXPLAIN_FILE} (from VNET_EXPLAIN_FILE)`);
    return { table: await loadExport(VNET_EXPLAIN_FILE, options.table ?? null, terminal), live: null };
  }
  if (resourceGroup !== undefined || save !== undefined) throw nicMissing(options);
  return loadLast(terminal, false);
}

/** Prints a note on options that the table has no use for: a user may think that they chose it. */
function noteUnused(
  { sample, file, last, refresh, resourceGroup, subscription, addresses }: RouteSourceOptions,
  { note }: Terminal,
): void {
  const what = sample !== undefined ? "a sample" : file !== undefined ? "a file" : "the one fetched last";
  if ((sample ?? file) !== undefined || (last === true && refresh !== true)) {
    if (resourceGroup !== undefined) note(`-g has no effect: the route table is ${what}`);
    if (subscription !== undefined) note(`--subscription has no effect: the route table is ${what}`);
  }
  if (addresses !== undefined) note("--addresses has no effect: it names the addresses of a folder of exports");
}

async function loadLast(terminal: Terminal, named: boolean): Promise<LoadedRoutes> {
  const { lastTable } = await import("./last-fetched.ts");
  return { table: await lastTable(terminal, named), live: null };
}

async function fetchLive(
  nic: { readonly [key in keyof NicOptions]: string | undefined },
  options: RouteSourceOptions,
  terminal: Terminal,
  live: LiveRead,
): Promise<LoadedRoutes> {
  const { fetchRoutes } = await import("./live-routes.ts");
  const { resourceGroup = null, vm = null, privateIp = null } = nic;
  return fetchRoutes({ nic: nic.nic ?? null, vm, privateIp, resourceGroup }, options, terminal, live);
}

/** The error for an option of tables from Azure beside a file or a sample. */
function ofAzureOnly(flag: "--refresh" | "--save"): UserError {
  return new UserError(
    "option-of-azure",
    `${flag} works only with a table from Azure`,
    "remove it, or give a NIC: nic:NAME",
  );
}

/** The error for --save and -g without a NIC. */
function nicMissing({ resourceGroup }: RouteSourceOptions): UserError {
  return resourceGroup === undefined
    ? new UserError(
        "no-route-source",
        "--save works only with a NIC",
        "give --nic <name>, or --refresh to read the last NIC again",
      )
    : new UserError(
        "no-route-source",
        "-g works only with a NIC or VM",
        "give --nic <name>, --vm <name> or --private-ip <address> too",
      );
}

async function loadSample(wanted: string): Promise<RouteTable> {
  const { SAMPLE_NAMES, sampleRouteTable } = await import("../../routes/samples.ts");
  const name = SAMPLE_NAMES.find((known) => same(known, wanted));
  if (name === undefined) {
    throw new UserError(
      "unknown-sample",
      `unknown sample '${wanted.slice(0, 40)}'`,
      `use one of: ${SAMPLE_NAMES.join(", ")}`,
    );
  }
  return sampleRouteTable(name);
}
