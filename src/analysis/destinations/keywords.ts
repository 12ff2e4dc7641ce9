import { bitsOf } from "../../net/address.ts";
import { type AddressRange, differenceOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { parsePrefix, prefixOf } from "../../net/prefix.ts";
import { PLATFORM_ADDRESSES } from "../../selection/platform-address.ts";
import type { DestinationKeyword } from "./destination.ts";

const addressesOf = (...prefixes: readonly string[]) => unionOf(prefixes.map((text) => rangeOf(parsePrefix(text))));

/**
 * Unicast addresses in general use. IPv6 is allocated from 2000::/3 alone; the other families of addresses are multicast or reserved.
 * https://www.iana.org/assignments/ipv6-address-space https://www.iana.org/assignments/ipv4-address-space
 */
const GLOBAL_UNICAST = differenceOf(addressesOf("0.0.0.0/0", "2000::/3"), addressesOf("224.0.0.0/4"));

/**
 * The entries of IANA's special-purpose registries whose "Globally Reachable" is False (Teredo's, which leaves it open, counts as part of
 * 2001::/23). 192.88.99.0/24 and 2002::/16, 6to4, leave it open too and stay in.
 * https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const NOT_REACHABLE = addressesOf(
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
);

/** Entries of the same registries inside those above whose "Globally Reachable" is True. */
const REACHABLE_ALL_THE_SAME = addressesOf(
  "192.0.0.9/32",
  "192.0.0.10/32",
  "2001:1::1/128",
  "2001:1::2/128",
  "2001:1::3/128",
  "2001:3::/32",
  "2001:4:112::/48",
  "2001:20::/28",
  "2001:30::/28",
);

/** 168.63.129.16 looks like an Internet address, but the host answers it. */
const PLATFORM = PLATFORM_ADDRESSES.map((address) => rangeOf(prefixOf(address, bitsOf(address.family))));

const KEYWORDS: Readonly<Record<DestinationKeyword, readonly AddressRange[]>> = {
  internet: differenceOf(differenceOf(GLOBAL_UNICAST, differenceOf(NOT_REACHABLE, REACHABLE_ALL_THE_SAME)), PLATFORM),
  // RFC 1918, RFC 6598 (shared address space) and RFC 4193 (unique local addresses).
  private: addressesOf("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
};

/**
 * The addresses that a keyword stands for. `internet`: every global unicast address that no IANA registry marks as not globally reachable, nor
 * the platform answers. `private`: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918), 100.64.0.0/10 (RFC 6598), fc00::/7 (RFC 4193).
 */
export function keywordRanges(keyword: DestinationKeyword): readonly AddressRange[] {
  return KEYWORDS[keyword];
}
