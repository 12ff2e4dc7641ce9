/**
 * Many times more than the largest file has. The public cloud's service tags of 2025 are 134,000 values, a route about
 * twenty.
 */
export const MOST_VALUES = 2_000_000;

/** JSON of this size fits into memory whatever it holds. */
const HARMLESS = 8 * 1024 * 1024;

/**
 * Whether a text in UTF-8 or UTF-16 has more JSON values than fit into memory. Every second byte can be a value, which
 * takes thirty times its size when parsed. Counts brackets and commas, also those inside strings. One pass over texts
 * of more than 8 MB.
 */
export function holdsTooManyValues(bytes: Uint8Array): boolean {
  if (bytes.length <= HARMLESS) return false;
  let values = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x2c || byte === 0x5b || byte === 0x7b) values++;
  }
  return values > MOST_VALUES;
}
