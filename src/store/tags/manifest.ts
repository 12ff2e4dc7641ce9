import { join } from "node:path";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import { isRecord } from "../../text/type-guards.ts";
import { readCacheJson } from "../files/cache-file.ts";
import type { Cloud } from "./clouds.ts";

/** How a tag file came into the cache. */
export type TagOrigin = "download-center" | "url" | "file" | "arm";

/** What is known of a tag file of the cache without opening it. */
export interface TagRecord {
  /** Of the JSON, and the stem of its name in the cache. */
  readonly sha256: string;
  /** The name it was published under, e.g. `ServiceTags_Public_20251110.json`. */
  readonly file: string;
  /** As the file spells it. */
  readonly cloud: string;
  readonly changeNumber: string;
  /** Who counts the change number: the weekly files or the Discovery API. */
  readonly numbering: ServiceTagFile["numbering"];
  /** Publication date, YYYY-MM-DD, or null where the name does not tell. */
  readonly date: string | null;
  readonly tags: number;
  /** Prefix entries over all tags. */
  readonly prefixes: number;
  readonly origin: TagOrigin;
  /** The address or path it came from. */
  readonly from: string;
  /** When it was last found to be the newest; ISO 8601. */
  readonly storedAt: string;
}

/** Which tag files a cloud has in the cache: the one in use, and the one before it. */
export interface TagManifest {
  readonly current: TagRecord;
  readonly previous: TagRecord | null;
}

/** The names of the directories, inside the cache, of a cloud's tag files. */
export function tagDirectory(cloud: Cloud): readonly [string, Cloud] {
  return ["tags", cloud];
}

/** The names of the files in such a directory. */
export const TAG_FILES = /^(?:[0-9a-f]{64}\.(?:json|index)|manifest\.json)$/;

/** The tag file itself, in that directory. */
export function jsonPath(directory: string, { sha256 }: Pick<TagRecord, "sha256">): string {
  return join(directory, `${sha256}.json`);
}

/** Its compiled form. */
export function indexPath(directory: string, { sha256 }: Pick<TagRecord, "sha256">): string {
  return join(directory, `${sha256}.index`);
}

export const MANIFEST = "manifest.json";

/** The manifest in a cloud's directory: undefined where there is none, null where it is damaged. */
export function readManifest(directory: string): TagManifest | null | undefined {
  const value = readCacheJson(join(directory, MANIFEST));
  if (value === undefined) return undefined;
  if (!isRecord(value) || !("current" in value) || !("previous" in value)) return null;
  const current = tagRecord(value.current);
  return current && { current, previous: tagRecord(value.previous) };
}

export function manifestText(manifest: TagManifest): string {
  return `${JSON.stringify({ schemaVersion: 1, ...manifest }, null, 2)}\n`;
}

const NUMBERINGS: readonly string[] = ["weekly-file", "discovery-api"] satisfies readonly TagRecord["numbering"][];

const ORIGINS: readonly string[] = ["download-center", "url", "file", "arm"] satisfies readonly TagOrigin[];

function tagRecord(value: unknown): TagRecord | null {
  if (!isRecord(value)) return null;
  // Earlier versions recorded no numbering.
  const numbering = value.origin === "arm" ? "discovery-api" : "weekly-file";
  const record = { numbering, ...value };
  return isTagRecord(record) ? record : null;
}

function isTagRecord(value: object): value is TagRecord {
  const fields = new Map<string, unknown>(Object.entries(value));
  const isText = (name: string) => typeof fields.get(name) === "string";
  const isCount = (name: string) => Number.isSafeInteger(fields.get(name));
  return (
    ["file", "cloud", "changeNumber", "from"].every(isText) &&
    ["tags", "prefixes"].every(isCount) &&
    /^[0-9a-f]{64}$/.test(String(fields.get("sha256"))) && // it becomes a file name
    (fields.get("date") === null || isText("date")) &&
    NUMBERINGS.includes(String(fields.get("numbering"))) &&
    ORIGINS.includes(String(fields.get("origin"))) &&
    !Number.isNaN(Date.parse(String(fields.get("storedAt"))))
  );
}
