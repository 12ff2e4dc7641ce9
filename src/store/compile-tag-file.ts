import { join } from "node:path";
import type { TagIndex } from "../service-tags/tag-index.ts";
import { replaceFile } from "./atomic-file.ts";
import { sha256 } from "./content-name.ts";
import { ensureCacheDirectory } from "./ensure-cache-directory.ts";
import { readInputFile } from "./input-file.ts";
import { keepIndex } from "./keep-index.ts";
import { prepareTags } from "./prepare-tags.ts";
import { readIndex } from "./read-index.ts";
import { StoreError } from "./store-error.ts";
import { INDEXES, type Look, lookAt, STAMPS } from "./tag-file-stamp.ts";
import { tidy } from "./tidy.ts";

/** How many compiled files are kept, and how many paths are remembered. */
const KEPT_INDEXES = 8;
const KEPT_STAMPS = 64;
/** A file that changed this shortly before it was read may change again within the same tick of its clock. */
const SETTLED = 2000;

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
  const certain = seen !== null && seen.look === lookAt(path)?.look && now - seen.changed > SETTLED;
  const stamp = certain ? { name: seen.name, text: JSON.stringify({ look: seen.look, key }) } : null;
  const file = join(cache, INDEXES, `${key}.index`);
  const known = readIndex(file);
  const { index, encoded } = known === null ? prepareTags(bytes, path) : { index: known, encoded: null };
  await keep(cache, file, encoded, stamp, now);
  return index;
}

/** Best effort: a cache that cannot be written is only slower. */
async function keep(
  cache: string,
  file: string,
  encoded: Uint8Array | null,
  stamp: { readonly name: string; readonly text: string } | null,
  now: number,
): Promise<void> {
  try {
    const indexes = ensureCacheDirectory(cache, INDEXES);
    if (encoded !== null) await keepIndex(file, encoded);
    await tidy(indexes, now, (_, rank) => rank < KEPT_INDEXES);
    if (stamp === null) return;
    const stamps = ensureCacheDirectory(cache, STAMPS);
    await replaceFile(join(stamps, stamp.name), stamp.text, { what: "the cache", durable: false });
    await tidy(stamps, now, (_, rank) => rank < KEPT_STAMPS);
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
  }
}
