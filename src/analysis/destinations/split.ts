import { type Address, bitsOf } from "../../net/address.ts";
import { type AddressRange, intersectionOf, prefixesIn, rangeOf } from "../../net/address-ranges.ts";
import { internetRanges, privateRanges } from "../../net/address-scope.ts";
import { formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { Decision } from "../../selection/decision.ts";
import { type Diagnosed, diagnose } from "../../selection/diagnosis.ts";
import { representativeOf } from "../../selection/explain.ts";
import type { Diagnosis } from "../../selection/explanation.ts";
import { scopeOf } from "../../selection/notes/note-subject.ts";
import { NOTE_IDS, type NoteId, notesFor } from "../../selection/notes/notes.ts";
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
  /** How many rows win, for equal cost several; 0 where no row does. */
  readonly winningRows: number;
  /** The answer for all of them in one line. */
  readonly diagnosis: Diagnosis;
  /** What to check next; null where all is well. */
  readonly next: string | null;
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
  // Counted while they are gathered: those of a large table would not fit.
  const groups = groupPieces(
    piecesWithin(table, set.ranges),
    ({ decision }) => keyOf(decision),
    () => size.addGroup(),
  );
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
      const outcome = describeOutcome(group, annotated);
      const examples = examplesOf(group);
      return {
        ...describeAddresses(group.ranges, size),
        ...outcome,
        ownPrefixes: counts.get(key) ?? { whole: 0, partly: 0 },
        winningPrefixes: Array.from(prefixesIn(group.ranges), winnersOf),
        winningRows: group.decisions[0]?.winners.length ?? 0,
        ...ofSet(diagnosisOf(group, outcome, examples, annotated.table), set),
        notes: noteIds(group, examples, annotated.table),
      };
    }),
  };
}

/** Tags and keywords have addresses of both families. Their IPv6 part is not a fault of a subnet without IPv6. */
function ofSet(found: Diagnosed, { kind }: DestinationSet): Diagnosed {
  if (found.diagnosis.id !== "no-ipv6" || (kind !== "tag" && kind !== "keyword")) return found;
  const text = "not sent: the subnet has no IPv6";
  return { diagnosis: { ...found.diagnosis, level: "fine", brief: text, text }, next: null };
}

/** Private and public addresses have different notes, so these are the ends of both ranges. */
function examplesOf({ ranges }: OutcomeGroup): readonly Address[] {
  const ends = [privateRanges(), internetRanges()].flatMap((scope) => endsOf(intersectionOf(ranges, scope)));
  return ends.length > 0 ? ends : endsOf(ranges);
}

function noteIds({ decisions }: OutcomeGroup, examples: readonly Address[], table: RouteTable): readonly NoteId[] {
  const notes = decisions.flatMap((decision) =>
    examples.flatMap((destination) => notesFor({ decision, destination, table, tags: [] })),
  );
  const found = new Set(notes.map(({ id }) => id));
  return NOTE_IDS.filter((id) => found.has(id));
}

/** The diagnosis of a group. Where only its private addresses have a problem, it says so. */
function diagnosisOf(
  { decisions }: OutcomeGroup,
  { winner }: Outcome,
  examples: readonly Address[],
  table: RouteTable,
): Diagnosed {
  const [decision] = decisions;
  if (decision === undefined) throw new RangeError("a group without decisions");
  const found = examples.map((example) => {
    const { family } = example;
    return diagnose({ decision, table, winner, scope: scopeOf(example), family, serviceTag: null });
  });
  const best = found.find(({ diagnosis }) => diagnosis.id !== "private-to-internet") ?? found[0];
  const worst = found.find(({ diagnosis }) => diagnosis.id === "private-to-internet");
  if (best === undefined) throw new RangeError("a group without addresses");
  if (worst === undefined || best === worst) return best;
  const but = ", but NOT DELIVERED for private addresses";
  const { brief, text } = best.diagnosis;
  const diagnosis = { ...best.diagnosis, level: "warning", brief: brief + but, text: text + but } as const;
  return { diagnosis, next: best.next ?? worst.next };
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
