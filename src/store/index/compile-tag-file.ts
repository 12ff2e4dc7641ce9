import { join } from "node:path";
import type { TagIndex } from "../../service-tags/index/tag-index.ts";
import type { CacheDirectory } from "../files/cache-directory.ts";
import { ensureCacheDirectory } from "../files/ensure-cache-directory.ts";
import { readInputFile } from "../files/input-file.ts";
import { sha256 } from "../files/sha256.ts";
import { isStoreError } from "../files/store-error.ts";
import { tidy } from "../files/tidy.ts";
import { type FileState, fileState } from "./file-state.ts";
import { keepIndex, prepareTags } from "./prepare-tags.ts";
import { INDEXES, readIndex } from "./read-index.ts";

/** How many compiled files are kept. */
const KEPT_INDEXES = 8;

/**
 * Their names: a SHA-256, or the state of a file (file-state.ts), five numbers that may have a fraction or an exponent.
 */
const INDEX_FILES = /^(?:[0-9a-f]{64}|\d[\d.e+]*(?:--?\d[\d.e+]*){4})\.index$/;

/**
 * Reads and compiles a tag file, and keeps the compiled form. `settled` is the file's state before, where a later
 * change will show. Where it is null, the file is compiled only if its content is not in the cache.
 * @throws UserError
 */
export async function compileTagFile(
  cache: CacheDirectory,
  path: string,
  settled: FileState | null,
  now: number,
): Promise<TagIndex> {
  const bytes = await readInputFile(path);
  const directory = indexDirectory(cache);
  if (directory === null) return prepareTags(bytes, path).index;
  const state = settled !== null && settled.name === fileState(path)?.name ? settled.name : null;
  if (state !== null) return compileAndKeep(directory, state, bytes, path, now);
  const content = sha256(path, "\0", bytes); // the index names the file as the user did
  const known = await readIndex(join(directory, `${content}.index`), content);
  return known ?? compileAndKeep(directory, content, bytes, path, now);
}

/** Null where there is no cache or it cannot be written: it is only slower then. */
function indexDirectory(cache: CacheDirectory): string | null {
  try {
    return ensureCacheDirectory(cache, INDEXES);
  } catch (thrown) {
    if (isStoreError(thrown)) return null;
    throw thrown;
  }
}

function compileAndKeep(directory: string, source: string, bytes: Uint8Array, path: string, now: number): TagIndex {
  const { index } = prepareTags(bytes, path);
  keepIndex(join(directory, `${source}.index`), index, source);
  // At once: a script may bring a new file with each run, and a process that reads one has it open.
  tidy(directory, now, { names: INDEX_FILES, keep: (_, rank) => rank < KEPT_INDEXES, grace: 0 });
  return index;
}
