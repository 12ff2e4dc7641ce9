import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { makeDirectory } from "../files/make-cache-folder.ts";
import { systemCode } from "../files/store-error.ts";
import { directoryProblem } from "../files/trusted-path.ts";
import { isUnfinished } from "../files/unfinished-file.ts";
import { MANIFEST, readManifest, type SnapshotManifest } from "./manifest.ts";
import { LOCK } from "./run-lock.ts";
import { isSnapshotDirectory } from "./snapshot-directory.ts";
import { shownPath, writeProblem } from "./snapshot-error.ts";

/** A directory that a run may write. */
export interface ClaimedDirectory {
  /** Without symbolic links. */
  readonly path: string;
  /** Whether it did not exist before. */
  readonly isNew: boolean;
  /** Of the snapshot that it holds; null where it holds none. */
  readonly manifest: SnapshotManifest | null;
}

/**
 * Makes the directory with mode 0700, or takes one that is empty or holds a snapshot. Any other is left alone.
 * @throws UserError, or the system's error.
 */
export function claimDirectory(given: string): ClaimedDirectory {
  const isNew = !exists(given);
  if (isNew) makeDirectory(given);
  const path = realpathSync(given);
  const manifest = checkedManifest(given, path);
  closeToOthers(path);
  return { path, isNew, manifest };
}

/**
 * The manifest of a directory that `claimDirectory` would take; null where it holds no snapshot or does not exist.
 * Changes nothing.
 * @throws UserError, or the system's error.
 */
export function claimable(given: string): SnapshotManifest | null {
  return exists(given) ? checkedManifest(given, realpathSync(given)) : null;
}

const exists = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** The manifest of a directory that a run may take; null where it is empty. */
function checkedManifest(given: string, path: string): SnapshotManifest | null {
  const names = readdirSync(path); // fails for a file
  const manifest = readManifest(path);
  if (manifest === null && isSnapshotDirectory(path)) {
    const message = `${shownPath(given)} lacks the ${MANIFEST} of its snapshot`;
    const hint = "restore it, or name a new or empty directory: nothing was changed";
    throw writeProblem("snapshot-foreign-files", message, hint, "usage");
  }
  refuseForeign(given, names, manifest);
  refuseReadOnly(given, path);
  return manifest;
}

function refuseForeign(given: string, names: readonly string[], manifest: SnapshotManifest | null): void {
  const isOwn = (name: string) => name === LOCK || isUnfinished(name, (target) => [LOCK, MANIFEST].includes(target));
  if (manifest !== null || names.every(isOwn)) return;
  throw writeProblem(
    "snapshot-foreign-files",
    `${shownPath(given)} holds files that are not part of a snapshot`,
    "name a new or empty directory: nothing was changed",
    "usage",
  );
}

/** Its owner wants such a directory to stay as it is, and could write it all the same: by its mode, or as root. */
function refuseReadOnly(given: string, path: string): void {
  if (process.platform === "win32" || (lstatSync(path).mode & 0o200) !== 0) return;
  throw writeProblem(
    "snapshot-read-only",
    `${shownPath(given)} is read-only`,
    "choose another directory, or allow writing: chmod u+w DIR",
  );
}

/**
 * Makes a folder in a snapshot directory, or takes the one that is there, with mode 0700.
 * @throws UserError for a folder in which other users can replace files and for what is not a folder, or the system's
 * error.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (systemCode(thrown) !== "EEXIST") throw thrown;
    if (!lstatSync(path).isDirectory()) {
      throw writeProblem("snapshot-foreign-files", `${path} is not a directory`, "remove it and run again");
    }
  }
  closeToOthers(path);
}

/**
 * Gives a directory mode 0700: a snapshot shows how a network is built.
 * @throws UserError for a directory in which other users can replace files.
 */
function closeToOthers(path: string): void {
  if (process.platform === "win32") return;
  try {
    chmodSync(path, 0o700);
  } catch (thrown) {
    if (systemCode(thrown) !== "EPERM") throw thrown; // not this user's, or a file system without modes
  }
  const problem = directoryProblem(path, lstatSync(path));
  if (problem === null) return;
  throw writeProblem("snapshot-not-private", `cannot keep a snapshot: ${problem}`, "name a directory of your own");
}
