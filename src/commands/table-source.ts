import type { Terminal } from "../output/terminal.ts";
import type { TagCatalogue } from "../service-tags/tag-catalogue.ts";
import { type LoadedRoutes, loadRoutes, type RouteSourceOptions } from "./route-source.ts";
import { loadTags, type TagSourceOptions } from "./tag-source.ts";

/** The options that go with route tables that are named by words: how to reach Azure, which tags. */
export type TableSourceOptions = Omit<
  RouteSourceOptions & TagSourceOptions,
  "file" | "sample" | "nic" | "vm" | "privateIp"
>;

/** How a word names a route table. */
export const TABLE_SOURCES = "a file, - for stdin, nic:NAME, sample:NAME, or last: the table fetched last";

/** The source that a word names: `nic:NAME`, `sample:NAME`, `last`, else a file. */
function sourceOf(word: string): Pick<RouteSourceOptions, "file" | "sample" | "nic" | "last"> {
  const [, kind, name] = /^(nic|sample):(.*)$/is.exec(word) ?? [];
  if (kind !== undefined && name !== undefined) return kind.toLowerCase() === "nic" ? { nic: name } : { sample: name };
  return word === "last" ? { last: true } : { file: word };
}

/** The route table that a word names. */
export function loadTable(word: string, options: TableSourceOptions, terminal: Terminal): Promise<LoadedRoutes> {
  return loadRoutes({ ...options, ...sourceOf(word) }, terminal);
}

/** The service tags for tables that words name: those of the samples where every one is a sample. */
export function loadTagsFor(
  words: readonly string[],
  options: TagSourceOptions,
  terminal: Terminal,
): Promise<TagCatalogue | null> {
  const samples = words.map((word) => sourceOf(word).sample);
  const [sample] = samples;
  const all = sample !== undefined && samples.every((each) => each !== undefined);
  return loadTags(all ? { ...options, sample } : options, terminal);
}
