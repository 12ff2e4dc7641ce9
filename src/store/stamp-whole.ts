import { open } from "node:fs/promises";
import { type Look, lookAt } from "./file-look.ts";
import { keepStamp } from "./keep-stamp.ts";

/**
 * Stamps an index file as whole, as which it was read when it looked so. First it must be on the disk: else a power cut could leave an empty
 * file that the stamp calls whole. Best effort: without a stamp the file is read and checked as a whole again.
 */
export async function stampWhole(cache: string, path: string, look: Look, now: number): Promise<void> {
  try {
    const handle = await open(path, "r+"); // Windows syncs only what may be written
    await handle.sync().finally(() => handle.close());
  } catch {
    return;
  }
  if (lookAt(path)?.look === look.look) await keepStamp(cache, look, { whole: true }, now);
}
