import { type Exit, UserError, type UserErrorOptions } from "../../text/user-error.ts";

/** Why a snapshot directory cannot be read. */
export type SnapshotErrorCode =
  | "snapshot-not-found"
  | "snapshot-none"
  | "snapshot-version"
  | "snapshot-damaged"
  | "snapshot-body-missing"
  | "snapshot-body-changed"
  | "snapshot-inventory-changed"
  | "snapshot-journal-damaged"
  | "snapshot-journal-changed"
  | "snapshot-too-large"
  | "snapshot-unreadable";

/** The error of a directory that cannot be read as a snapshot. */
export function snapshotError(
  code: SnapshotErrorCode,
  message: string,
  hint: string,
  options?: UserErrorOptions,
): UserError<SnapshotErrorCode> {
  return new UserError(code, message, hint, "usage", options);
}

/** What to do about a part that is damaged: the command keeps what is whole. */
export const TAKE_AGAIN = "take it again with: vnet-explain snapshot DIR, which keeps the undamaged parts";

/** The end of a path says more than its start. */
export const shownPath = (path: string) => (path.length > 40 ? `...${path.slice(-37)}` : path);

/** A file of a snapshot directory as errors name it. A hash is shown by its start. */
export const inDirectory = (directory: string, name: string) =>
  `${shownPath(directory)}: ${name.replace(/([0-9a-f]{12})[0-9a-f]{52}/, "$1...")}`;

/** Why a snapshot directory cannot be written; what the disk says is an error of the store. */
type SnapshotWriteErrorCode =
  | "snapshot-locked"
  | "snapshot-lock-lost"
  | "snapshot-foreign-files"
  | "snapshot-not-private"
  | "snapshot-read-only"
  | "snapshot-other-scope";

/** The error of a directory that a run must leave alone. */
export function writeProblem(
  code: SnapshotWriteErrorCode,
  message: string,
  hint: string,
  exit: Exit = "failed",
): UserError<SnapshotWriteErrorCode> {
  return new UserError(code, message, hint, exit);
}
