import { replaceAtOnce } from "../files/replace-at-once.ts";
import { systemCode } from "../files/store-error.ts";

/**
 * Keeps a compiled index, given as the parts of its file. One that a power cut damaged is found by its checksums, and made again. Best effort: a
 * cache that cannot be written is only slower.
 */
export function keepIndex(path: string, encoded: readonly Uint8Array[]): void {
  try {
    replaceAtOnce(path, encoded);
  } catch (thrown) {
    if (systemCode(thrown) === "") throw thrown;
  }
}
