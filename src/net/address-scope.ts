import { type Address, bitsOf } from "./address.ts";
import { type AddressRange, differenceOf, meets, rangeOf, unionOf } from "./address-ranges.ts";
import { parsePrefix, prefixOf } from "./prefix.ts";
import type { Family } from "./read-address.ts";

/** Returns the ranges of the addresses of a scope, normalised: of both families, or of one. */
type Scope = (family?: Family) => readonly AddressRange[];

/** Computes each family when it is first asked for: parsing the prefixes of IPv6 takes two milliseconds of a start. */
function scope(compute: (family: Family) => readonly AddressRange[]): Scope {
  const known = new Map<Family, readonly AddressRange[]>();
  const ofFamily = (family: Family) => {
    const ranges = known.get(family) ?? compute(family);
    known.set(family, ranges);
    return ranges;
  };
  return (family) => (family === undefined ? [...ofFamily(4), ...ofFamily(6)] : ofFamily(family));
}

const rangesOf = (family: Family, ...prefixes: readonly string[]) =>
  unionOf(prefixes.filter((text) => text.includes(":") === (family === 6)).map((text) => rangeOf(parsePrefix(text))));

/** Private addresses: RFC 1918, RFC 6598 (shared address space) and RFC 4193 (unique local addresses). */
export const privateRanges = scope((family) =>
  rangesOf(family, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
);

/**
 * Unicast addresses: IPv4 without multicast (224.0.0.0/4). IPv6 is allocated from 2000::/3 alone. The rest of its
 * address space is multicast or reserved.
 * https://www.iana.org/assignments/ipv6-address-space https://www.iana.org/assignments/ipv4-address-space
 */
const globalUnicast = scope((family) =>
  rangesOf(family, "0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3", "240.0.0.0/4", "2000::/3"),
);

/**
 * The entries of IANA's special-purpose registries with "Globally Reachable" False. Teredo's entry leaves it open and
 * counts as part of 2001::/23. 6to4 (192.88.99.0/24 and 2002::/16) leaves it open too, and counts as reachable.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const NOT_REACHABLE = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "240.0.0.0/4",
  "2001::/23",
  "2001:db8::/32",
  "3fff::/20",
];

/** Entries of the same registries inside those above with "Globally Reachable" True. */
const REACHABLE_EXCEPTIONS = [
  "192.0.0.9/32",
  "192.0.0.10/32",
  "2001:1::1/128",
  "2001:1::2/128",
  "2001:1::3/128",
  "2001:3::/32",
  "2001:4:112::/48",
  "2001:20::/28",
  "2001:30::/28",
];

const notReachable = scope((family) => rangesOf(family, ...NOT_REACHABLE));
const reachableExceptions = scope((family) => rangesOf(family, ...REACHABLE_EXCEPTIONS));

/** Addresses of the Internet: global unicast that no IANA registry marks as not globally reachable. */
export const internetRanges = scope((family) =>
  differenceOf(globalUnicast(family), differenceOf(notReachable(family), reachableExceptions(family))),
);

const isWithin = (address: Address, ranges: readonly AddressRange[]) =>
  meets([rangeOf(prefixOf(address, bitsOf(address.family)))], ranges);

/** Whether the address is private: RFC 1918, RFC 6598 or RFC 4193. */
export const isPrivate = (address: Address): boolean => isWithin(address, privateRanges(address.family));

/** Whether the address is one of `internetRanges`, without computing them: a start asks about a single address. */
export const isPublic = (address: Address): boolean =>
  isWithin(address, globalUnicast(address.family)) &&
  (!isWithin(address, notReachable(address.family)) || isWithin(address, reachableExceptions(address.family)));
