import { type Members, membersOf } from "../../../analysis/fleet/members.ts";
import { isSnapshotDirectory } from "../../../store/snapshot/snapshot-directory.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import { UserError } from "../../../text/user-error.ts";
import type { NamedAddress } from "../../../topology/address-map.ts";
import type { Snapshot } from "../../../topology/snapshot.ts";

/** A snapshot, and the subnets and NICs that its tables answer for. */
export interface LoadedSnapshot {
  readonly snapshot: Snapshot;
  readonly members: Members;
  /** What to call it: a folder of exports is not a snapshot. */
  readonly word: "snapshot" | "folder";
  /** The cloud that it was taken from; null where the source does not say. */
  readonly cloud: "public" | "usgov" | "china" | null;
}

/** Options for loading a snapshot. */
export interface LoadOptions {
  /** A CSV file that names addresses. */
  readonly addresses?: string | undefined;
  readonly refresh?: boolean | undefined;
  readonly save?: string | undefined;
}

/**
 * The addresses that the user's CSV file names; none without one.
 * @throws UserError
 */
export async function namedAddresses({ addresses }: LoadOptions): Promise<readonly NamedAddress[]> {
  if (addresses === undefined) return [];
  const [{ readAddressMap }, { readInputFile }, { decodeText }] = await Promise.all([
    import("../../../topology/address-map.ts"),
    import("../../../store/files/input-file.ts"),
    import("../../../routes/read/decode-text.ts"),
  ]);
  return readAddressMap(decodeText(await readInputFile(addresses)));
}

/**
 * Loads the snapshot at a path: a snapshot directory, or a folder of exported route tables. `wanted`: a folder needs a
 * NIC's table, or else a router's.
 * @throws UserError for a path that is neither, for one without a table, and for options of tables from Azure.
 */
export async function loadSnapshot(
  path: string,
  options: LoadOptions,
  terminal: Terminal,
  wanted: "nics" | "routers" = "nics",
): Promise<LoadedSnapshot> {
  const ofAzure = options.refresh === true ? "--refresh" : options.save === undefined ? null : "--save";
  if (ofAzure !== null) {
    throw new UserError("option-of-azure", `${ofAzure} works only with a table from Azure`, "remove it");
  }
  if (isSnapshotDirectory(path)) {
    const { snapshotOfDirectory } = await import("./from-directory.ts");
    const { snapshot: ofNics, cloud, routers } = snapshotOfDirectory(path, terminal);
    const { routerTablesOf } = await import("./router-tables.ts");
    const { tables, isWhole } = await routerTablesOf(path, routers, terminal);
    const snapshot = { ...ofNics, complete: ofNics.complete && isWhole, gatewayTables: tables };
    return { snapshot, members: membersOf(snapshot), word: "snapshot", cloud };
  }
  const { snapshotOfFolder } = await import("./from-folder.ts");
  const snapshot = await snapshotOfFolder(path, terminal, wanted, options.addresses);
  return { snapshot, members: membersOf(snapshot), word: "folder", cloud: null };
}
