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
    size.addGroup();
    const group = describeAddresses(part, size);
    const [{ family, first }] = part;
    const address = { family, value: first };
    return explainGateway(table, address).map((answer) => ({ ...answer, destination: name, part: group }));
  });
}

type Part = readonly [AddressRange, ...AddressRange[]];

/** The addresses of the set for which the same prefix is the longest, and those that none covers. */
function partsOf(ranges: readonly AddressRange[], { routes }: GatewayTable): readonly Part[] {
  const nested = nestedPrefixes(routes.map(({ prefix }) => prefix));
  const parts = nested.map(({ prefix, longer }) => {
    const range = [rangeOf(prefix)];
    return meets(range, ranges) ? differenceOf(intersectionOf(range, ranges), longer.map(rangeOf)) : [];
  });
  const uncovered = differenceOf(
    ranges,
    nested.map(({ prefix }) => rangeOf(prefix)),
  );
  return [...parts, uncovered].filter((part): part is [AddressRange, ...AddressRange[]] => part.length > 0);
}

interface NestedPrefix {
  readonly prefix: Prefix;
  /** The longer ones directly below it. */
  readonly longer: Prefix[];
}

/** Each distinct prefix. */
function nestedPrefixes(prefixes: readonly Prefix[]): readonly NestedPrefix[] {
  const found: NestedPrefix[] = [];
  const open: NestedPrefix[] = [];
  for (const prefix of [...prefixes].sort(comparePrefixes)) {
    let above = open.at(-1);
    while (above !== undefined && !containsPrefix(above.prefix, prefix)) {
      open.pop();
      above = open.at(-1);
    }
    if (above !== undefined && comparePrefixes(above.prefix, prefix) === 0) continue;
    above?.longer.push(prefix);
    const own = { prefix, longer: [] };
    found.push(own);
    open.push(own);
  }
  return found;
}
