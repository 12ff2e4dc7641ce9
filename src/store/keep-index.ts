import { replaceFile } from "./atomic-file.ts";
import { StoreError } from "./store-error.ts";

/**
 * Keeps a compiled index. It is not waited for until it is on the disk: one that a power cut damaged is found by its checksum, and made
 * again. Best effort: a cache that cannot be written is only slower.
 */
export async function keepIndex(path: string, encoded: Uint8Array): Promise<void> {
  try {
    await replaceFile(path, encoded, { what: "the cache", durable: false });
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
  }
}
