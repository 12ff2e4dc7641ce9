import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { ensureCacheDirectory } from "../files/ensure-cache-directory.ts";
import { isStoreError, systemCode } from "../files/store-error.ts";
import type { Cloud } from "./clouds.ts";

/**
 * Whether the download of a cloud's tags may be offered now: true once for each cache, then false. Also false if the
 * cache is not writable: the offer would be repeated with every command, and nothing could be stored.
 */
export function takeOffer(cache: CacheDirectory, cloud: Cloud): boolean {
  if (cache === null) return false;
  try {
    const directory = ensureCacheDirectory(cache, "offers");
    writeFileSync(join(directory, cloud), "", { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (isStoreError(error) || systemCode(error) !== "") return false;
    throw error;
  }
}
