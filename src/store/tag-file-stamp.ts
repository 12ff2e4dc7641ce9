import type { Look } from "./file-look.ts";

/** In the cache: compiled files by their content, and the stamps of what is known of a file while it looks the same. */
export const INDEXES = "indexes";
export const STAMPS = "stamps";

/** The content that a file had when it last looked so, by its name in the cache; "" where that is not known. */
export function stampedKey(stamp: unknown, { look }: Look): string {
  if (typeof stamp !== "object" || stamp === null || !("look" in stamp) || !("key" in stamp)) return "";
  return stamp.look === look && typeof stamp.key === "string" && /^[0-9a-f]{64}$/.test(stamp.key) ? stamp.key : "";
}
