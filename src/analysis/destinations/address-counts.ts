import { bitsOf, formatAddress } from "../../net/address.ts";
import { type AddressRange, addressCount, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { formatPrefix, prefixOf } from "../../net/prefix.ts";
import { prefixesExcept } from "../../net/prefixes-except.ts";
import { PLATFORM_ADDRESSES } from "../../selection/select.ts";
import type { ResultSize } from "./result-size.ts";

/** Number of addresses per family, as decimal strings. IPv6 counts exceed what a JSON number holds exactly. */
export interface AddressCounts {
  readonly v4: string;
  readonly v6: string;
}

/** A shorter description of a set: the addresses of `prefixes` minus those of `except`. */
interface Outline {
  readonly prefixes: readonly string[];
  readonly except: readonly string[];
}

/** A set of addresses as it is printed. */
export interface AddressGroup {
  readonly addresses: AddressCounts;
  /** The shortest list of prefixes of exactly these addresses, in numeric order. */
  readonly prefixes: readonly string[];
  /**
   * Prefixes minus exceptions, or null if that is not shorter or the set has thousands of ranges. Meant for people: it
   * ignores a gap that is only a platform address (168.63.129.16, 169.254.169.254), because routes do not apply to
   * those.
   */
  readonly outline: Outline | null;
  /** The first address. */
  readonly example: string;
}

/** Counts the addresses of each family in the ranges. */
export function countAddresses(ranges: Iterable<AddressRange>): AddressCounts {
  const set = unionOf(ranges);
  const count = (family: number) => addressCount(set.filter((range) => range.family === family)).toString();
  return { v4: count(4), v6: count(6) };
}

/**
 * Describes a set of at least one address.
 * @throws UserError if the result is too large.
 */
export function describeAddresses(ranges: Iterable<AddressRange>, size: ResultSize): AddressGroup {
  const set = unionOf(ranges);
  const first = set[0];
  if (first === undefined) throw new RangeError("a group without addresses");
  return {
    addresses: countAddresses(set),
    prefixes: size.prefixTexts(set),
    outline: outlineOf(set),
    example: formatAddress({ family: first.family, value: first.first }),
  };
}

const MAX_OUTLINE_RANGES = 10_000;

function outlineOf(set: readonly AddressRange[]): Outline | null {
  if (set.length > MAX_OUTLINE_RANGES) return null;
  const holes = PLATFORM_ADDRESSES.filter(
    ({ family, value }) =>
      set.some((range) => range.family === family && range.last === value - 1n) &&
      set.some((range) => range.family === family && range.first === value + 1n),
  ).map((address) => rangeOf(prefixOf(address, bitsOf(address.family))));
  const { prefixes, except } = prefixesExcept([...set, ...holes]);
  if (except.length === 0 && holes.length === 0) return null;
  return { prefixes: prefixes.map(formatPrefix), except: except.map(formatPrefix) };
}

const moreFirst = (a: bigint, b: bigint) => Number(b > a) - Number(a > b);

/** Compares numbers of addresses for sorting: more IPv4 addresses first, then more IPv6 addresses. */
export function byAddresses(a: { readonly v4: bigint; readonly v6: bigint }, b: typeof a): number {
  return moreFirst(a.v4, b.v4) || moreFirst(a.v6, b.v6);
}

/**
 * Compares two sets for sorting: more IPv4 addresses first, then more IPv6 addresses, then the lower first address.
 * IPv4 comes first because the counts are not comparable: one IPv6 subnet has more addresses than all of IPv4.
 */
export function largerFirst(a: readonly AddressRange[], b: readonly AddressRange[]): number {
  return byAddresses(counted(a), counted(b)) || lowerFirst(a, b);
}

function counted(ranges: readonly AddressRange[]) {
  const { v4, v6 } = countAddresses(ranges);
  return { v4: BigInt(v4), v6: BigInt(v6) };
}

function lowerFirst([first]: readonly AddressRange[], [other]: readonly AddressRange[]): number {
  if (first === undefined || other === undefined) return 0;
  return first.family - other.family || (first.first < other.first ? -1 : first.first > other.first ? 1 : 0);
}

/** Returns the sets in the order of `largerFirst`, each counted once. */
export function largestFirst<Set extends readonly AddressRange[]>(sets: readonly Set[]): Set[] {
  if (sets.length < 2) return [...sets];
  const all = sets.map((set) => ({ set, ...counted(set) }));
  return all.sort((a, b) => byAddresses(a, b) || lowerFirst(a.set, b.set)).map(({ set }) => set);
}
