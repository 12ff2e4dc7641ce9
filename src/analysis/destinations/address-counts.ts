import { bitsOf, formatAddress } from "../../net/address.ts";
import { type AddressRange, addressCount, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { formatPrefix, prefixOf } from "../../net/prefix.ts";
import { prefixesExcept } from "../../net/prefixes-except.ts";
import { PLATFORM_ADDRESSES } from "../../selection/select.ts";
import type { ResultSize } from "./result-size.ts";

/** How many addresses of each family, as decimal texts: there are more than a JSON number holds exactly. */
export interface AddressCounts {
  readonly v4: string;
  readonly v6: string;
}

/** The same set told more briefly: the addresses of `prefixes` without those of `except`. */
interface Outline {
  readonly prefixes: readonly string[];
  readonly except: readonly string[];
}

/** A set of addresses as output tells it. */
export interface AddressGroup {
  readonly addresses: AddressCounts;
  /** The shortest list of prefixes of exactly these addresses, in numeric order. */
  readonly prefixes: readonly string[];
  /**
   * Prefixes less exceptions, where that is shorter; null where not. For people: a hole that is only a platform's address
   * (168.63.129.16, 169.254.169.254), which no route concerns, is passed over in it. Null, too, of what is scattered over thousands of
   * ranges: nobody reads that.
   */
  readonly outline: Outline | null;
  /** The first of the addresses. */
  readonly example: string;
}

/** How many addresses of each family are in the ranges. */
export function countAddresses(ranges: Iterable<AddressRange>): AddressCounts {
  const set = unionOf(ranges);
  const count = (family: number) => addressCount(set.filter((range) => range.family === family)).toString();
  return { v4: count(4), v6: count(6) };
}

/**
 * Describes a set of at least one address.
 * @throws UserError where the result is too large.
 */
export function tellAddresses(ranges: Iterable<AddressRange>, size: ResultSize): AddressGroup {
  const set = unionOf(ranges);
  const first = set[0];
  if (first === undefined) throw new RangeError("a group of no addresses");
  return {
    addresses: countAddresses(set),
    prefixes: size.prefixTexts(set),
    outline: outlineOf(set),
    example: formatAddress({ family: first.family, value: first.first }),
  };
}

const MOST_OUTLINED = 10_000;

function outlineOf(set: readonly AddressRange[]): Outline | null {
  if (set.length > MOST_OUTLINED) return null;
  const holes = PLATFORM_ADDRESSES.filter(
    ({ family, value }) =>
      set.some((range) => range.family === family && range.last === value - 1n) &&
      set.some((range) => range.family === family && range.first === value + 1n),
  ).map((address) => rangeOf(prefixOf(address, bitsOf(address.family))));
  const { prefixes, except } = prefixesExcept([...set, ...holes]);
  if (except.length === 0 && holes.length === 0) return null;
  return { prefixes: prefixes.map(formatPrefix), except: except.map(formatPrefix) };
}

/**
 * Order by size: more IPv4 addresses first, then more IPv6 addresses, then the lower first address. IPv4 counts first because the
 * two families' numbers do not compare: one IPv6 subnet has more addresses than all of IPv4.
 */
export function largerFirst(a: readonly AddressRange[], b: readonly AddressRange[]): number {
  const counts = [a, b].map(countAddresses);
  for (const family of ["v4", "v6"] as const) {
    const [mine, yours] = counts.map((count) => BigInt(count[family]));
    if (mine !== undefined && yours !== undefined && mine !== yours) return mine > yours ? -1 : 1;
  }
  const [first, other] = [a[0], b[0]];
  if (first === undefined || other === undefined) return 0;
  return first.family - other.family || (first.first < other.first ? -1 : first.first > other.first ? 1 : 0);
}
