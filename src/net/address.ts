import { UserError } from "../text/user-error.ts";
import { type AddressErrorCode, shownText } from "./address-error.ts";
import { type Family, readAddress } from "./read-address.ts";

/** An address as a number: 32 bits for IPv4, 128 for IPv6. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** How many bits an address of the family has. */
export function bitsOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

const words = new Uint32Array(4);

/** The number that the four big-endian words hold (IPv4: the last word alone). */
export function fromWords(family: Family, source: Uint32Array, at = 0): bigint {
  const low = BigInt(source[at + 3] ?? 0);
  if (family === 4) return low;
  const word = (k: number) => BigInt(source[at + k] ?? 0);
  return (word(0) << 96n) | (word(1) << 64n) | (word(2) << 32n) | low;
}

/** Writes an address as four big-endian words, the form that the compiled tables search. */
export function toWords(address: Address, target: Uint32Array, at = 0): void {
  for (let k = 0; k < 4; k++) target[at + k] = Number((address.value >> BigInt(96 - 32 * k)) & 0xffffffffn);
}

/**
 * The address that a person or a file wrote. IPv4-mapped IPv6 is the IPv4 address.
 * @throws UserError<AddressErrorCode> for anything else, look-alikes included: leading zeros, missing parts, zones, prefixes.
 */
export function parseAddress(text: string): Address {
  const family = readAddress(text, words);
  if (family === 0) throw refusal(text);
  return { family, value: fromWords(family, words) };
}

function refusal(text: string): UserError<AddressErrorCode> {
  const shown = shownText(text);
  if (text.trim() === "")
    return new UserError<AddressErrorCode>("address-empty", "the address is empty", "write one like 10.0.0.4");
  if (text.includes("%")) {
    return new UserError<AddressErrorCode>(
      "address-zone",
      `'${shown}' has a zone, which names an interface of one machine`,
      `write it without: ${shownText(text.slice(0, text.indexOf("%")))}`,
    );
  }
  if (text.includes("/")) {
    return new UserError<AddressErrorCode>(
      "address-syntax",
      `'${shown}' is a prefix, not an address`,
      "write one address of it",
    );
  }
  if (/^\d+(\.\d+){3}$/.test(text) && /(^|\.)0\d/.test(text)) {
    const plain = text.replace(/(^|\.)0+(?=\d)/g, "$1");
    const hint = readAddress(plain, words) === 0 ? "each part is 0 to 255, no leading zeros" : `write ${plain}`;
    return new UserError<AddressErrorCode>(
      "address-leading-zero",
      `'${shown}' has a leading zero, which some programs read as octal`,
      hint,
    );
  }
  if (/^\d+(\.\d+){0,2}\.?$/.test(text)) {
    return new UserError<AddressErrorCode>(
      "address-incomplete",
      `'${shown}' is not a whole IPv4 address`,
      "write all four parts, like 10.0.0.4",
    );
  }
  return new UserError<AddressErrorCode>(
    "address-syntax",
    `'${shown}' is not an IPv4 or IPv6 address`,
    "write one like 10.0.0.4 or 2001:db8::1",
  );
}

/** The canonical text: dotted decimal, or RFC 5952 for IPv6 (lower case, the longest run of zero groups as `::`). */
export function formatAddress(address: Address): string {
  if (address.family === 4) {
    const value = Number(address.value);
    return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  }
  const groups: number[] = [];
  for (let k = 7n; k >= 0n; k--) groups.push(Number((address.value >> (16n * k)) & 0xffffn));
  let best = 0;
  let bestLength = 1; // RFC 5952, section 4.2.2: a single zero group is not shortened
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > bestLength) {
      best = i;
      bestLength = end - i;
    }
    if (end > i) i = end;
  }
  const hex = groups.map((group) => group.toString(16));
  if (bestLength < 2) return hex.join(":");
  return `${hex.slice(0, best).join(":")}::${hex.slice(best + bestLength).join(":")}`;
}

/** Order by family, IPv4 first, then by number. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
