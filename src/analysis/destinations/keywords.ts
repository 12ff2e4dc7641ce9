import { bitsOf } from "../../net/address.ts";
import { type AddressRange, differenceOf, rangeOf } from "../../net/address-ranges.ts";
import { internetRanges, privateRanges } from "../../net/address-scope.ts";
import { prefixOf } from "../../net/prefix.ts";
import { PLATFORM_ADDRESSES } from "../../selection/select.ts";
import type { DestinationKeyword } from "./destination.ts";

/**
 * Returns the addresses of a keyword. `internet`: every global unicast address, except those that an IANA registry
 * marks as not globally reachable and the platform addresses. `private`: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16
 * (RFC 1918), 100.64.0.0/10 (RFC 6598), fc00::/7 (RFC 4193).
 */
export function keywordRanges(keyword: DestinationKeyword): readonly AddressRange[] {
  if (keyword === "private") return privateRanges();
  // 168.63.129.16 is a public address, but the Azure host answers it.
  const platform = PLATFORM_ADDRESSES.map((address) => rangeOf(prefixOf(address, bitsOf(address.family))));
  return differenceOf(internetRanges(), platform);
}
