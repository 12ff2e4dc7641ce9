import type { AddressCounts, AddressGroup } from "../../analysis/destinations/address-counts.ts";

/** So many prefixes are shown of a list; `-o tsv` and `-o json` give all. */
const SHOWN = 6;

/** Thousands apart; in powers of two where nobody counts any more. */
export function countText(count: string): string {
  if (count.length < 16) return count.replace(/\B(?=(\d{3})+$)/g, ",");
  const bits = BigInt(count).toString(2).length - 1;
  return BigInt(count) === 1n << BigInt(bits) ? `2^${bits}` : `about 2^${bits}`;
}

/** How many addresses, of each family that has any. */
export function addressesText({ v4, v6 }: AddressCounts): string {
  const one = (count: string, family: string) =>
    count === "0" ? [] : [`${countText(count)} ${family} ${count === "1" ? "address" : "addresses"}`];
  return [...one(v4, "IPv4"), ...one(v6, "IPv6")].join(", ") || "no addresses";
}

/** A list of prefixes, its start where it is long. */
export function prefixesText(prefixes: readonly string[], shown = SHOWN): string {
  const rest = prefixes.length - shown;
  return rest > 1 ? `${prefixes.slice(0, shown).join(", ")} and ${rest} more` : prefixes.join(", ");
}

/** What the addresses of a group are, as briefly as it can be said. */
export function groupText({ prefixes, outline }: Pick<AddressGroup, "prefixes" | "outline">): string {
  if (outline === null) return prefixesText(prefixes);
  const { except } = outline;
  const without = except.length <= SHOWN ? except.join(", ") : `${except.length} prefixes`;
  return `${prefixesText(outline.prefixes)}${except.length === 0 ? "" : ` except ${without}`}`;
}
