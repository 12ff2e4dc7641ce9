import { isRecord, ownField, textField, textsIn } from "../../text/type-guards.ts";
import { countOutcomes, OUTCOMES, type Outcome, type SnapshotNic } from "../../topology/snapshot.ts";
import { CLOUDS, type Cloud } from "../tags/clouds.ts";
import { readPart } from "./part-file.ts";
import { isRouterPath } from "./router-files.ts";
import { shownPath, snapshotError } from "./snapshot-error.ts";

/** The name of the file that makes a directory a snapshot. */
export const MANIFEST = "manifest.json";

const SCHEMA_VERSION = 1;
const KIND = "vnet-explain snapshot";

/** What the user asked a snapshot of: everything that the sign-in sees, unless something is named. */
export interface SnapshotScope {
  /** Ids or names, as given. */
  readonly subscriptions: readonly string[];
  readonly managementGroup: string | null;
  readonly resourceGroup: string | null;
  /** The name or id of a virtual network. */
  readonly network: string | null;
  readonly subnet: string | null;
}

/** The inventory of a snapshot, as its manifest describes it. */
interface InventoryRecord {
  /** Of inventory.ndjson. */
  readonly sha256: string;
  readonly resources: number;
  /** How it was read: `resource-graph`, `lists`. */
  readonly source: string;
  readonly subscriptions: readonly SubscriptionRecord[];
  /** Parts that could not be read, of subscriptions that could. */
  readonly gaps: readonly GapRecord[];
}

/** The outcome of reading one subscription. */
interface SubscriptionRecord {
  readonly id: string;
  readonly name: string | null;
  readonly outcome: "ok" | "denied" | "failed";
  readonly error: SnapshotNic["error"];
}

/** A part of the inventory that could not be read. */
interface GapRecord {
  /** Of a subscription, a hub or a scale set. */
  readonly resourceId: string;
  /** `the list of routeTables` */
  readonly what: string;
  readonly error: SnapshotNic["error"];
}

/** What a snapshot directory covers, and how far the run came: the content of manifest.json. */
export interface SnapshotManifest {
  readonly cloud: Cloud;
  readonly scope: SnapshotScope;
  /** Whether every NIC was asked, not only one of each subnet. */
  readonly allNics: boolean;
  readonly run: {
    /** Journal lines with this id are of this run. */
    readonly id: string;
    /** ISO 8601. */
    readonly startedAt: string;
    /** Null while the run goes on, and where it was interrupted. */
    readonly finishedAt: string | null;
  };
  /** Whether the run finished and everything that can answer did. */
  readonly complete: boolean;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Null until a run has written it. */
  readonly inventory: InventoryRecord | null;
  /** Null until the run is finished. */
  readonly journal: { readonly sha256: string; readonly entries: number } | null;
  /** The files of tables of routers, each named by its SHA-256: `hubs/HASH.json`. */
  readonly routers: readonly string[];
}

/** The text of manifest.json. */
export function manifestText(manifest: SnapshotManifest): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, kind: KIND, ...manifest }, null, 2)}\n`;
}

/** Any manifest is some kilobytes; with the ids of ten thousand subscriptions half a megabyte. */
const MOST_BYTES = 4 * 2 ** 20;

/**
 * The manifest of a directory; null where it has none.
 * @throws UserError<SnapshotErrorCode> for another schema version and for a damaged one.
 */
export function readManifest(directory: string): SnapshotManifest | null {
  const bytes = readPart(directory, MANIFEST, MOST_BYTES);
  if (bytes === null) return null;
  const value = parsed(bytes);
  const version = ownField(value, "schemaVersion");
  if (ownField(value, "kind") !== KIND) {
    if (value !== null) return null; // another program's manifest
    throw damaged(directory);
  }
  if (version !== SCHEMA_VERSION) {
    throw snapshotError(
      "snapshot-version",
      `${shownPath(directory)}: schema version ${typeof version === "number" ? version : "unknown"} is not supported`,
      `this program reads version ${SCHEMA_VERSION}: use the one that wrote it, or take it again in an empty directory`,
    );
  }
  const manifest = manifestOf(value);
  if (manifest === null) throw damaged(directory);
  return manifest;
}

function damaged(directory: string) {
  const message = `${shownPath(directory)}: ${MANIFEST} is damaged`;
  return snapshotError("snapshot-damaged", message, "take the snapshot again in an empty directory");
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}

function manifestOf(value: unknown): SnapshotManifest | null {
  const cloud = CLOUDS.find((each) => each === ownField(value, "cloud"));
  const scope = ownField(value, "scope");
  const run = ownField(value, "run");
  const [id, startedAt, finishedAt] = [textField(run, "id"), timeField(run, "startedAt"), timeField(run, "finishedAt")];
  const counts = countsIn(ownField(value, "counts"));
  if (cloud === undefined || !isRecord(scope) || id === null || startedAt === null) return null;
  if (counts === null) return null;
  const [inventory, journal] = [inventoryOf(ownField(value, "inventory")), journalOf(ownField(value, "journal"))];
  if (inventory === undefined || journal === undefined || (finishedAt !== null && journal === null)) return null;
  return {
    cloud,
    scope: {
      subscriptions: textsIn(scope.subscriptions),
      managementGroup: textField(scope, "managementGroup"),
      resourceGroup: textField(scope, "resourceGroup"),
      network: textField(scope, "network"),
      subnet: textField(scope, "subnet"),
    },
    allNics: ownField(value, "allNics") === true,
    run: { id, startedAt, finishedAt },
    complete: ownField(value, "complete") === true && finishedAt !== null,
    counts,
    inventory,
    journal,
    routers: textsIn(ownField(value, "routers")).filter(isRouterPath),
  };
}

/** Null where one is missing. */
function countsIn(value: unknown): SnapshotManifest["counts"] | null {
  const counts = countOutcomes([]);
  for (const outcome of OUTCOMES) {
    const count = countField(value, outcome);
    if (count === null) return null;
    counts[outcome] = count;
  }
  return counts;
}

/** Undefined where it is damaged. */
function inventoryOf(value: unknown): InventoryRecord | null | undefined {
  if (value === null) return null;
  const [sha256, resources, source] = [
    hashField(value, "sha256"),
    countField(value, "resources"),
    textField(value, "source"),
  ];
  if (sha256 === null || resources === null || source === null) return undefined;
  return {
    sha256,
    resources,
    source,
    subscriptions: listOf(ownField(value, "subscriptions"), subscriptionOf),
    gaps: listOf(ownField(value, "gaps"), gapOf),
  };
}

/** What `read` makes of the elements of a list, without nulls. */
function listOf<T>(value: unknown, read: (element: unknown) => T | null): readonly T[] {
  return Array.isArray(value) ? value.map(read).filter((each) => each !== null) : [];
}

function subscriptionOf(value: unknown): SubscriptionRecord | null {
  const id = textField(value, "id");
  const outcome = (["ok", "denied", "failed"] as const).find((each) => each === ownField(value, "outcome"));
  if (id === null || outcome === undefined) return null;
  return { id, name: textField(value, "name"), outcome, error: errorField(value, "error") };
}

function gapOf(value: unknown): GapRecord | null {
  const [resourceId, what] = [textField(value, "resourceId"), textField(value, "what")];
  return resourceId === null || what === null ? null : { resourceId, what, error: errorField(value, "error") };
}

/** Undefined where it is damaged. */
function journalOf(value: unknown): SnapshotManifest["journal"] | undefined {
  if (value === null) return null;
  const [sha256, entries] = [hashField(value, "sha256"), countField(value, "entries")];
  return sha256 === null || entries === null ? undefined : { sha256, entries };
}

function countField(value: unknown, name: string): number | null {
  const found = ownField(value, name);
  return typeof found === "number" && Number.isSafeInteger(found) && found >= 0 ? found : null;
}

/** An error; null where there is none. */
export function errorField(value: unknown, name: string): SnapshotNic["error"] {
  const error = ownField(value, name);
  const [code, message] = [textField(error, "code"), textField(error, "message")];
  return code === null || message === null ? null : { code, message };
}

/** A time in ISO 8601; null where there is none. */
export function timeField(value: unknown, name: string): string | null {
  const text = textField(value, name);
  return text !== null && text.length <= 40 && !Number.isNaN(Date.parse(text)) ? text : null;
}

/** A SHA-256 in lower-case hexadecimal digits: it may become the name of a file. */
export function hashField(value: unknown, name: string): string | null {
  const text = textField(value, name);
  return text !== null && /^[0-9a-f]{64}$/.test(text) ? text : null;
}
