import { type AddressRange, differenceOf, intersectionOf, meets, rangeOf, unionOf } from "../../net/address-ranges.ts";
import { comparePrefixes, containsPrefix, type Prefix } from "../../net/prefix.ts";
import type { GatewayTable } from "../../routes/gateways/gateway-table.ts";
import { explainGateway, type GatewayExplanation } from "../../selection/gateways/explain-gateway.ts";
import { type AddressGroup, describeAddresses, largestFirst } from "../destinations/address-counts.ts";
import type { DestinationSet } from "../destinations/destination-set.ts";
import type { ResultSize } from "../destinations/result-size.ts";

/** Where a router sends some addresses of a set. `destination` is the set; `part` are the addresses. */
export interface GatewayPart extends GatewayExplanation {
  readonly part: AddressGroup;
}

/**
 * Splits a set of addresses by the longest prefix of a router's table that covers them, largest part first: one answer
 * for each part, and one for each group of instances that differ. Every address of the set is in one part. Cost: for
 * each prefix that wins somewhere in the set, linear in the rows and in the ranges of the set.
 * @throws UserError if the result is too large.
 */
export function splitByGateway(
  { name, ranges }: DestinationSet,
  table: GatewayTable,
  size: ResultSize,
): readonly GatewayPart[] {
  return largestFirst(partsOf(unionOf(ranges), table)).flatMap((part) => {
    const [first] = part;
    if (first === undefined) return [];
    size.addGroup();
    const group = describeAddresses(part, size);
    const address = { family: first.family, value: first.first };
    return explainGateway(table, address).map((answer) => ({ ...answer, destination: name, part: group }));
  });
}

/** The addresses of the set for which the same prefix is the longest, and those that none covers. */
function partsOf(ranges: readonly AddressRange[], { routes }: GatewayTable): readonly (readonly AddressRange[])[] {
  const holes = longerPrefixes(routes.map(({ prefix }) => prefix));
  const covered = Array.from(holes.keys(), rangeOf);
  const parts = Array.from(holes, ([prefix, longer]) => {
    const range = [rangeOf(prefix)];
    return meets(range, ranges) ? differenceOf(intersectionOf(range, ranges), longer.map(rangeOf)) : [];
  });
  return [...parts, differenceOf(ranges, covered)].filter((part) => part.length > 0);
}

/** Each distinct prefix with the longer ones directly below it. */
function longerPrefixes(prefixes: readonly Prefix[]): ReadonlyMap<Prefix, readonly Prefix[]> {
  const below = new Map<Prefix, Prefix[]>();
  const open: Prefix[] = [];
  for (const prefix of [...prefixes].sort(comparePrefixes)) {
    let above = open.at(-1);
    while (above !== undefined && !containsPrefix(above, prefix)) {
      open.pop();
      above = open.at(-1);
    }
    if (above !== undefined && comparePrefixes(above, prefix) === 0) continue;
    if (above !== undefined) below.get(above)?.push(prefix);
    below.set(prefix, []);
    open.push(prefix);
  }
  return below;
}
