import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { decodeIndex } from "../service-tags/index-file.ts";
import { TagCatalogue } from "../service-tags/tag-catalogue.ts";
import { replaceFile } from "./atomic-file.ts";
import { type CacheDirectory, ensureCacheDirectory } from "./cache-directory.ts";
import { distrust, readCacheFile, readCacheJson, tidy } from "./cache-file.ts";
import { readInputFile } from "./input-file.ts";
import { type PreparedTags, prepareTags, sha256 } from "./prepare-tags.ts";
import { StoreError } from "./store-error.ts";

const INDEXES = "indexes";
const STAMPS = "stamps";
/** How many compiled files are kept, and how many paths are remembered. */
const KEPT_INDEXES = 8;
const KEPT_STAMPS = 64;
/** A file that changed this shortly before it was read may change again within the same tick of its clock. */
const SETTLED = 2000;

/**
 * The tags of a ServiceTags file that the user named. The compiled form is kept in the cache: found again by path, size and times, or, where
 * those leave a doubt, by the content's SHA-256. A cache that cannot be read or written only costs time.
 * @throws InputFileError, TagFileError
 */
export async function loadTagFile(
  cache: CacheDirectory,
  path: string,
  now: number = Date.now(),
): Promise<TagCatalogue> {
  if (cache === null || (await distrust(cache)) !== null) {
    return new TagCatalogue(prepareTags(await readInputFile(path), path).index);
  }
  const directory = join(cache, INDEXES);
  const stamp = join(cache, STAMPS, `${sha256(resolve(path))}.json`);
  const seen = await look(path);
  const stamped = seen && (await readIndex(directory, stampedKey(await readCacheJson(stamp), seen)));
  if (stamped !== null) return new TagCatalogue(stamped);

  const bytes = await readInputFile(path);
  const key = sha256(path, "\0", bytes); // the index names the file as the user did
  const certain = seen !== null && seen.look === (await look(path))?.look && now - seen.changed > SETTLED;
  const stampNow = certain ? { path: stamp, look: seen.look } : null;
  const known = await readIndex(directory, key);
  if (known !== null) {
    await keep(cache, key, null, stampNow, now);
    return new TagCatalogue(known);
  }
  const { index, encoded } = prepareTags(bytes, path);
  await keep(cache, key, encoded, stampNow, now);
  return new TagCatalogue(index);
}

/** What tells one state of a file from another without opening it. Null for what is no plain file. */
async function look(path: string): Promise<{ readonly look: string; readonly changed: number } | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const { dev, ino, size, mtimeMs, ctimeMs } = found;
  return { look: [path, dev, ino, size, mtimeMs, ctimeMs].join(" "), changed: Math.max(mtimeMs, ctimeMs) };
}

function stampedKey(stamp: unknown, seen: { readonly look: string }): string {
  if (typeof stamp !== "object" || stamp === null || !("look" in stamp) || !("key" in stamp)) return "";
  return stamp.look === seen.look && typeof stamp.key === "string" && /^[0-9a-f]{64}$/.test(stamp.key) ? stamp.key : "";
}

async function readIndex(directory: string, key: string): Promise<PreparedTags["index"] | null> {
  const bytes = key === "" ? null : await readCacheFile(join(directory, `${key}.index`));
  return bytes && decodeIndex(bytes);
}

/** Best effort: a cache that cannot be written is only slower. */
async function keep(
  cache: CacheDirectory,
  key: string,
  encoded: Uint8Array | null,
  stamp: { readonly path: string; readonly look: string } | null,
  now: number,
): Promise<void> {
  try {
    const directory = await ensureCacheDirectory(cache, INDEXES);
    if (encoded) await replaceFile(join(directory, `${key}.index`), encoded, { what: "the cache" });
    await tidy(directory, now, (_, rank) => rank < KEPT_INDEXES);
    if (!stamp) return;
    const stamps = await ensureCacheDirectory(cache, STAMPS);
    await replaceFile(stamp.path, JSON.stringify({ look: stamp.look, key }), { what: "the cache" });
    await tidy(stamps, now, (_, rank) => rank < KEPT_STAMPS);
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
  }
}
