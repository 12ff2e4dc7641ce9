import { statSync } from "node:fs";

/** What tells one state of a file from another without opening it. */
export interface Look {
  readonly look: string;
  /** When it changed last, milliseconds since 1970. */
  readonly changed: number;
  /** The name of its stamp: nothing is hashed for it. */
  readonly name: string;
}

/** How the file looks now; null for what is no plain file. */
export function lookAt(path: string): Look | null {
  try {
    const found = statSync(path);
    if (!found.isFile()) return null;
    const { dev, ino, size, mtimeMs, ctimeMs } = found;
    const look = [path, dev, ino, size, mtimeMs, ctimeMs].join(" ");
    return { look, changed: Math.max(mtimeMs, ctimeMs), name: `${dev}-${ino}.json` };
  } catch {
    return null;
  }
}

/** In the cache: compiled files by their content, and the stamps that lead to them. */
export const INDEXES = "indexes";
export const STAMPS = "stamps";

/** The content that a file had when it last looked so, by its name in the cache; "" where that is not known. */
export function stampedKey(stamp: unknown, { look }: Look): string {
  if (typeof stamp !== "object" || stamp === null || !("look" in stamp) || !("key" in stamp)) return "";
  return stamp.look === look && typeof stamp.key === "string" && /^[0-9a-f]{64}$/.test(stamp.key) ? stamp.key : "";
}
