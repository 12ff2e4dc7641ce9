import { encodeIndex } from "../../service-tags/index/index-file.ts";
import type { TagIndex } from "../../service-tags/index/tag-index.ts";
import { replaceAtOnce } from "../files/replace-at-once.ts";
import { systemCode } from "../files/store-error.ts";

/**
 * Keeps a compiled index; `source` names what it was compiled from. The bytes are on the disk before the file has its
 * name, for they are not checked when they are read. Best effort: a cache that cannot be written is only slower.
 */
export function keepIndex(path: string, index: TagIndex, source: string): void {
  try {
    replaceAtOnce(path, encodeIndex(index, source), { durable: true });
  } catch (thrown) {
    if (systemCode(thrown) === "") throw thrown;
  }
}
