import { readSync } from "node:fs";
import { openIndex } from "../../service-tags/index/index-file.ts";
import type { TagIndex } from "../../service-tags/index/tag-index.ts";
import { closeRead, openCacheFile } from "../files/cache-file.ts";
import { storeError } from "../files/store-error.ts";
import { utf8Text } from "../files/utf8-text.ts";

/** The folder in the cache with the compiled forms of files that users name. */
export const INDEXES = "indexes";

/**
 * The compiled tags of an index file that was compiled from `source`. Null where there is none, or where its header,
 * its length or its source is wrong. Its parts are read when they are asked for, from a descriptor that stays open, and
 * are not checked: `tags status` checks them.
 * @throws UserError when a part that is asked for later cannot be read.
 */
export async function readIndex(path: string, source: string): Promise<TagIndex | null> {
  const opened = openCacheFile(path);
  if (opened === null) return null;
  const { descriptor, stats } = opened;
  const index = openIndex(stats.size, source, (at, length) => readPart(descriptor, at, length), utf8Text);
  if (index === null) closeRead(descriptor);
  return index;
}

function readPart(descriptor: number, at: number, length: number): Uint8Array {
  const part = Buffer.allocUnsafeSlow(length);
  try {
    if (readSync(descriptor, part, 0, length, at) === length) return part;
  } catch {
    // reported below
  }
  throw storeError("cache-changed", "the compiled service tags changed while they were read", "run it again");
}
