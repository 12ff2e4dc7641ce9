import { type Stats, statSync } from "node:fs";

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
    return found.isFile() ? lookOf(path, found) : null;
  } catch {
    return null;
  }
}

/** The same, of a file of which that is known already. */
export function lookOf(path: string, { dev, ino, size, mtimeMs, ctimeMs }: Stats): Look {
  const look = [path, dev, ino, size, mtimeMs, ctimeMs].join(" ");
  return { look, changed: Math.max(mtimeMs, ctimeMs), name: `${dev}-${ino}.json` };
}

/** A file that changed this shortly before it was looked at may change again within the same tick of its clock. */
const SETTLED = 2000;

/** Whether a later change will show: at that time, milliseconds since 1970. */
export function isSettled({ changed }: Look, now: number): boolean {
  return now - changed > SETTLED;
}
