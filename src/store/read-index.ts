import { decodeIndex } from "../service-tags/index-file.ts";
import type { TagIndex } from "../service-tags/tag-index.ts";
import { readCacheFile } from "./cache-file.ts";

/** The compiled tags of an index file; null where there is none, or where it cannot be believed. */
export function readIndex(path: string): TagIndex | null {
  const bytes = readCacheFile(path);
  return bytes && decodeIndex(bytes);
}
