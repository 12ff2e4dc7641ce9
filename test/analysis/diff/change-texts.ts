import { expect } from "vitest";
import type { AddressGroup } from "../../../src/analysis/destinations/address-counts.ts";
import type { DiffRow, RowChange } from "../../../src/analysis/diff/rows.ts";
import type { MoveSide, TableMove } from "../../../src/analysis/diff/tables.ts";
import { bitsOf } from "../../../src/net/address.ts";
import {
  type AddressRange,
  addressCount,
  differenceOf,
  prefixesOf,
  rangeOf,
  unionOf,
} from "../../../src/net/address-ranges.ts";
import { formatPrefix, parsePrefix, prefixOf } from "../../../src/net/prefix.ts";
import { ruleOf } from "../../../src/selection/rules.ts";
import { PLATFORM_ADDRESSES } from "../../../src/selection/select.ts";

const rangesOf = (prefixes: readonly string[]) => unionOf(prefixes.map((prefix) => rangeOf(parsePrefix(prefix))));
const shortest = (ranges: readonly AddressRange[]) => prefixesOf(ranges).map(formatPrefix);
const PLATFORM = unionOf(PLATFORM_ADDRESSES.map((each) => rangeOf(prefixOf(each, bitsOf(each.family)))));
const withoutPlatform = (ranges: readonly AddressRange[]) => differenceOf(ranges, PLATFORM);

/** The addresses of a group, in brief where it has an outline; checks the fields that the text omits. */
export function groupText({ addresses, prefixes, outline, example }: AddressGroup): string {
  const ranges = rangesOf(prefixes);
  const count = (family: number) => String(addressCount(ranges.filter((range) => range.family === family)));
  expect(addresses).toEqual({ v4: count(4), v6: count(6) });
  expect([prefixes, prefixes[0]?.split("/")[0]]).toEqual([shortest(ranges), example]);
  if (outline === null) return prefixes.join(" ");
  const outlined = differenceOf(rangesOf(outline.prefixes), rangesOf(outline.except));
  expect(withoutPlatform(outlined)).toEqual(withoutPlatform(ranges));
  return `${outline.prefixes.join(" ")} except ${outline.except.join(" ") || "the platform"}`;
}

/** `hops by rows`, or the verdict; then the rules and their certainty where these are not the usual ones. */
function sideText({ verdict, nextHops, routes, rules, certainty, ...more }: MoveSide): string {
  expect(nextHops.length > 0).toBe(verdict === "forward");
  expect(routes.length > 0).toBe(verdict === "forward" || verdict === "drop");
  for (const { id, status, source } of rules) expect([status, source]).toEqual([ruleOf(id).status, ruleOf(id).source]);
  const hops = nextHops.map((hop) => [hop.nextHopType, hop.nextHopIpAddress ?? ""].join(" ").trim());
  const by = routes.map(({ source, name }) => [source, name ?? ""].join(" ").trim());
  const tag =
    more.serviceTag === null && more.serviceEndpoint === null ? [] : [`(${more.serviceEndpoint} ${more.serviceTag})`];
  const why = `${rules.map(({ id }) => id).join(", ")}, ${certainty}`;
  const isUsual = why === (verdict === "no-route" ? "no-route, inferred" : "longest-prefix, documented");
  return [
    hops.length > 0 ? hops.join(" + ") : verdict,
    ...tag,
    ...(by.length > 0 ? [`by ${by.join(" + ")}`] : []),
    ...(isUsual ? [] : [`(${why})`]),
    ...(more.undelivered === "none" ? [] : [`(${more.undelivered} undelivered)`]),
  ].join(" ");
}

/** `addresses: side before -> side after`; checks the fields that the line omits. */
export function moveText({ before, after, serviceTags, ...group }: TableMove): string {
  if (serviceTags !== null) {
    const { total, shown } = serviceTags;
    expect([shown.length, new Set(shown.map(({ name }) => name)).size]).toEqual([Math.min(total, 20), shown.length]);
    for (const { addresses, holdsGroup } of shown) {
      expect([addresses.v4, addresses.v6].join() === [group.addresses.v4, group.addresses.v6].join()).toBe(holdsGroup);
    }
  }
  return `${groupText(group)}: ${sideText(before)} -> ${sideText(after)}`;
}

/** A row as `row()` of the tests reads it. */
function rowText({ source, state, name, addressPrefixes, nextHopType, nextHopIpAddress, serviceTag }: DiffRow): string {
  expect(["Active", "Invalid"]).toContain(state);
  const first = `${source}${state === "Active" ? "" : "!"} ${addressPrefixes} ${nextHopType} ${nextHopIpAddress}`;
  return [first.trim(), ...(name === null ? [] : [`#${name}`]), ...(serviceTag === null ? [] : [serviceTag])].join(" ");
}

/** The values of a row by the names that a difference calls them, without those that differ. */
function valuesOf({ addressPrefixes, ...others }: DiffRow, without: readonly string[] = []): Record<string, unknown> {
  const values = Object.entries({ ...others, addressPrefix: addressPrefixes });
  return Object.fromEntries(values.filter(([field]) => !without.includes(field)));
}

/** The difference of a row: the row before, or the one that was added, and for a changed one what differs after. */
export function rowChangeText(row: RowChange): string {
  const { change, before, after, fields, addressesAdded, addressesRemoved, addressesMoved } = row;
  expect([before === null, after === null]).toEqual([change === "added", change === "removed"]);
  const moved = addressesMoved ? "; moves addresses" : "";
  if (before === null || after === null) {
    expect([fields, addressesAdded, addressesRemoved]).toEqual([[], [], []]);
    return [change, ...[before ?? after].flatMap((each) => each && rowText(each))].join(" ") + moved;
  }
  const [old, now] = [rangesOf(before.addressPrefixes), rangesOf(after.addressPrefixes)];
  expect([addressesAdded, addressesRemoved]).toEqual([
    shortest(differenceOf(now, old)),
    shortest(differenceOf(old, now)),
  ]);
  const [same, still] = [before, after].map((each) => JSON.stringify(valuesOf(each, fields)).toLowerCase());
  expect([fields.length > 0, still]).toEqual([true, same]);
  const values = valuesOf(after);
  const differing = fields.map((field) => (field in values ? `${field} ${String(values[field]) || "-"}` : field));
  return `${change} ${rowText(before)}: ${differing.join(", ")}${moved}`;
}
