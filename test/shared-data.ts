import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Real data and worked examples beside the project: read in place, never copied. A fresh clone does not have them. */
export const sharedRoot = fileURLToPath(new URL("../../shared/", import.meta.url));

export const hasSharedData = existsSync(sharedRoot);

/** A file below `../shared` as text. */
export function readShared(path: string): string {
  return readFileSync(sharedRoot + path, "utf8");
}

/** The names of the files in a folder below `../shared`; none where it is absent. */
export function listShared(folder: string): string[] {
  return existsSync(sharedRoot + folder) ? readdirSync(sharedRoot + folder).sort() : [];
}

/** The full path of a file below `../shared`. */
export function sharedPath(path: string): string {
  return sharedRoot + path;
}

/** A file below `../shared` as bytes. */
export function readSharedBytes(path: string): Uint8Array {
  return readFileSync(sharedRoot + path);
}
