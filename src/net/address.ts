import ipaddr from "ipaddr.js";
import { UserError } from "../text/user-error.ts";
import { type AddressErrorCode, shownText } from "./address-error.ts";
import type { Family } from "./read-address.ts";

/** An address as a number: 32 bits for IPv4, 128 for IPv6. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** The number of bits of an address. */
export function bitsOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** The number in four big-endian words (IPv4: in the last one). */
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
 * The address that a person typed or a file of routes holds. IPv4-mapped IPv6 is the IPv4 address.
 * @throws UserError<AddressErrorCode> for anything else: leading zeros, missing parts, zones, prefixes.
 */
export function parseAddress(text: string): Address {
  const address = addressOrNull(text);
  if (address === null) throw refusal(text);
  return address;
}

/** The longest text of an address: eight full groups, the last two as IPv4. */
const LONGEST = 45;

/**
 * The octets of an IPv4 address that is spelled strictly; null for any other text. Four decimal parts without leading
 * zeros: `010` is octal to some programs and decimal to others (RFC 6943, section 3.1.1). ipaddr.js also reads octal,
 * hexadecimal, and fewer parts.
 * @throws for a part over 255, and for decimal parts that are not four.
 */
function octetsOf(text: string): readonly number[] | null {
  const parts = text.split(".").map(Number);
  return parts.join(".") === text ? new ipaddr.IPv4(parts).octets : null;
}

/** The same as `parseAddress`, with ipaddr.js; null, without a reason, for what is not an address. */
export function addressOrNull(text: string): Address | null {
  if (text.length > LONGEST) return null;
  try {
    const octets = octetsOf(text);
    if (octets !== null) return addressOf(octets);
    const groups = withoutDots(text);
    if (groups === null) return null;
    const value = ipaddr.IPv6.parse(groups).parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n);
    return value >> 32n === 0xffffn ? { family: 4, value: value & 0xffff_ffffn } : { family: 6, value };
  } catch {
    return null;
  }
}

/**
 * An IPv6 address with its last two groups in hexadecimal where they are written as IPv4, because ipaddr.js reads
 * `::a.b.c.d` as `::ffff:a.b.c.d` (RFC 4291, section 2.5.5.1, does not), and IPv4 parts with leading zeros. Null for
 * other characters than an address has, a zone among them.
 */
function withoutDots(text: string): string | null {
  if (!/^[\da-f:.]+$/i.test(text)) return null;
  if (!text.includes(".")) return text;
  const colon = text.lastIndexOf(":");
  const octets = octetsOf(text.slice(colon + 1));
  if (octets === null) return null;
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  return `${text.slice(0, colon + 1)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function addressOf([a = 0, b = 0, c = 0, d = 0]: readonly number[]): Address {
  return { family: 4, value: BigInt(((a * 256 + b) * 256 + c) * 256 + d) };
}

function refusal(text: string): UserError<AddressErrorCode> {
  const shown = shownText(text);
  if (text.trim() === "") return new UserError("address-empty", "the address is empty", "write one like 10.0.0.4");
  if (text.includes("%")) {
    return new UserError(
      "address-zone",
      `'${shown}' has a zone, which names an interface of one machine`,
      `write it without: ${shownText(text.slice(0, text.indexOf("%")))}`,
    );
  }
  if (text.includes("/")) {
    return new UserError("address-syntax", `'${shown}' is a prefix, not an address`, "write one address of it");
  }
  if (/^\d+(\.\d+){3}$/.test(text) && /(^|\.)0\d/.test(text)) {
    const plain = text.replace(/(^|\.)0+(?=\d)/g, "$1");
    const hint = addressOrNull(plain) === null ? "each part is 0 to 255, no leading zeros" : `write ${plain}`;
    return new UserError(
      "address-leading-zero",
      `'${shown}' has a leading zero, which some programs read as octal`,
      hint,
    );
  }
  if (/^\d+(\.\d+){0,2}\.?$/.test(text)) {
    return new UserError(
      "address-incomplete",
      `'${shown}' is not a whole IPv4 address`,
      "write all four parts, like 10.0.0.4",
    );
  }
  return new UserError(
    "address-syntax",
    `'${shown}' is not an IPv4 or IPv6 address`,
    "write one like 10.0.0.4 or 2001:db8::1",
  );
}

/** The canonical text: dotted decimal, or RFC 5952 for IPv6 (lower case, the longest run of zero groups as `::`). */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) {
    const number = Number(value);
    return new ipaddr.IPv4([number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255]).toString();
  }
  const groups = Array.from({ length: 8 }, (_, k) => Number((value >> BigInt(112 - 16 * k)) & 0xffffn));
  return new ipaddr.IPv6(groups).toRFC5952String();
}

/** Whether two addresses are the same. */
export const sameAddress = (a: Address, b: Address): boolean => a.family === b.family && a.value === b.value;

/** Whether an address is one of several. */
export const hasAddress = (addresses: readonly Address[], wanted: Address): boolean =>
  addresses.some((each) => sameAddress(each, wanted));

/** Order by family, IPv4 first, then by number. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
