import type { AddressCounts, AddressGroup } from "../../analysis/destinations/address-counts.ts";

/** The most prefixes shown of a list; `-o tsv` and `-o json` print all. */
const SHOWN = 6;

/** Returns a count with thousands separators; from 16 digits on as a power of two. */
export function countText(count: string): string {
  if (count.length < 16) return count.replace(/\B(?=(\d{3})+$)/g, ",");
  const bits = BigInt(count).toString(2).length - 1;
  return BigInt(count) === 1n << BigInt(bits) ? `2^${bits}` : `about 2^${bits}`;
}

/** Returns the number of addresses of each family that has any. */
export function addressesText({ v4, v6 }: AddressCounts): string {
  const one = (count: string, family: string) =>
    count === "0" ? [] : [`${countText(count)} ${family} ${count === "1" ? "address" : "addresses"}`];
  return [...one(v4, "IPv4"), ...one(v6, "IPv6")].join(", ") || "no addresses";
}

/** Returns the same without the word: `65,536 IPv4, 2^64 IPv6`. */
export function countsText({ v4, v6 }: AddressCounts): string {
  const one = (count: string, family: string) => (count === "0" ? [] : [`${countText(count)} ${family}`]);
  return [...one(v4, "IPv4"), ...one(v6, "IPv6")].join(", ") || "none";
}

/** Returns a list of prefixes; a long list is cut after the first `shown`. */
export function prefixesText(prefixes: readonly string[], shown = SHOWN): string {
  const rest = prefixes.length - shown;
  return rest > 1 ? `${prefixes.slice(0, shown).join(", ")} and ${rest} more` : prefixes.join(", ");
}

/** Returns the shortest description of a group's addresses. */
export function groupText({ prefixes, outline }: Pick<AddressGroup, "prefixes" | "outline">): string {
  if (outline === null) return prefixesText(prefixes);
  const { except } = outline;
  const without = except.length <= SHOWN ? except.join(", ") : `${except.length} prefixes`;
  return `${prefixesText(outline.prefixes)}${except.length === 0 ? "" : ` except ${without}`}`;
}
