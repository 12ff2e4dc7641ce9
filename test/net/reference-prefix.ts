import { bitsOf, parseAddress } from "../../src/net/address.ts";
import { isAddressError } from "../../src/net/address-error.ts";
import type { Prefix } from "../../src/net/prefix.ts";

/** The slow, obvious parser of prefixes: an address, a slash, a length, no host bits. Null for an invalid text. */
export function referencePrefix(text: string): Prefix | null {
  const [addressText = "", lengthText, ...more] = text.split("/");
  if (lengthText === undefined || more.length > 0 || !/^(0|[1-9]\d*)$/.test(lengthText)) return null;
  const written = addressOf(addressText);
  if (written === null) return null;
  const mapped = written.family === 4 && addressText.includes(":");
  const longest = mapped ? 128 : bitsOf(written.family);
  if (Number(lengthText) > longest) return null;
  const kept = mapped && Number(lengthText) < 96;
  const family = kept ? 6 : written.family;
  const value = kept ? written.value + (0xffffn << 32n) : written.value;
  const length = mapped && !kept ? Number(lengthText) - 96 : Number(lengthText);
  const size = 1n << BigInt(bitsOf(family) - length);
  return value % size === 0n ? { family, first: value, length } : null;
}

function addressOf(text: string) {
  try {
    return parseAddress(text);
  } catch (error) {
    if (isAddressError(error)) return null;
    throw error;
  }
}
