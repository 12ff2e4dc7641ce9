import { UserError } from "../text/user-error.ts";
import { type Address, bitsOf, formatAddress, parseAddress } from "./address.ts";
import { type AddressErrorCode, shownText } from "./address-error.ts";
import { lengthOfNetmask } from "./netmask.ts";
import type { Family } from "./read-address.ts";

/**
 * An address prefix: its first address as a number, and the number of leading bits that are fixed. Host bits are zero.
 */
export interface Prefix {
  readonly family: Family;
  readonly first: bigint;
  readonly length: number;
}

const LENGTH = /^(0|[1-9]\d{0,2})$/;

/** For each number of host bits, a number with that many ones. */
const HOST_MASKS: readonly bigint[] = Array.from({ length: 129 }, (_, bits) => (1n << BigInt(bits)) - 1n);

function hostMask(family: Family, length: number): bigint {
  return HOST_MASKS[bitsOf(family) - length] ?? 0n;
}

/** The prefix of that length that holds the address. */
export function prefixOf(address: Address, length: number): Prefix {
  return {
    family: address.family,
    first: address.value & ~hostMask(address.family, length),
    length,
  };
}

/**
 * The prefix in a text such as `10.0.0.0/8` or `2001:db8::/32`. The length is required, and host bits must be zero.
 * @throws UserError<AddressErrorCode> with the reason, and the nearest correct text as the hint.
 */
export function parsePrefix(text: string): Prefix {
  const slash = text.indexOf("/");
  if (slash < 0) {
    const address = parseAddress(text);
    const whole = formatPrefix(prefixOf(address, bitsOf(address.family)));
    throw new UserError<AddressErrorCode>(
      "prefix-length",
      `'${shownText(text)}' has no prefix length`,
      `write ${whole} or another length`,
    );
  }
  let address = parseAddress(text.slice(0, slash));
  const lengthText = text.slice(slash + 1);
  // `::ffff:10.0.0.0/104` is 10.0.0.0/8: the mapped form counts its length from the IPv6 side.
  const mapped = address.family === 4 && text.includes(":");
  const bits = mapped ? 128 : bitsOf(address.family);
  let length = LENGTH.test(lengthText) ? Number(lengthText) : -1;
  if (length < 0 || length > bits) {
    const netmask = address.family === 4 ? lengthOfNetmask(lengthText) : null;
    if (netmask !== null) throw netmaskError(text, formatPrefix(prefixOf(address, netmask)));
    throw new UserError<AddressErrorCode>(
      "prefix-length",
      `'${shownText(text)}' has no valid prefix length`,
      `the length is a number from 0 to ${bits}`,
    );
  }
  if (mapped) {
    if (length >= 96) length -= 96;
    else address = { family: 6, value: address.value | 0xffff00000000n };
  }
  const prefix = prefixOf(address, length);
  if (prefix.first !== address.value) {
    throw new UserError<AddressErrorCode>(
      "prefix-host-bits",
      `'${shownText(text)}' has host bits set after /${lengthText}`,
      `write ${formatPrefix(prefix)}, or ${formatAddress(address)} for the one address`,
    );
  }
  return prefix;
}

function netmaskError(text: string, meant: string): UserError<AddressErrorCode> {
  return new UserError<AddressErrorCode>(
    "prefix-length",
    `'${shownText(text)}' has a netmask instead of a prefix length`,
    `write ${meant}`,
    "usage",
    { correction: { words: [text], instead: [meant] } },
  );
}

/** The canonical text of the prefix. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(firstAddress(prefix))}/${prefix.length}`;
}

/** The first address of the prefix. */
export function firstAddress(prefix: Prefix): Address {
  return { family: prefix.family, value: prefix.first };
}

/** The last address of the prefix, as a number. */
export function lastOf(prefix: Prefix): bigint {
  return prefix.first | hostMask(prefix.family, prefix.length);
}

/** Whether the address lies in the prefix; never across families. */
export function contains(prefix: Prefix, address: Address): boolean {
  return prefix.family === address.family && prefix.first === (address.value & ~hostMask(prefix.family, prefix.length));
}

/** Whether every address of `inner` lies in `outer` (equal prefixes included). */
export function containsPrefix(outer: Prefix, inner: Prefix): boolean {
  return outer.length <= inner.length && contains(outer, firstAddress(inner));
}

/** Numeric order: family, first address, then shorter first, so that 0.0.0.0/0 comes before what it holds. */
export function comparePrefixes(a: Prefix, b: Prefix): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.length - b.length;
}
