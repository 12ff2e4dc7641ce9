import type { RouteTable, RouteTableOrigin } from "../../routes/effective-route.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import { loadTables } from "../shared/load-tables.ts";
import type { RouteSourceOptions } from "../shared/route-source.ts";
import { choosesTable, givenSnapshot } from "../shared/snapshot/given-snapshot.ts";
import { sourceOf } from "../shared/source-word.ts";

type SourceName = "file" | "sample" | "snapshot" | "nic" | "vm" | "privateIp";

/** The options of RouteSourceOptions, with those that name a route table as lists. */
export type SeveralSourcesOptions = Omit<RouteSourceOptions, SourceName | "last"> & {
  readonly [name in SourceName]?: readonly string[] | undefined;
};

/** A route table with a name that is unique in this run: `nic:NAME`, `sample:NAME`, `last`, `stdin` or a path. */
export interface NamedTable {
  readonly name: string;
  readonly table: RouteTable;
}

/**
 * The sources that the options and then the words name; the default source if there are none.
 * @throws UserError for --save or --refresh with these sources.
 */
export function sourcesOf(words: readonly string[], options: SeveralSourcesOptions): readonly RouteSourceOptions[] {
  const { file, sample, snapshot, nic, vm, privateIp, ...rest } = options;
  const named: Pick<RouteSourceOptions, SourceName | "last">[] = [
    ...(file ?? []).map((each) => ({ file: each })),
    ...(sample ?? []).map((each) => ({ sample: each })),
    ...(snapshot ?? []).map((each) => ({ snapshot: each })),
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
 * Returns the snapshot that is checked as a whole; null for tables that are named one by one.
 * @throws UserError for a snapshot beside other sources.
 */
export function wholeSnapshot(sources: readonly RouteSourceOptions[]): string | null {
  const found = sources.flatMap((source) => (choosesTable(source) ? [] : (givenSnapshot(source) ?? [])));
  const [path] = found;
  if (path === undefined) return null;
  if (sources.length === 1) return path;
  throw new UserError(
    "snapshot-beside-tables",
    "a snapshot cannot be checked together with other tables",
    "check them one by one, or copy the exports into one folder",
  );
}

/**
 * Loads the tables in the order of the sources.
 * @throws UserError for a table that is given twice, and as loadTables.
 */
export async function loadNamedTables(
  sources: readonly RouteSourceOptions[],
  terminal: Terminal,
): Promise<readonly NamedTable[]> {
  const tables = (await loadTables(sources, terminal)).map(({ table }) => table);
  const short = tables.map(({ origin }) => nameOf(origin, false));
  const names = tables.map(({ origin }, at) =>
    short.filter((name) => name === short[at]).length > 1 ? nameOf(origin, true) : nameOf(origin, false),
  );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UserError("table-twice", `${twice} is given twice`, "give each table once");
  return tables.map((table, at) => ({ name: names[at] ?? "", table }));
}

/** `whole`: use a NIC's resource id instead of its name, if two NICs have the same name. */
function nameOf({ kind, name }: RouteTableOrigin, whole: boolean): string {
  switch (kind) {
    case "azure":
    case "snapshot":
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
