import { join } from "node:path";
import type { TagIndex } from "../../service-tags/index/tag-index.ts";
import { ensureCacheDirectory } from "../files/ensure-cache-directory.ts";
import { readInputFile } from "../files/input-file.ts";
import { StoreError } from "../files/store-error.ts";
import { tidy } from "../files/tidy.ts";
import { type Look, lookAt } from "./file-look.ts";
import { keepIndex } from "./keep-index.ts";
import { INDEXES } from "./load-tag-file.ts";
import { prepareTags } from "./prepare-tags.ts";
import { readIndex } from "./read-index.ts";

/** How many compiled files are kept. */
const KEPT_INDEXES = 8;

/**
 * Reads and compiles a tag file, and keeps what it made. `settled` is how the file looked before, and will look as long as nobody changes it; null
 * where that cannot be told: then it is compiled only where its content is not in the cache.
 * @throws InputFileError, UserError
 */
export async function compileTagFile(
  cache: string | null,
  path: string,
  settled: Look | null,
  now: number,
): Promise<TagIndex> {
  const bytes = await readInputFile(path);
  const name = settled !== null && settled.look === lookAt(path)?.look ? settled.state : null;
  if (cache === null) return prepareTags(bytes, path).index;
  if (name !== null) return kept(cache, name, bytes, path, now);
  // Loaded here, for node:crypto (unfinished-file.ts).
  const { sha256 } = await import("./content-name.ts");
  const key = sha256(path, "\0", bytes); // the index names the file as the user did
  return (await readIndex(cache, join(cache, INDEXES, `${key}.index`), now)) ?? kept(cache, key, bytes, path, now);
}

/** Best effort: a cache that cannot be written is only slower. */
async function kept(cache: string, name: string, bytes: Uint8Array, path: string, now: number): Promise<TagIndex> {
  const { index, encoded } = prepareTags(bytes, path);
  try {
    const indexes = ensureCacheDirectory(cache, INDEXES);
    keepIndex(join(indexes, `${name}.index`), encoded);
    // At once: a script may bring a new file with each run, and who reads one has it open.
    tidy(indexes, now, (_, rank) => rank < KEPT_INDEXES, 0);
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
  }
  return index;
}
