import type { RouteTable } from "../../../routes/effective-route.ts";
import { requireRows } from "../../../routes/empty-table.ts";
import { nicName } from "../../../routes/nic-name.ts";
import { RowPool } from "../../../routes/read/row-pool.ts";
import type { JournalEntry } from "../../../store/snapshot/journal.ts";
import type { SnapshotManifest } from "../../../store/snapshot/manifest.ts";
import { readSnapshotDirectory, type SnapshotDirectory } from "../../../store/snapshot/snapshot-directory.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { UserError } from "../../../text/user-error.ts";
import { type Coverage, isInScope } from "../../../topology/coverage.ts";
import { readTopology } from "../../../topology/read/read-topology.ts";
import { idKey } from "../../../topology/resource-id.ts";
import type { Snapshot, SnapshotNic } from "../../../topology/snapshot.ts";
import type { Topology } from "../../../topology/topology.ts";
import { noteSkipped } from "./skipped-parts.ts";

/**
 * The snapshot in a directory that `vnet-explain snapshot` wrote. Each distinct table is read once. A table that is
 * missing or damaged makes its NICs failed ones, with a note.
 * @throws UserError for a directory that cannot be read at all.
 */
export function snapshotOfDirectory(
  path: string,
  terminal: Terminal,
): { readonly snapshot: Snapshot } & Pick<SnapshotManifest, "cloud" | "routers"> {
  const directory = readSnapshotDirectory(path);
  const { manifest, journal } = directory;
  const topology = manifest.inventory === null ? null : topologyIn(directory, terminal);
  const { tables, errors } = tablesIn(directory, terminal);
  const coverage = coverageOf(manifest);
  const nics = [...journal.map((entry) => nicOf(entry, errors)), ...unasked(directory, topology, coverage)];
  const times = journal.flatMap(({ fetchedAt, body }) => (fetchedAt === null || body === null ? [] : [fetchedAt]));
  const snapshot: Snapshot = {
    name: path,
    takenAt: times.sort()[0] ?? null,
    complete: manifest.complete && errors.size === 0,
    topology,
    unreadParts: manifest.inventory?.gaps ?? [],
    coverage,
    nics,
    tables,
    gatewayTables: [],
  };
  if (manifest.run.finishedAt === null) {
    terminal.note(`${path}: the run that took it did not finish; the same command resumes it`);
  }
  return { snapshot, cloud: manifest.cloud, routers: manifest.routers };
}

function topologyIn(directory: SnapshotDirectory, terminal: Terminal): Topology {
  const { topology, skipped } = readTopology(directory.inventory());
  noteSkipped(skipped, terminal);
  return topology;
}

/** The distinct tables by their hashes, and why others cannot be read. */
interface Tables {
  readonly tables: ReadonlyMap<string, RouteTable>;
  readonly errors: ReadonlyMap<string, UserError>;
}

/** The most damaged tables named on stderr. */
const MOST_NOTES = 3;

function tablesIn(directory: SnapshotDirectory, terminal: Terminal): Tables {
  const pool = new RowPool();
  const tables = new Map<string, RouteTable>();
  const errors = new Map<string, UserError>();
  try {
    for (const { body, nicId, standInId, fetchedAt } of directory.journal) {
      if (body === null || tables.has(body) || errors.has(body)) continue;
      if (tables.size % 500 === 499) terminal.progress(`${tables.size + 1} route tables read`);
      try {
        const { routes, note } = pool.read(directory.body(body));
        const origin = { kind: "snapshot", name: standInId ?? nicId, format: "arm", fetchedAt, note } as const;
        const table: RouteTable = { routes, origin };
        requireRows(table);
        tables.set(body, table);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        errors.set(body, error);
        if (errors.size > MOST_NOTES) continue;
        terminal.note(`not read: the table of ${nicName(nicId)}: ${error.message}; ${error.hint}`);
      }
    }
  } finally {
    terminal.progress(null);
  }
  if (errors.size > MOST_NOTES)
    terminal.note(`not read: ${errors.size - MOST_NOTES} more tables; -o json has the reasons`);
  return { tables, errors };
}

function nicOf(entry: JournalEntry, errors: Tables["errors"]): SnapshotNic {
  const { nicId, subnetId, outcome, body, standInId, fetchedAt, error } = entry;
  const failure = body === null ? undefined : errors.get(body);
  return {
    id: nicId,
    name: nicName(nicId),
    subnetId,
    outcome: failure === undefined ? outcome : "failed",
    tableKey: failure === undefined ? body : null,
    standInId,
    fetchedAt,
    error: failure === undefined ? error : { code: failure.code, message: failure.message },
  };
}

/** The scope of the run, and the subscriptions that could not be read. */
function coverageOf({ scope, inventory }: SnapshotManifest): Coverage {
  const { subscriptions, managementGroup, resourceGroup, network, subnet } = scope;
  const found = inventory?.subscriptions ?? [];
  return {
    // Subscriptions may be given by name. The inventory has their ids. Without it, nothing was read.
    subscriptionIds:
      inventory !== null && subscriptions.length === 0 && managementGroup === null
        ? null
        : found.map(({ id }) => id.toLowerCase()),
    resourceGroup,
    network,
    subnet,
    unreadSubscriptions: found.flatMap(({ id, name, outcome, error }) =>
      outcome === "ok" ? [] : [{ id, name, reason: error?.message ?? outcome }],
    ),
  };
}

/** The NICs in scope that an interrupted run did not reach. The inventory also has NICs of other networks. */
function unasked(
  { manifest, journal }: SnapshotDirectory,
  topology: Topology | null,
  coverage: Coverage,
): readonly SnapshotNic[] {
  if (manifest.run.finishedAt !== null || topology === null) return [];
  const known = new Set(journal.map(({ nicId }) => idKey(nicId)));
  return topology.nics
    .map(({ id, ipConfigurations }) => ({
      id,
      subnetId: ipConfigurations.find(({ subnetId }) => subnetId !== null)?.subnetId ?? null,
    }))
    .filter((nic) => !known.has(idKey(nic.id)) && isInScope(nic, coverage))
    .map(({ id, subnetId }) => ({
      id,
      name: nicName(id),
      subnetId,
      outcome: "failed",
      tableKey: null,
      standInId: null,
      fetchedAt: null,
      error: { code: "not-fetched", message: "the run that took the snapshot ended before it" },
    }));
}
