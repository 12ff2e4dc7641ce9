/** Many times what the largest file has: the public cloud's service tags of 2025 are 134,000 values, a route some twenty. */
export const MOST_VALUES = 2_000_000;

/** As many bytes hold no more than memory has room for, whatever they are. */
const HARMLESS = 8 * 1024 * 1024;

/**
 * Whether a text, as UTF-8 or UTF-16, would be more values than there is room for when parsed as JSON: one in two bytes can be, and takes
 * thirty times their memory. Told by the brackets and commas, wherever they stand. One pass over what is larger than 8 MB.
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
