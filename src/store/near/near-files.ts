import { readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { nearNames } from "../../text/near-names.ts";

/** Larger directories are not searched: the answer to a typo must not wait. */
const MOST_FILES = 10_000;

/** Up to three paths of existing files whose names resemble the path's, in the same directory. */
export function nearFiles(path: string): readonly string[] {
  const folder = dirname(path);
  try {
    const names = readdirSync(folder);
    const alike = names.length > MOST_FILES ? [] : names.filter((name) => haveLikeStems(basename(path), name));
    return nearNames(basename(path), alike).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Shorter names without their extension are not typos of each other: `a.json` is not `b.json`. */
const SHORTEST_STEM = 3;

/** Whether names resemble each other without their extensions, which most files of a folder share. */
function haveLikeStems(wanted: string, name: string): boolean {
  const [typed, own] = [stemOf(wanted), stemOf(name)];
  if (typed === own) return true;
  return Math.min(typed.length, own.length) >= SHORTEST_STEM && nearNames(typed, [own]).length > 0;
}

const stemOf = (name: string) => basename(name, extname(name)).toLowerCase();
