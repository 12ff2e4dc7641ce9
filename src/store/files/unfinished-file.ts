import { basename, dirname, join } from "node:path";

/** Names of unfinished files; whoever finds an old one may remove it. */
export const UNFINISHED = /^\..+\.[0-9a-f]{12}\.tmp$/;

/**
 * Beside a file, a place for what will be put in its place. No secret, and process ids would not do (in containers they are the same every time);
 * node:crypto takes seven milliseconds to load.
 */
export function unfinishedBeside(path: string): string {
  const random = Math.floor(Math.random() * 2 ** 48).toString(16);
  return join(dirname(path), `.${basename(path)}.${random.padStart(12, "0")}.tmp`);
}
