import { open } from "node:fs/promises";
import { join } from "node:path";
import { ensureCacheDirectory } from "../files/ensure-cache-directory.ts";
import { replaceFile } from "../files/replace-file.ts";
import { StoreError } from "../files/store-error.ts";
import { tidy } from "../files/tidy.ts";
import { type Look, lookAt, STAMPS } from "./file-look.ts";

const KEPT = 64;

/**
 * Stamps an index file as whole, as which it was read when it looked so. First it must be on the disk: else a power cut could leave an empty
 * file that the stamp calls whole. Best effort: without a stamp the file is read and checked as a whole again.
 */
export async function stampWhole(cache: string, path: string, { look, identity }: Look, now: number): Promise<void> {
  try {
    const handle = await open(path, "r+"); // Windows syncs only what may be written
    await handle.sync().finally(() => handle.close());
  } catch {
    return;
  }
  if (lookAt(path)?.look !== look) return;
  try {
    const stamps = ensureCacheDirectory(cache, STAMPS);
    const text = JSON.stringify({ look, whole: true });
    await replaceFile(join(stamps, `${identity}.json`), text, { what: "the cache", durable: false });
    tidy(stamps, now, (_, rank) => rank < KEPT);
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
  }
}
