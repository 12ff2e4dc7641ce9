import type { Address } from "../../../net/address.ts";
import { type AddressRange, rangeOf, unionOf } from "../../../net/address-ranges.ts";
import { internetRanges, privateRanges } from "../../../net/address-scope.ts";
import type { TraceData } from "../../trace/question.ts";
import { distinctTables, keysOfTable } from "./decisions.ts";
import { Marks, type Stretch, stretchesOf } from "./marks.ts";
import { ownedAddresses } from "./owned.ts";
import { comparedPrefixes } from "./prefixes.ts";

/** Destinations that every router of a walk treats alike. */
export interface AddressClass {
  /** Normalised. */
  readonly ranges: readonly AddressRange[];
}

/** Walks treat private and Internet addresses differently. */
const SCOPES = [privateRanges, internetRanges];

/**
 * Divides addresses into classes: two are in one class where every route table that the walk could meet decides alike,
 * where the same prefixes of networks, subnets, peerings, configured routes and gateways cover them, and where nothing
 * has them, or ordinary NICs of one subnet with one table do. A walk to one address of a class is a walk to each, also
 * for a rule with `through`: its names and addresses.
 * Cost: for each distinct table a step per stretch, and a sort of all boundaries within the addresses.
 */
export function classesOf(
  addresses: Iterable<AddressRange>,
  data: TraceData,
  through: readonly string[] = [],
): readonly AddressClass[] {
  const ranges = unionOf(addresses);
  const tables = distinctTables(data);
  const prefixes = comparedPrefixes(data).map(rangeOf);
  const owned = ownedAddresses(data, tables, through);
  const scopes = SCOPES.map((scope) => scope());
  const stretches = stretchesOf(ranges, [
    ...prefixes,
    ...owned,
    ...scopes.flat(),
    ...tables.flatMap((routes) => routes.flatMap(({ addressPrefix }) => addressPrefix.map(rangeOf))),
  ]);
  const marks = new Marks(stretches);
  for (const routes of tables) marks.add(keysOfTable(routes, ranges));
  for (const range of prefixes) marks.add([{ ...range, key: "" }]);
  for (const scope of scopes) marks.add(scope.map((range) => ({ ...range, key: "" })));
  marks.add(owned);
  const classes = new Map<number, Stretch[]>();
  for (const stretch of stretches) {
    const own = classes.get(stretch.key);
    if (own === undefined) classes.set(stretch.key, [stretch]);
    else own.push(stretch);
  }
  return Array.from(classes.values(), (own) => ({ ranges: unionOf(own) }));
}

/** Returns the first address of a class that is not left out; null if it has none. Cost: linear in those left out. */
export function exampleOf({ ranges }: AddressClass, isLeftOut: (address: Address) => boolean): Address | null {
  for (const { family, first, last } of ranges) {
    for (let value = first; value <= last; value++) {
      if (!isLeftOut({ family, value })) return { family, value };
    }
  }
  return null;
}
