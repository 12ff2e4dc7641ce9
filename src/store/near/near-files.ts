import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { nearNames } from "../../text/near-names.ts";

/** Larger directories are not searched: the answer to a typo must not wait. */
const MOST_FILES = 10_000;

/** Up to three paths of existing files whose names resemble the path's, in the same directory. */
export function nearFiles(path: string): readonly string[] {
  const folder = dirname(path);
  try {
    const names = readdirSync(folder);
    const near = names.length > MOST_FILES ? [] : nearNames(basename(path), names);
    return near.map((name) => join(folder, name));
  } catch {
    return [];
  }
}
