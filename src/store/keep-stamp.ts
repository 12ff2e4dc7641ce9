import { join } from "node:path";
import { replaceFile } from "./atomic-file.ts";
import { ensureCacheDirectory } from "./ensure-cache-directory.ts";
import type { Look } from "./file-look.ts";
import { StoreError } from "./store-error.ts";
import { STAMPS } from "./tag-file-stamp.ts";
import { tidy } from "./tidy.ts";

const KEPT = 64;

/** Keeps what is known of a file as long as it looks so. Best effort: a cache that cannot be written is only slower. */
export async function keepStamp(cache: string, { look, name }: Look, known: object, now: number): Promise<void> {
  try {
    const stamps = ensureCacheDirectory(cache, STAMPS);
    const text = JSON.stringify({ look, ...known });
    await replaceFile(join(stamps, name), text, { what: "the cache", durable: false });
    await tidy(stamps, now, (_, rank) => rank < KEPT);
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
  }
}
