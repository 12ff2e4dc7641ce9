import { type Address, bitsOf } from "../../net/address.ts";
import { type AddressRange, intersectionOf, prefixesIn, rangeOf } from "../../net/address-ranges.ts";
import { internetRanges, privateRanges } from "../../net/address-scope.ts";
import { formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { Decision } from "../../selection/decision.ts";
import { representativeOf } from "../../selection/explain.ts";
import { NOTE_IDS, type NoteId } from "../../selection/explanation.ts";
import { notesFor } from "../../selection/notes/notes.ts";
import type { ForwardingTable } from "../bulk/forwarding-table.ts";
import { type AddressCounts, type AddressGroup, countAddresses, describeAddresses } from "./address-counts.ts";
import type { DestinationSet } from "./destination-set.ts";
import { describeOutcome, groupPieces, type Outcome, type OutcomeGroup, outcomeKeys } from "./outcome.ts";
import { piecesWithin } from "./pieces.ts";
import { ResultSize } from "./result-size.ts";

/** Number of the set's own prefixes with addresses in a group. The own prefixes of a tag are those of the tag file. */
interface OwnPrefixes {
  /** All addresses of the prefix are in the group. */
  readonly whole: number;
  /** Some addresses of the prefix are in the group, others in another one. */
  readonly partly: number;
}

/** The addresses of a set with the same outcome. */
export interface DestinationOutcome extends AddressGroup, Outcome {
  readonly ownPrefixes: OwnPrefixes;
  /** For each entry of `prefixes`, in order: the prefixes of the winning row that win for its addresses. */
  readonly winningPrefixes: readonly (readonly string[])[];
  /** The notes that apply to at least one of the addresses. */
  readonly notes: readonly NoteId[];
}

/** A destination set, split by outcome. */
export interface DestinationSplit {
  readonly destination: string;
  readonly kind: DestinationSet["kind"];
  /** Number of the set's own prefixes: of a tag those of the tag file, of a file those of all its lines. */
  readonly ownPrefixes: number;
  readonly addresses: AddressCounts;
  /**
   * Every address of the set is in exactly one. Sorted by most IPv4 addresses, most IPv6 addresses, lowest first
   * address.
   */
  readonly outcomes: readonly DestinationOutcome[];
}

/** Returns the size limits for all splits of one answer. */
export function splitSize(): ResultSize {
  const hint = "ask about fewer addresses at once, or line by line: --ip - < FILE";
  return new ResultSize({ prefixes: 1_000_000, groups: 20_000, name: "outcomes", hint });
}

/**
 * Splits a set by outcome (verdict, winning rows, deciding rule, certainty). Returns the same as `select` for every
 * address. `table` must be compiled from the rows of `annotated`. Cost: a binary search per prefix of the set and a
 * step per piece of the table in it.
 */
export function splitByDecision(
  set: DestinationSet,
  annotated: AnnotatedRouteTable,
  table: ForwardingTable,
  size: ResultSize = splitSize(),
): DestinationSplit {
  const keyOf = outcomeKeys();
  const groups = groupPieces(piecesWithin(table, set.ranges), ({ decision }) => keyOf(decision));
  const counts = new Map([...groups.keys()].map((key) => [key, { whole: 0, partly: 0 }]));
  let ownPrefixes = 0;
  for (const { prefix, count } of set.own) {
    ownPrefixes += count;
    const met = keysWithin(table, prefix, keyOf);
    for (const key of met) {
      const own = counts.get(key);
      if (own !== undefined) own[met.length === 1 ? "whole" : "partly"] += count;
    }
  }
  const winnersOf = winningPrefixes(table);
  return {
    destination: set.name,
    kind: set.kind,
    ownPrefixes,
    addresses: countAddresses(set.ranges),
    outcomes: Array.from(groups, ([key, group]) => {
      size.addGroup();
      return {
        ...describeAddresses(group.ranges, size),
        ...describeOutcome(group, annotated),
        ownPrefixes: counts.get(key) ?? { whole: 0, partly: 0 },
        winningPrefixes: Array.from(prefixesIn(group.ranges), winnersOf),
        notes: noteIds(group, annotated.table),
      };
    }),
  };
}

/** Private and public addresses have different notes, so this checks each decision for the ends of both ranges. */
function noteIds({ decisions, ranges }: OutcomeGroup, table: RouteTable): readonly NoteId[] {
  const destinations = [privateRanges(), internetRanges()].flatMap((scope) => endsOf(intersectionOf(ranges, scope)));
  const examples = destinations.length > 0 ? destinations : endsOf(ranges);
  const notes = decisions.flatMap((decision) =>
    examples.flatMap((destination) => notesFor({ decision, destination, table, tags: [] })),
  );
  const found = new Set(notes.map(({ id }) => id));
  return NOTE_IDS.filter((id) => found.has(id));
}

/** Returns the first and the last address of the ranges. */
function endsOf(ranges: readonly AddressRange[]): readonly Address[] {
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    { family: first.family, value: first.first },
    { family: last.family, value: last.last },
  ];
}

const isAddress = ({ family, length }: Prefix) => length === bitsOf(family);

/** Returns the distinct outcome keys of a prefix's addresses. */
function keysWithin(table: ForwardingTable, prefix: Prefix, keyOf: (decision: Decision) => string): readonly string[] {
  // Fast path: files may contain hundreds of thousands of addresses.
  if (isAddress(prefix)) return [keyOf(table.select({ family: prefix.family, value: prefix.first }))];
  return [...new Set(Array.from(piecesWithin(table, [rangeOf(prefix)]), ({ decision }) => keyOf(decision)))];
}

/** Returns a function that finds the winning prefixes for the addresses of a prefix. */
function winningPrefixes(table: ForwardingTable): (prefix: Prefix) => readonly string[] {
  const known = new Map<Decision, readonly string[]>();
  const ofDecision = (decision: Decision) => {
    let texts = known.get(decision);
    if (texts === undefined) {
      const winner = representativeOf(decision);
      texts = winner === null ? [] : [formatPrefix(winner.prefix)];
      known.set(decision, texts);
    }
    return texts;
  };
  return (prefix) => {
    if (isAddress(prefix)) return ofDecision(table.select({ family: prefix.family, value: prefix.first }));
    const decisions = new Set(Array.from(piecesWithin(table, [rangeOf(prefix)]), ({ decision }) => decision));
    return [...new Set([...decisions].flatMap(ofDecision))];
  };
}
