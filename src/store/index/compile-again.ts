import type { TagIndex } from "../../service-tags/index/tag-index.ts";
import { readCacheFile } from "../files/cache-file.ts";
import { indexPath, jsonPath, type TagRecord } from "../tags/manifest.ts";
import { sha256 } from "./content-name.ts";
import { keepIndex } from "./keep-index.ts";
import { prepareTags } from "./prepare-tags.ts";

/** Compiles a tag file of the cache again, and keeps its index; null where the JSON is damaged too. */
export async function compileAgain(directory: string, record: TagRecord): Promise<TagIndex | null> {
  const bytes = readCacheFile(jsonPath(directory, record));
  if (bytes === null || sha256(bytes) !== record.sha256) return null;
  const { index } = prepareTags(bytes, record.file); // it was checked before it was stored, and is still the same
  keepIndex(indexPath(directory, record), index, record.sha256);
  return index;
}
