import { type Address, bitsOf } from "../../net/address.ts";
import { type AddressRange, intersectionOf, prefixesIn, rangeOf } from "../../net/address-ranges.ts";
import { INTERNET_RANGES, PRIVATE_RANGES } from "../../net/address-scope.ts";
import { formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { Decision } from "../../selection/decision.ts";
import { representativeOf } from "../../selection/explain.ts";
import { NOTE_IDS, type NoteId } from "../../selection/explanation.ts";
import { notesFor } from "../../selection/notes/notes.ts";
import type { ForwardingTable } from "../bulk/forwarding-table.ts";
import { type AddressCounts, type AddressGroup, countAddresses, tellAddresses } from "./address-counts.ts";
import type { DestinationSet } from "./destination-set.ts";
import { groupPieces, type Outcome, type OutcomeGroup, outcomeKeys, tellOutcome } from "./outcome.ts";
import { piecesWithin } from "./pieces.ts";
import { ResultSize } from "./result-size.ts";

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
  /** Of each of `prefixes`, in their order: those prefixes of the winning row that win for its addresses. */
  readonly winningPrefixes: readonly (readonly string[])[];
  /** What a reader of the outcome should know besides, as explanations of single addresses tell it: whichever holds for some of the addresses. */
  readonly notes: readonly NoteId[];
}

/** A destination set, split by what becomes of its addresses. */
export interface DestinationSplit {
  readonly destination: string;
  readonly kind: DestinationSet["kind"];
  /** How many prefixes the set is written as: of a tag those of the tag file, of a file those of all its lines. */
  readonly ownPrefixes: number;
  readonly addresses: AddressCounts;
  /** Every address of the set is in one and only one. Most IPv4 addresses first, then most IPv6 addresses, then the lowest first address. */
  readonly outcomes: readonly DestinationOutcome[];
}

/** The size of all splits of one answer. */
export function splitSize(): ResultSize {
  const hint = "ask about fewer addresses at once, or line by line: --ip - < FILE";
  return new ResultSize({ prefixes: 1_000_000, groups: 100_000, name: "outcomes", hint });
}

/**
 * Splits a set by outcome: verdict, winning rows, deciding rule, certainty. Exact: agrees with `select` on every address. The table and the
 * forwarding table are of the same rows. Cost: a search per prefix of the set, a step per piece of the table in it.
 */
export function splitByDecision(
  set: DestinationSet,
  annotated: AnnotatedRouteTable,
  table: ForwardingTable,
  size: ResultSize = splitSize(),
): DestinationSplit {
  const nameOf = outcomeKeys();
  const groups = groupPieces(piecesWithin(table, set.ranges), ({ decision }) => nameOf(decision));
  const counts = new Map([...groups.keys()].map((key) => [key, { whole: 0, partly: 0 }]));
  let ownPrefixes = 0;
  for (const { prefix, count } of set.own) {
    ownPrefixes += count;
    const met = keysWithin(table, prefix, nameOf);
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
        ...tellAddresses(group.ranges, size),
        ...tellOutcome(group, annotated),
        ownPrefixes: counts.get(key) ?? { whole: 0, partly: 0 },
        winningPrefixes: Array.from(prefixesIn(group.ranges), winnersOf),
        notes: noteIds(group, annotated.table),
      };
    }),
  };
}

/** The notes on private and on public addresses differ, so each decision is noted for the ends of both. */
function noteIds({ decisions, ranges }: OutcomeGroup, table: RouteTable): readonly NoteId[] {
  const destinations = [PRIVATE_RANGES, INTERNET_RANGES].flatMap((scope) => endsOf(intersectionOf(ranges, scope)));
  const examples = destinations.length > 0 ? destinations : endsOf(ranges);
  const notes = decisions.flatMap((decision) =>
    examples.flatMap((destination) => notesFor({ decision, destination, table, tags: [] })),
  );
  const found = new Set(notes.map(({ id }) => id));
  return NOTE_IDS.filter((id) => found.has(id));
}

/** The first and the last address of the ranges. */
function endsOf(ranges: readonly AddressRange[]): readonly Address[] {
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    { family: first.family, value: first.first },
    { family: last.family, value: last.last },
  ];
}

const isAddress = ({ family, length }: Prefix) => length === bitsOf(family);

/** The outcomes of a prefix's addresses, each once. */
function keysWithin(table: ForwardingTable, prefix: Prefix, nameOf: (decision: Decision) => string): readonly string[] {
  // Files hold addresses by the hundred thousand.
  if (isAddress(prefix)) return [nameOf(table.select({ family: prefix.family, value: prefix.first }))];
  return [...new Set(Array.from(piecesWithin(table, [rangeOf(prefix)]), ({ decision }) => nameOf(decision)))];
}

/** Finds, of a prefix's addresses, the prefixes that win for them. */
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
