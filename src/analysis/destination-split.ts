import { rangeOf } from "../net/address-ranges.ts";
import type { AnnotatedRouteTable } from "../routes/annotation.ts";
import { type AddressCounts, type AddressGroup, countAddresses, tellAddresses } from "./destination-addresses.ts";
import { groupPieces, type Outcome, outcomeKeys, tellOutcome } from "./destination-outcome.ts";
import { piecesWithin } from "./destination-pieces.ts";
import type { DestinationSet } from "./destination-set.ts";
import type { ForwardingTable } from "./forwarding-table.ts";

/** How many of the set's own prefixes (of a tag: those of the tag file) have their addresses in a group. */
interface OwnPrefixes {
  /** Wholly. */
  readonly whole: number;
  /** Some addresses here, others in another group. */
  readonly partly: number;
}

/** Those addresses of a set that share an outcome. */
export interface DestinationOutcome extends AddressGroup, Outcome {
  readonly ownPrefixes: OwnPrefixes;
}

/** A destination set, split by what becomes of its addresses. */
export interface DestinationSplit {
  readonly destination: string;
  readonly kind: DestinationSet["kind"];
  /** How many prefixes the set is written as. */
  readonly ownPrefixes: number;
  readonly addresses: AddressCounts;
  /** Every address of the set is in one and only one. Most IPv4 addresses first, then most IPv6 addresses, then the lowest first address. */
  readonly outcomes: readonly DestinationOutcome[];
}

/**
 * Splits a set by outcome: verdict, winning rows, deciding rule, certainty. Exact: agrees with `select` on every address. The table and the
 * forwarding table are of the same rows. Cost: a search per prefix of the set, a step per piece of the table in it.
 */
export function splitByDecision(
  set: DestinationSet,
  annotated: AnnotatedRouteTable,
  table: ForwardingTable,
): DestinationSplit {
  const nameOf = outcomeKeys();
  const groups = groupPieces(piecesWithin(table, set.ranges), ({ decision }) => nameOf(decision));
  const own = new Map([...groups.keys()].map((key) => [key, { whole: 0, partly: 0 }]));
  for (const prefix of set.prefixes) {
    const met = new Set<string>();
    for (const { decision } of piecesWithin(table, [rangeOf(prefix)])) met.add(nameOf(decision));
    for (const key of met) {
      const counts = own.get(key);
      if (counts !== undefined) counts[met.size === 1 ? "whole" : "partly"]++;
    }
  }
  return {
    destination: set.name,
    kind: set.kind,
    ownPrefixes: set.prefixes.length,
    addresses: countAddresses(set.ranges),
    outcomes: [...groups].map(([key, group]) => ({
      ...tellAddresses(group.ranges),
      ...tellOutcome(group, annotated),
      ownPrefixes: own.get(key) ?? { whole: 0, partly: 0 },
    })),
  };
}
