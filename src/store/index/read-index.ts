import { closeSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { decodeIndex, openIndex } from "../../service-tags/index/index-file.ts";
import type { TagIndex } from "../../service-tags/index/tag-index.ts";
import { openCacheFile, readCacheJson } from "../files/cache-file.ts";
import { StoreError } from "../files/store-error.ts";
import { isSettled, type Look, lookOf, STAMPS } from "./file-look.ts";

/**
 * The compiled tags of an index file; null where there is none, or where it cannot be believed. The first time all of it is read and
 * checked, and a stamp says so; as long as nothing has written to the file since, its parts are then read when they are asked for, from
 * a descriptor that stays open, and are not checked again.
 * @throws StoreError when a part that is asked for later cannot be read.
 */
export async function readIndex(cache: string, path: string, now: number): Promise<TagIndex | null> {
  const opened = openCacheFile(path);
  if (opened === null) return null;
  const { descriptor, stats } = opened;
  const look = lookOf(path, stats);
  if (isWhole(readCacheJson(join(cache, STAMPS, `${look.identity}.json`)), look)) {
    const index = openIndex(stats.size, (at, length) => readPart(descriptor, at, length));
    if (index !== null) return index;
  }
  const index = decodeIndex(readWhole(descriptor));
  if (index !== null && isSettled(look, now)) {
    const { stampWhole } = await import("./stamp-whole.ts");
    await stampWhole(cache, path, look, now);
  }
  return index;
}

/** Whether the stamp is of a file that was found whole when it looked so. */
function isWhole(stamp: unknown, { look }: Look): boolean {
  if (typeof stamp !== "object" || stamp === null || !("look" in stamp) || !("whole" in stamp)) return false;
  return stamp.look === look && stamp.whole === true;
}

function readWhole(descriptor: number): Uint8Array {
  try {
    return readFileSync(descriptor);
  } catch {
    return new Uint8Array();
  } finally {
    closeSync(descriptor);
  }
}

function readPart(descriptor: number, at: number, length: number): Uint8Array {
  const part = Buffer.allocUnsafeSlow(length);
  try {
    if (readSync(descriptor, part, 0, length, at) === length) return part;
  } catch {
    // told below
  }
  throw new StoreError("cache-changed", "the compiled service tags changed while they were read", "run it again");
}
