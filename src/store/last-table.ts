import { join } from "node:path";
import { type NicFacts, readNicFacts, readSubnetFacts, type SubnetFacts } from "../routes/subnet-facts.ts";
import { ownField, textField } from "../text/type-guards.ts";
import type { CacheDirectory } from "./files/cache-directory.ts";
import { readCacheJson } from "./files/cache-file.ts";
import { cacheProblem, findCacheFolder } from "./files/cache-folder.ts";
import { ensureCacheDirectory } from "./files/ensure-cache-directory.ts";
import { replaceFile } from "./files/replace-file.ts";
import { sha256 } from "./files/sha256.ts";
import { filesByAge, tidy } from "./files/tidy.ts";
import { CLOUDS, type Cloud } from "./tags/clouds.ts";

/** An effective route table as Azure sent it, and whose it is. */
export interface FetchedTable {
  /** The NIC's resource id. */
  readonly nicId: string;
  readonly subscription: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
  /** The answer's body, byte for byte. */
  readonly body: string;
  /** Null where it could not be read. */
  readonly subnet: SubnetFacts | null;
  /** Null where the NIC could not be read. */
  readonly nic: NicFacts | null;
  /** The NIC that Azure computed the routes for, where it is another one. */
  readonly standIn?: string;
}

export interface CachedTable {
  readonly table: FetchedTable | null;
  /** Notes for the user, e.g. that a table was damaged and is ignored. */
  readonly notes: readonly string[];
}

/** A NIC whose table is in the cache. */
export interface CachedNic {
  /** As `--nic` takes it: a scale set's NIC by its resource id, since its name says no instance. */
  readonly name: string;
  readonly nicId: string;
  readonly subscription: string;
  readonly fetchedAt: string;
}

const TABLES = "tables";
const LAST = "last.json";
/**
 * A table that a power cut damaged is found by its fingerprint, and fetched again: nothing waits until it is on the
 * disk.
 */
const WHAT = { what: "the cache", durable: false };
const TABLE_FILES = /^(?:[0-9a-f]{64}|last)\.json$/;
/** How many NICs' tables are kept. */
const KEPT = 100;

/**
 * Keeps a table as the last one fetched, and as that NIC's. Files have mode 0600: a route table shows how a network is
 * built.
 * @throws UserError; the table kept before is then untouched.
 */
export function keepTable(cache: CacheDirectory, table: FetchedTable, cloud: Cloud, now: number = Date.now()): void {
  const directory = ensureCacheDirectory(cache, TABLES);
  const text = `${JSON.stringify({ schemaVersion: 1, ...table, sha256: fingerprint(table) })}\n`;
  replaceFile(join(directory, fileOf(table.nicId)), text, WHAT);
  replaceFile(join(directory, LAST), `${JSON.stringify({ nicId: table.nicId, cloud })}\n`, WHAT);
  tidy(directory, now, { names: TABLE_FILES, keep: (name, rank) => name === LAST || rank <= KEPT }); // last.json has a rank too
}

/** The table fetched last. Cost: two small reads. Never throws. */
export async function lastTable(cache: CacheDirectory): Promise<CachedTable> {
  const directory = tablesIn(cache);
  if (typeof directory !== "string") return directory;
  const last = readCacheJson(join(directory, LAST));
  if (last === undefined) return nothing();
  const nicId = textField(last, "nicId");
  return nicId === null ? nothing(DAMAGED) : readTable(directory, nicId);
}

/**
 * The cloud that the table fetched last came from; null where there is none or it does not say. Cost: one small read.
 * Never throws.
 */
export function lastCloud(cache: CacheDirectory): Cloud | null {
  const directory = tablesIn(cache);
  if (typeof directory !== "string") return null;
  const said = textField(readCacheJson(join(directory, LAST)), "cloud");
  return CLOUDS.find((cloud) => cloud === said) ?? null;
}

/** The table kept of a NIC, by its resource id in any case. Never throws. */
export async function tableOfNic(cache: CacheDirectory, nicId: string): Promise<CachedTable> {
  const directory = tablesIn(cache);
  return typeof directory === "string" ? readTable(directory, nicId) : directory;
}

function readTable(directory: string, nicId: string): CachedTable {
  const kept = readCacheJson(join(directory, fileOf(nicId)));
  const table = fetchedTable(kept);
  return table === null && kept !== undefined ? nothing(DAMAGED) : { table, notes: [] };
}

const nothing = (...notes: string[]): CachedTable => ({ table: null, notes });

/** The directory of the kept tables; without one, an empty answer with a note if the cache is ignored. */
function tablesIn(cache: CacheDirectory): string | CachedTable {
  if (cache === null) return nothing();
  const folder = findCacheFolder(cache, TABLES);
  if (folder.state === "ready") return folder.path;
  const problem = cacheProblem(folder);
  return problem === null ? nothing() : nothing(problem);
}

/** The NICs whose tables are kept, fetched last first. Cost: reads every kept table. Never throws. */
export async function cachedNics(cache: CacheDirectory): Promise<readonly CachedNic[]> {
  const directory = tablesIn(cache);
  if (typeof directory !== "string") return [];
  const files = filesByAge(directory).filter(({ name }) => /^[0-9a-f]{64}\.json$/.test(name));
  const tables = await Promise.all(files.map(async ({ name }) => fetchedTable(readCacheJson(join(directory, name)))));
  return tables.flatMap((table) => {
    if (table === null) return [];
    const { nicId, subscription, fetchedAt } = table;
    const name = table.standIn === undefined ? nicId.slice(nicId.lastIndexOf("/") + 1) : nicId;
    return [{ name, nicId, subscription, fetchedAt }];
  });
}

const DAMAGED = "the table fetched last is damaged in the cache and is ignored; fetch it again with --nic";

/**
 * Resource ids are compared without case:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
function fileOf(nicId: string): string {
  return `${sha256(nicId.toLowerCase())}.json`;
}

function fetchedTable(kept: unknown): FetchedTable | null {
  const [nicId, subscription, fetchedAt] = [
    textField(kept, "nicId"),
    textField(kept, "subscription"),
    textField(kept, "fetchedAt"),
  ];
  const body = textField(kept, "body");
  if (nicId === null || subscription === null || fetchedAt === null || body === null) return null;
  const subnet = readSubnetFacts(ownField(kept, "subnet"));
  const nic = readNicFacts(ownField(kept, "nic"));
  const standIn = textField(kept, "standIn");
  const table = { nicId, subscription, fetchedAt, body, subnet, nic, ...(standIn !== null && { standIn }) };
  return textField(kept, "sha256") === fingerprint(table) ? table : null;
}

/** A table without the newer fields has the fingerprint of the versions that did not keep them. */
function fingerprint({ nicId, subscription, fetchedAt, body, subnet, nic, standIn }: FetchedTable): string {
  const newer = [...(nic === null ? [] : [nic]), ...(standIn === undefined ? [] : [standIn])];
  return sha256(JSON.stringify([nicId, subscription, fetchedAt, body, subnet, ...newer]));
}
