import { type Family, readAddress } from "./read-address.ts";

/** A prefix as columns hold it; its first address is in the words that were given to be filled. */
export interface ReadPrefix {
  readonly family: Family;
  readonly length: number;
}

/**
 * Reads a prefix, `10.0.0.0/8` or `2001:db8::/32`, its first address as four big-endian words (IPv4: the last one, the others
 * zero). As strict as `parsePrefix`, but gives null instead of a reason, and takes no IPv4-mapped prefixes.
 */
export function readPrefix(text: string, words: Uint32Array): ReadPrefix | null {
  const slash = text.indexOf("/");
  const length = lengthAfter(text, slash);
  if (length < 0) return null;
  const family = readAddress(text, 0, slash, words);
  if (family === 0 || length > (family === 4 ? 32 : 128)) return null;
  if (family === 4) {
    if (text.includes(":")) return null;
    words.fill(0, 0, 3);
  }
  return hasHostBits(words, family === 4 ? length + 96 : length) ? null : { family, length };
}

function lengthAfter(text: string, slash: number): number {
  const digits = text.length - slash - 1;
  if (slash < 0 || digits < 1 || digits > 3 || (digits > 1 && text.charCodeAt(slash + 1) === 48)) return -1;
  let length = 0;
  for (let i = slash + 1; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
  }
  return length;
}

function hasHostBits(words: Uint32Array, fixed: number): boolean {
  for (let k = 0; k < 4; k++) {
    const kept = Math.min(32, Math.max(0, fixed - 32 * k));
    const hostMask = kept === 32 ? 0 : 0xffffffff >>> kept;
    if (((words[k] ?? 0) & hostMask) !== 0) return true;
  }
  return false;
}
