import { mapBounded } from "../../azure/map-bounded.ts";
import type { RouteTable, RouteTableOrigin } from "../../routes/effective-route.ts";
import { requireRows } from "../../routes/empty-table.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { loadRoutes, type RouteSourceOptions } from "../shared/route-source.ts";
import { sourceOf } from "../shared/table-source.ts";

type SourceName = "file" | "sample" | "nic" | "vm" | "privateIp";

/** The options of RouteSourceOptions, with those that name a route table as lists. */
export type SeveralSourcesOptions = Omit<RouteSourceOptions, SourceName | "last"> & {
  readonly [name in SourceName]?: readonly string[] | undefined;
};

/** A route table with a name that is unique in this run: `nic:NAME`, `sample:NAME`, `last`, `stdin` or a path. */
export interface NamedTable {
  readonly name: string;
  readonly table: RouteTable;
}

/** How many tables are read from Azure at once; each takes about half a minute. */
const AT_ONCE = 4;

/**
 * The sources that the options and then the words name; the default source if there are none.
 * @throws UserError for --save or --refresh with these sources.
 */
export function sourcesOf(words: readonly string[], options: SeveralSourcesOptions): readonly RouteSourceOptions[] {
  const { file, sample, nic, vm, privateIp, ...rest } = options;
  const named: Pick<RouteSourceOptions, SourceName | "last">[] = [
    ...(file ?? []).map((each) => ({ file: each })),
    ...(sample ?? []).map((each) => ({ sample: each })),
    ...(nic ?? []).map((each) => ({ nic: each })),
    ...(vm ?? []).map((each) => ({ vm: each })),
    ...(privateIp ?? []).map((each) => ({ privateIp: each })),
    ...words.map(sourceOf),
  ];
  if (named.length > 1 && rest.save !== undefined) {
    throw new UserError("save-of-several", "--save works only with one table", "save them one by one");
  }
  if (rest.refresh === true && named.some((each) => each.file ?? each.sample ?? each.last)) {
    throw new UserError("refresh-of-named", "--refresh works only with tables from Azure", "remove it");
  }
  return named.length === 0 ? [rest] : named.map((source) => ({ ...rest, ...source }));
}

/**
 * Loads the tables in the order of the sources. Reads the last fetched table first, since a new fetch replaces it.
 * @throws UserError for a table that is given twice, and as loadRoutes.
 */
export async function loadNamedTables(
  sources: readonly RouteSourceOptions[],
  terminal: Terminal,
): Promise<readonly NamedTable[]> {
  const load = async (source: RouteSourceOptions) => {
    const { table } = await loadRoutes(source, terminal);
    requireRows(table);
    return table;
  };
  const kept = new Map<RouteSourceOptions, RouteTable>();
  for (const source of sources) if (source.last === true) kept.set(source, await load(source));
  const tables = await allOrNone(sources, async (source) => kept.get(source) ?? (await load(source)));
  const short = tables.map(({ origin }) => nameOf(origin, false));
  const names = tables.map(({ origin }, at) =>
    short.filter((name) => name === short[at]).length > 1 ? nameOf(origin, true) : nameOf(origin, false),
  );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UserError("table-twice", `${twice} is given twice`, "give each table once");
  return tables.map((table, at) => ({ name: names[at] ?? "", table }));
}

/** Starts no more loads after a failure, but waits for those in progress: open calls would keep the process alive. */
async function allOrNone<Item, Result>(
  items: readonly Item[],
  load: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const failures: unknown[] = [];
  const loaded = await mapBounded(items, AT_ONCE, async (item) => {
    if (failures.length > 0) return [];
    try {
      return [await load(item)];
    } catch (error) {
      failures.push(error);
      return [];
    }
  });
  if (failures.length > 0) throw failures[0];
  return loaded.flat();
}

/** `whole`: a NIC's resource id instead of its name, for two NICs with one name. */
function nameOf({ kind, name }: RouteTableOrigin, whole: boolean): string {
  switch (kind) {
    case "azure":
      return `nic:${whole ? name : name.slice(name.lastIndexOf("/") + 1)}`;
    case "sample":
      return `sample:${name}`;
    case "cache":
      return "last";
    case "stdin":
    case "file":
      return name;
    default:
      return kind satisfies never;
  }
}
