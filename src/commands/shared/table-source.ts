import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { type LoadedRoutes, loadRoutes, type RouteSourceOptions } from "./route-source.ts";
import { loadTags, type TagSourceOptions } from "./tag-source.ts";

/** The options that go with route tables that are named by words: how to reach Azure, which tags. */
export type TableSourceOptions = Omit<
  RouteSourceOptions & TagSourceOptions,
  "file" | "sample" | "nic" | "vm" | "privateIp" | "last"
>;

/** How a word names a route table. */
export const TABLE_SOURCES = "a file, - (stdin), nic:NAME, vm:NAME, sample:NAME, or last (fetched last)";

/** The source that a word names: `nic:NAME`, `vm:NAME`, `sample:NAME`, `last`, else a file. */
export function sourceOf(word: string): Pick<RouteSourceOptions, "file" | "sample" | "nic" | "vm" | "last"> {
  const [, kind = "", name = ""] = /^(nic|vm|sample):(.*)$/is.exec(word) ?? [];
  if (kind !== "" && name === "") {
    throw new UserError("no-table-name", `'${word}' names no route table`, `name it: ${word}NAME; or ${TABLE_SOURCES}`);
  }
  switch (kind.toLowerCase()) {
    case "nic":
      return { nic: name };
    case "vm":
      return { vm: name };
    case "sample":
      return { sample: name };
    default:
      return word === "last" ? { last: true } : { file: word };
  }
}

/** The route table that a word names. */
function loadTable(word: string, options: TableSourceOptions, terminal: Terminal): Promise<LoadedRoutes> {
  return loadRoutes({ ...options, ...sourceOf(word) }, terminal);
}

/**
 * The route tables that two words name. The table fetched last is read before anything is fetched, for that takes its place.
 * @throws UserError where both are stdin.
 */
export async function loadTwoTables(
  before: string,
  after: string,
  options: TableSourceOptions,
  terminal: Terminal,
): Promise<readonly [LoadedRoutes, LoadedRoutes]> {
  if (before === "-" && after === "-") {
    throw new UserError("stdin-twice", "stdin cannot be both tables", "save one of them in a file");
  }
  const last = after === "last" ? await loadTable(after, options, terminal) : null;
  const old = await loadTable(before, options, terminal);
  return [old, last ?? (await loadTable(after, options, terminal))];
}

/** The service tags for tables that words name: those of the samples where every one is a sample. */
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
