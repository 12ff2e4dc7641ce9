import { lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { holdsTooManyValues } from "../../text/json-values.ts";
import { whyUnreadable } from "../files/errno.ts";
import { sha256 } from "../files/sha256.ts";
import { systemCode } from "../files/store-error.ts";
import { JOURNAL, type JournalEntry, MOST_JOURNAL_BYTES, readJournal } from "./journal.ts";
import { MANIFEST, readManifest, type SnapshotManifest } from "./manifest.ts";
import { linesOf, readPart } from "./part-file.ts";
import { inDirectory, shownPath, snapshotError, TAKE_AGAIN } from "./snapshot-error.ts";

export const INVENTORY = "inventory.ndjson";
export const BODIES = "bodies";
/** The names of the files of bodies. */
export const BODY_FILE = /^[0-9a-f]{64}\.json$/;

/** Several times what a hundred thousand NICs come to. */
const MOST_INVENTORY_BYTES = 512 * 2 ** 20;
/** As much as is read of one answer of Azure. */
const MOST_BODY_BYTES = 32 * 2 ** 20;

/** A snapshot directory that was read and checked. Bodies are read one by one, when they are asked for. */
export interface SnapshotDirectory {
  /** As the user named it. */
  readonly path: string;
  readonly manifest: SnapshotManifest;
  /** The latest entry of each NIC. An interrupted run has none for the NICs that it did not come to. */
  readonly journal: readonly JournalEntry[];
  /**
   * The resources of the inventory as Azure sent them, parsed one by one.
   * @throws UserError<SnapshotErrorCode> for a line that cannot be read.
   */
  inventory(): Iterable<unknown>;
  /**
   * The body of the table with this hash: the text that Azure sent. Reads and checks the file each time.
   * @throws UserError<SnapshotErrorCode> where it is missing or was changed.
   */
  body(hash: string): string;
}

/**
 * Whether a path leads to what looks like a snapshot directory. `readSnapshotDirectory` says what is wrong with one
 * that cannot be read, or that lacks its manifest. Cost: four system calls. Never throws.
 */
export function isSnapshotDirectory(path: string): boolean {
  const isFile = (name: string) => lstatSync(join(path, name), { throwIfNoEntry: false })?.isFile() === true;
  try {
    const parts = [isFile(JOURNAL), isFile(INVENTORY), isDirectory(join(path, BODIES))].filter((isThere) => isThere);
    return parts.length >= (isFile(MANIFEST) ? 1 : 2);
  } catch {
    return false;
  }
}

/**
 * Reads a snapshot directory, also one whose run goes on or was killed: its last, torn journal line is ignored. Checks
 * the inventory, and the journal of a finished run, by their checksums. Cost: reads the journal and the inventory.
 * @throws UserError<SnapshotErrorCode>
 */
export function readSnapshotDirectory(path: string): SnapshotDirectory {
  for (let attempt = 1; ; attempt++) {
    const manifest = manifestIn(path);
    try {
      return readParts(path, manifest);
    } catch (thrown) {
      // A run may have begun or ended meanwhile.
      if (attempt === 3 || JSON.stringify(manifestIn(path)) === JSON.stringify(manifest)) throw thrown;
    }
  }
}

function manifestIn(path: string): SnapshotManifest {
  let isThere: boolean;
  try {
    isThere = statSync(path).isDirectory();
  } catch (thrown) {
    const code = systemCode(thrown);
    if (code === "") throw thrown;
    const [why, hint] = whyUnreadable(code, "snapshot");
    const kind = code === "ENOENT" ? "snapshot-not-found" : "snapshot-unreadable";
    throw snapshotError(kind, `${shownPath(path)}: ${why}`, hint, { cause: thrown });
  }
  const manifest = isThere ? readManifest(path) : null;
  if (manifest !== null) return manifest;
  if (isThere && isSnapshotDirectory(path)) {
    const message = `${inDirectory(path, MANIFEST)} is missing or from another program`;
    throw snapshotError("snapshot-none", message, "restore it, or take the snapshot again in an empty directory");
  }
  throw snapshotError(
    "snapshot-none",
    `${shownPath(path)}: it is not a snapshot directory`,
    isThere ? "take one with: vnet-explain snapshot DIR" : "it is a file: give the directory that holds manifest.json",
  );
}

function readParts(path: string, manifest: SnapshotManifest): SnapshotDirectory {
  const journal = journalIn(path, manifest);
  const inventory = inventoryIn(path, manifest);
  if (!isDirectory(join(path, BODIES)) && journal.some(({ body }) => body !== null)) {
    throw snapshotError("snapshot-body-missing", `${shownPath(path)}: it has no directory ${BODIES}`, TAKE_AGAIN);
  }
  return {
    path,
    manifest,
    journal,
    inventory: () => resourcesIn(path, inventory),
    body: (hash) => readBody(path, hash),
  };
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function journalIn(path: string, { journal }: SnapshotManifest): readonly JournalEntry[] {
  const found = readPart(path, JOURNAL, MOST_JOURNAL_BYTES);
  const bytes = found ?? Buffer.alloc(0);
  const { entries, damaged } = readJournal(bytes);
  const [line] = damaged;
  if (line !== undefined) {
    const message = `${shownPath(path)}: line ${line} of ${JOURNAL} is damaged`;
    throw snapshotError("snapshot-journal-damaged", message, TAKE_AGAIN);
  }
  if (journal !== null && sha256(bytes) !== journal.sha256) {
    const message = `${inDirectory(path, JOURNAL)} ${found === null ? "is missing" : "was changed or cut after the run"}`;
    throw snapshotError("snapshot-journal-changed", message, TAKE_AGAIN);
  }
  return entries;
}

function inventoryIn(path: string, { inventory }: SnapshotManifest): Buffer {
  const found = readPart(path, INVENTORY, MOST_INVENTORY_BYTES);
  const bytes = found ?? Buffer.alloc(0);
  if (inventory === null || sha256(bytes) === inventory.sha256) return bytes;
  const message = `${inDirectory(path, INVENTORY)} ${found === null ? "is missing" : "was changed after the run"}`;
  throw snapshotError("snapshot-inventory-changed", message, TAKE_AGAIN);
}

function* resourcesIn(path: string, bytes: Buffer): Generator<unknown> {
  let number = 0;
  for (const line of linesOf(bytes)) {
    number++;
    if (line.length === 0) continue;
    const resource = holdsTooManyValues(line) ? undefined : parsed(line.toString());
    if (resource === undefined) {
      const message = `${shownPath(path)}: line ${number} of ${INVENTORY} is damaged`;
      throw snapshotError("snapshot-inventory-changed", message, TAKE_AGAIN);
    }
    yield resource;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The body with this hash in a snapshot directory.
 * @throws UserError<SnapshotErrorCode> where it is missing or was changed.
 */
export function readBody(path: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError("a body is named by its SHA-256");
  const name = `${BODIES}/${hash}.json`;
  const bytes = readPart(path, name, MOST_BODY_BYTES);
  const file = inDirectory(path, name);
  if (bytes === null) {
    throw snapshotError("snapshot-body-missing", `${file} is missing`, TAKE_AGAIN);
  }
  if (sha256(bytes) !== hash) {
    const message = `${file} was changed after the run`;
    throw snapshotError("snapshot-body-changed", message, TAKE_AGAIN);
  }
  if (holdsTooManyValues(bytes)) {
    const message = `${file} holds too many values`;
    throw snapshotError("snapshot-too-large", message, "it is not a route table");
  }
  return bytes.toString();
}

/** Whether a body is there and has its checksum. Never throws. */
export function isBodyWhole(path: string, hash: string): boolean {
  try {
    readBody(path, hash);
    return true;
  } catch {
    return false;
  }
}
