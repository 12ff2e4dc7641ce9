import { mapBounded } from "../../azure/map-bounded.ts";
import { requireRows } from "../../routes/empty-table.ts";
import type { AnyGatewayTable } from "../../routes/gateways/gateway-table.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { orGatewayTable } from "./gateway/gateway-table-given.ts";
import { type LoadedRoutes, loadRoutes, type RouteSourceOptions } from "./route-source.ts";
import { sessionOfRun } from "./session-of-run.ts";
import { givenSnapshot } from "./snapshot/given-snapshot.ts";

/** The number of tables read at once. Azure usually takes ten seconds for a table, and sometimes minutes. */
const AT_ONCE = 8;

/**
 * Loads route tables, in the order of the sources. Those from Azure are read at once, with one session, as the access
 * options of the first source say. Reads the last fetched table first, since a new fetch replaces it. Starts no more
 * loads after a failure, but waits for those in progress: open calls would keep the process alive.
 * @throws as loadRoutes; UserError for a table without rows
 */
export async function loadTables(
  sources: readonly RouteSourceOptions[],
  terminal: Terminal,
): Promise<readonly LoadedRoutes[]> {
  return loadEach(sources, terminal, loadRoutes);
}

/**
 * The same where the table of a hub, a gateway, a Route Server or a circuit counts too.
 * @throws as loadTables, but for such tables.
 */
export async function loadAnyTables(
  sources: readonly RouteSourceOptions[],
  terminal: Terminal,
): Promise<readonly (LoadedRoutes | AnyGatewayTable)[]> {
  return loadEach(sources, terminal, (...given) => orGatewayTable(loadRoutes(...given)));
}

/** A file or a sample, not a folder or what Azure has. */
const isPlain = (source: RouteSourceOptions) =>
  (source.file ?? source.sample) !== undefined && givenSnapshot(source) === null;

/** Only the first table says which options have no effect, and only if they have none on the others either. */
function withoutUnused(source: RouteSourceOptions, at: number, all: readonly RouteSourceOptions[]): RouteSourceOptions {
  if (!isPlain(source)) return source;
  const isForOthers = !all.every(isPlain);
  if (at === 0 && !isForOthers) return source;
  return { ...source, resourceGroup: undefined, subscription: undefined, addresses: undefined };
}

async function loadEach<T extends object>(
  given: readonly RouteSourceOptions[],
  terminal: Terminal,
  loadOne: (...given: Parameters<typeof loadRoutes>) => Promise<T | LoadedRoutes>,
): Promise<readonly (T | LoadedRoutes)[]> {
  const sources = given.map(withoutUnused);
  let done = 0;
  const progress = (text: string | null) => {
    if (text === null && done === sources.length) terminal.progress(null);
    else terminal.progress(`${done} of ${sources.length} route tables read${text === null ? "" : `; ${text}`}`);
  };
  const shared = sources.length > 1 ? { ...terminal, progress } : terminal;
  const session = sessionOfRun(sources[0] ?? {}, shared);
  const loaded = new Map<RouteSourceOptions, T | LoadedRoutes>();
  const failures = new Map<RouteSourceOptions, unknown>();
  const load = async (source: RouteSourceOptions) => {
    if (failures.size > 0 || loaded.has(source)) return;
    try {
      const routes = await loadOne(source, shared, { session });
      if ("table" in routes) requireRows(routes.table);
      loaded.set(source, routes);
    } catch (error) {
      failures.set(source, error);
    }
    done++;
  };
  try {
    for (const source of sources) if (source.last === true) await load(source);
    await mapBounded(sources, AT_ONCE, load);
  } finally {
    terminal.progress(null);
  }
  for (const source of sources) if (failures.has(source)) throw failures.get(source);
  return sources.flatMap((source) => loaded.get(source) ?? []);
}
