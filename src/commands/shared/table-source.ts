import type { AnyGatewayTable } from "../../routes/gateways/gateway-table.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { namesRouter } from "./gateway/gateway-options.ts";
import type { LoadedRoutes, RouteSourceOptions } from "./route-source.ts";
import { isDirectory } from "./snapshot/given-snapshot.ts";
import { sourceOf } from "./source-word.ts";
import { loadTags, type TagSourceOptions } from "./tag-source.ts";

/** The options of commands whose arguments name route tables: how to reach Azure, which service tags. */
export type TableSourceOptions = Omit<
  RouteSourceOptions & TagSourceOptions,
  "file" | "sample" | "nic" | "vm" | "privateIp" | "last"
>;

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
