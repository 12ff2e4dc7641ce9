import { UserError } from "../../text/user-error.ts";
import type { RouteSourceOptions } from "../shared/route-source.ts";
import { choosesTable, givenSnapshot } from "../shared/snapshot/given-snapshot.ts";

/**
 * The snapshot that is to be checked as a whole; null for tables that are named one by one.
 * @throws UserError for a snapshot beside other sources.
 */
export function wholeSnapshot(sources: readonly RouteSourceOptions[]): string | null {
  const found = sources.flatMap((source) => (choosesTable(source) ? [] : (givenSnapshot(source) ?? [])));
  const [path] = found;
  if (path === undefined) return null;
  if (sources.length === 1) return path;
  throw new UserError(
    "snapshot-beside-tables",
    "a snapshot is checked by itself, and other tables are given too",
    "check them one by one, or copy the exports into one folder",
  );
}
