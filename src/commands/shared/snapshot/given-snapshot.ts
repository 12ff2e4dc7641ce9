import { statSync } from "node:fs";
import { UserError } from "../../../text/user-error.ts";

/** The options that name a snapshot, or one of its tables. */
export interface SnapshotOptions {
  readonly file?: string | undefined;
  readonly snapshot?: string | undefined;
  readonly subnet?: string | undefined;
  readonly nic?: string | undefined;
  readonly table?: string | undefined;
  readonly hub?: string | undefined;
  readonly gateway?: string | undefined;
  readonly routeServer?: string | undefined;
  readonly circuit?: string | undefined;
}

/**
 * The snapshot directory, or folder of exports, that the options name; null for any other source. One system call.
 * @throws UserError for --subnet without a snapshot.
 */
export function givenSnapshot({ snapshot, file, subnet }: SnapshotOptions): string | null {
  if (snapshot !== undefined) return snapshot;
  if (file !== undefined && file !== "-" && isDirectory(file)) return file;
  if (subnet === undefined) return null;
  throw new UserError(
    "option-of-snapshot",
    "--subnet works only with a snapshot",
    "give its directory too, or a folder of exports: --snapshot DIR",
  );
}

/** Whether one of the snapshot's tables is chosen. */
export const choosesTable = ({ subnet, nic, table, ...routers }: SnapshotOptions): boolean =>
  [subnet, nic, table, routers.hub, routers.gateway, routers.routeServer, routers.circuit].some(
    (name) => name !== undefined,
  );

/** The error for an option or an input that needs a single table. */
export function ofOneTable(what: string): UserError {
  return new UserError(
    "one-table-needed",
    `${what} needs the table of one subnet, and a snapshot has many`,
    "choose one: --subnet NAME; vnet-explain routes DIR lists them",
  );
}

/** Whether a path leads to a directory. Never throws. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
