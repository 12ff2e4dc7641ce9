import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Real data and worked examples beside the project: read in place, never copied; absent on a fresh machine. */
const root = fileURLToPath(new URL("../../shared/", import.meta.url));

export const hasSharedData = existsSync(root);

if (!hasSharedData) console.warn(`skipped: no real data at ${root}, so the tests that read it do not run`);

/** A file below `../shared` as text. */
export function readShared(path: string): string {
  return readFileSync(root + path, "utf8");
}

/** The names of the files in a folder below `../shared`; none where it is absent. */
export function listShared(folder: string): string[] {
  return existsSync(root + folder) ? readdirSync(root + folder).sort() : [];
}

/** The full path of a file below `../shared`. */
export function sharedPath(path: string): string {
  return root + path;
}
