import { join } from "node:path";
import { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { publishedIn } from "../../service-tags/tag-file.ts";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { distrust } from "../files/cache-file.ts";
import { isSettled, lookAt } from "./file-look.ts";
import { readIndex } from "./read-index.ts";

/** In the cache: the compiled forms of files that users name. */
export const INDEXES = "indexes";

/**
 * The tags of a ServiceTags file that the user named. The compiled form is kept in the cache: found again by what the system tells of the file, or,
 * where that leaves a doubt, by the content's SHA-256. A cache that cannot be read or written only costs time.
 * @throws InputFileError, UserError
 */
export async function loadTagFile(
  cache: CacheDirectory,
  path: string,
  now: number = Date.now(),
): Promise<TagCatalogue> {
  const trusted = cache !== null && distrust(cache) === null ? cache : null;
  const seen = lookAt(path);
  const settled = seen !== null && isSettled(seen, now) ? seen : null;
  if (trusted !== null && settled !== null) {
    const known = await readIndex(trusted, join(trusted, INDEXES, `${settled.state}.index`), now);
    // The file may have been compiled by another of its names.
    if (known !== null) return new TagCatalogue(known, { ...known.file, file: path, date: publishedIn(path) });
  }
  const { compileTagFile } = await import("./compile-tag-file.ts");
  return new TagCatalogue(await compileTagFile(trusted, path, settled, now));
}
