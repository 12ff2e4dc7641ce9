import { join } from "node:path";
import type { TagIndex } from "../service-tags/tag-index.ts";
import { sha256 } from "./content-name.ts";
import { ensureCacheDirectory } from "./ensure-cache-directory.ts";
import { isSettled, type Look, lookAt } from "./file-look.ts";
import { readInputFile } from "./input-file.ts";
import { keepIndex } from "./keep-index.ts";
import { keepStamp } from "./keep-stamp.ts";
import { prepareTags } from "./prepare-tags.ts";
import { readIndex } from "./read-index.ts";
import { StoreError } from "./store-error.ts";
import { INDEXES } from "./tag-file-stamp.ts";
import { tidy } from "./tidy.ts";

/** How many compiled files are kept. */
const KEPT_INDEXES = 8;

/**
 * Reads and compiles a tag file, unless its content is in the cache already, and keeps what it made. `seen` is how the file looked before.
 * @throws InputFileError, TagFileError
 */
export async function compileTagFile(
  cache: string | null,
  path: string,
  seen: Look | null,
  now: number,
): Promise<TagIndex> {
  const bytes = await readInputFile(path);
  if (cache === null) return prepareTags(bytes, path).index;
  const key = sha256(path, "\0", bytes); // the index names the file as the user did
  const file = join(cache, INDEXES, `${key}.index`);
  const known = await readIndex(cache, file, now);
  const { index, encoded } = known === null ? prepareTags(bytes, path) : { index: known, encoded: null };
  await keep(cache, file, encoded, now);
  if (seen !== null && seen.look === lookAt(path)?.look && isSettled(seen, now))
    await keepStamp(cache, seen, { key }, now);
  return index;
}

/** Best effort: a cache that cannot be written is only slower. */
async function keep(cache: string, file: string, encoded: Uint8Array | null, now: number): Promise<void> {
  try {
    const indexes = ensureCacheDirectory(cache, INDEXES);
    if (encoded !== null) await keepIndex(file, encoded);
    await tidy(indexes, now, (_, rank) => rank < KEPT_INDEXES);
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
  }
}
