import { mapBounded } from "../../azure/map-bounded.ts";
import type { RouteTable, RouteTableOrigin } from "../../routes/effective-route.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { loadRoutes, type RouteSourceOptions } from "../shared/route-source.ts";
import { sourceOf } from "../shared/table-source.ts";

type SourceName = "file" | "sample" | "nic" | "vm" | "privateIp";

/** Route tables as options name them that may be given several times; how to reach Azure as everywhere. */
export type SeveralSourcesOptions = Omit<RouteSourceOptions, SourceName | "last"> & {
  readonly [name in SourceName]?: readonly string[] | undefined;
};

/** A route table by a name that no other one of the run has: `nic:NAME`, `sample:NAME`, `last`, `stdin`, a file's path. */
export interface NamedTable {
  readonly name: string;
  readonly table: RouteTable;
}

/** Azure takes half a minute for each, and allows several at once. */
const AT_ONCE = 4;

/** Every table that the options and the words name, in that order; one source without a name where none is named. */
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
    throw new UserError("save-of-several", "--save keeps one answer, and several tables are named", "save one by one");
  }
  if (words.length > 0 && rest.refresh === true) {
    throw new UserError("refresh-of-named", "--refresh is for the last table, and another one is named", "drop it");
  }
  return named.length === 0 ? [rest] : named.map((source) => ({ ...rest, ...source }));
}

/**
 * The tables of the sources, in their order. The table fetched last is read before anything is fetched, for that takes its place.
 * @throws UserError for a table that is named twice; as loadRoutes besides.
 */
export async function loadNamedTables(
  sources: readonly RouteSourceOptions[],
  terminal: Terminal,
): Promise<readonly NamedTable[]> {
  const load = async (source: RouteSourceOptions) => (await loadRoutes(source, terminal)).table;
  const kept = new Map<RouteSourceOptions, RouteTable>();
  for (const source of sources) if (source.last === true) kept.set(source, await load(source));
  const tables = await allOrNone(sources, async (source) => kept.get(source) ?? (await load(source)));
  const short = tables.map(({ origin }) => nameOf(origin, false));
  const names = tables.map(({ origin }, at) =>
    short.filter((name) => name === short[at]).length > 1 ? nameOf(origin, true) : nameOf(origin, false),
  );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UserError("table-twice", `${twice} is named twice`, "name each table once");
  return tables.map((table, at) => ({ name: names[at] ?? "", table }));
}

/** After a failure none is begun any more; those that Azure is working on are waited for, or they would keep the process. */
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

/** Of a NIC the name; `whole`: the resource id, where two have the same name. */
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
