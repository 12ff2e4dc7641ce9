import { join } from "node:path";
import { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { publishedIn } from "../../service-tags/tag-file.ts";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { cacheProblem, findCacheFolder } from "../files/cache-folder.ts";
import { fileState, isSettled } from "./file-state.ts";
import { INDEXES, readIndex } from "./read-index.ts";

/**
 * The tags of a ServiceTags file that the user named. The compiled form is kept in the cache. It is found again by the
 * file's state, or, where that leaves a doubt, by the content's SHA-256. A cache that cannot be read or written only
 * costs time. `note` gets a sentence about a cache that must be left alone.
 * @throws UserError
 */
export async function loadTagFile(
  cache: CacheDirectory,
  path: string,
  { now = Date.now(), note }: { readonly now?: number; readonly note?: (text: string) => void } = {},
): Promise<TagCatalogue> {
  const folder = cache === null ? null : findCacheFolder(cache, INDEXES);
  const problem = folder && cacheProblem(folder);
  if (problem !== null) note?.(problem);
  const seen = fileState(path);
  const settled = seen !== null && isSettled(seen, now) ? seen : null;
  if (folder?.state === "ready" && settled !== null) {
    const known = await readIndex(join(folder.path, `${settled.name}.index`), settled.name);
    // The file may have been compiled under another of its names.
    if (known !== null) return new TagCatalogue(known, { ...known.file, file: path, date: publishedIn(path) });
  }
  const { compileTagFile } = await import("./compile-tag-file.ts");
  return new TagCatalogue(await compileTagFile(cache, path, settled, now));
}
