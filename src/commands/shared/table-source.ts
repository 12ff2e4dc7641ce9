import type { AnyGatewayTable } from "../../routes/gateways/gateway-table.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { namesRouter } from "./gateway/gateway-options.ts";
import type { LoadedRoutes, RouteSourceOptions } from "./route-source.ts";
import { isDirectory } from "./snapshot/given-snapshot.ts";
import { loadTags, type TagSourceOptions } from "./tag-source.ts";

/** The options of commands whose arguments name route tables: how to reach Azure, which service tags. */
export type TableSourceOptions = Omit<
  RouteSourceOptions & TagSourceOptions,
  "file" | "sample" | "nic" | "vm" | "privateIp" | "last"
>;

/** How an argument names a route table, for help and hints. */
export const TABLE_SOURCES = "a file or a directory, - (stdin), nic:NAME, vm:NAME, sample:NAME, or last (fetched last)";

/**
 * The source that an argument names: `nic:NAME`, `vm:NAME`, `sample:NAME`, `last`, else a file.
 * @throws UserError for a kind without a name.
 */
export function sourceOf(
  word: string,
): Pick<RouteSourceOptions, "file" | "sample" | "nic" | "vm" | "last" | "gateway" | "hub" | "circuit"> {
  const [, kind = "", name = ""] = /^(nic|vm|sample|gateway|hub|circuit):(.*)$/is.exec(word) ?? [];
  if (kind !== "" && name === "") {
    throw new UserError("no-table-name", `'${word}' has no name`, `write ${word}NAME, or give ${TABLE_SOURCES}`);
  }
  switch (kind.toLowerCase()) {
    case "nic":
      return { nic: name };
    case "vm":
      return { vm: name };
    case "sample":
      return { sample: name };
    case "gateway":
      return { gateway: name };
    case "hub":
      return { hub: name };
    case "circuit":
      return { circuit: name };
    default:
      return word === "last" ? { last: true } : { file: word };
  }
}

/**
 * The route tables that two arguments name, of NICs, hubs, gateways, Route Servers or circuits.
 * @throws UserError if both are stdin, and as loadTables.
 */
export async function loadTwoTables(
  before: string,
  after: string,
  options: TableSourceOptions,
  terminal: Terminal,
): Promise<readonly [LoadedRoutes | AnyGatewayTable, LoadedRoutes | AnyGatewayTable]> {
  if (before === "-" && after === "-") {
    throw new UserError("stdin-twice", "stdin cannot be both tables", "save one of them to a file");
  }
  if (namesRouter(options) && ![before, after].some(isDirectory)) {
    throw new UserError(
      "option-of-snapshot",
      "--gateway, --hub, --route-server and --circuit choose a table of a snapshot here",
      "give a directory, or the router as a word: gateway:NAME, hub:NAME, circuit:NAME",
    );
  }
  const { gateway: _g, hub: _h, routeServer: _r, circuit: _c, ...plain } = options;
  const sources = [before, after].map((word) => ({ ...(isDirectory(word) ? options : plain), ...sourceOf(word) }));
  const { loadAnyTables } = await import("./load-tables.ts");
  const [old, now] = await loadAnyTables(sources, terminal);
  if (old === undefined || now === undefined) throw new Error("a table is missing");
  return [old, now];
}

/** The service tags for tables that arguments name: those of the samples if every table is a sample. */
export function loadTagsFor(
  words: readonly string[],
  options: TagSourceOptions,
  terminal: Terminal,
): Promise<TagCatalogue | null> {
  return loadTagsForSources(words.map(sourceOf), options, terminal);
}

/** The same for tables of any sources. */
export function loadTagsForSources(
  sources: readonly Pick<RouteSourceOptions, "sample">[],
  options: TagSourceOptions,
  terminal: Terminal,
): Promise<TagCatalogue | null> {
  const samples = sources.map(({ sample }) => sample);
  const [sample] = samples;
  const all = sample !== undefined && samples.every((each) => each !== undefined);
  return loadTags(all ? { ...options, sample } : options, terminal);
}
