import { rangeOf } from "../../net/address-ranges.ts";
import { comparePrefixes, formatPrefix, parsePrefix } from "../../net/prefix.ts";
import { describeAddresses } from "./address-counts.ts";
import { type DestinationOutcome, splitSize } from "./split.ts";

/** Outcomes that differ only in the row that wins: 21 rows with next hop None, say. */
export interface FoldedOutcome extends DestinationOutcome {
  /** How many outcomes are folded into this one. */
  readonly folded: number;
  /** The names of their winning routes, each once, without those that have none. */
  readonly names: readonly string[];
}

/** Outcomes with equal keys lead to the same place for the same reason. */
function keyOf({ verdict, winner, rule, certainty, diagnosis, notes }: DestinationOutcome): string {
  const hop = winner && [winner.source, winner.nextHopType, winner.nextHopIpAddress].map(String);
  const service = winner && [winner.serviceEndpoint, winner.serviceTag];
  return JSON.stringify([
    verdict,
    hop,
    service,
    rule.id,
    certainty,
    diagnosis.id,
    diagnosis.level,
    notes,
  ]).toLowerCase();
}

/**
 * Folds outcomes with the same verdict, next hop, source, service and rule into one, in the place of the largest. Every
 * address stays in exactly one, and counts are exact. An outcome that equals no other has
 * `folded: 1`. Cost: a sort of the folded prefixes.
 */
export function foldOutcomes(outcomes: readonly DestinationOutcome[]): readonly FoldedOutcome[] {
  const groups = new Map<string, DestinationOutcome[]>();
  for (const outcome of outcomes) {
    const key = keyOf(outcome);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [outcome]);
    else group.push(outcome);
  }
  return [...groups.values()].map(folded);
}

function folded(group: readonly DestinationOutcome[]): FoldedOutcome {
  const [first] = group;
  if (first === undefined) throw new RangeError("a fold of nothing");
  const names = [...new Set(group.flatMap(({ winner }) => winner?.name ?? []))];
  if (group.length === 1) return { ...first, folded: 1, names };
  const prefixes = group.flatMap((each) => each.prefixes.map((prefix) => parsePrefix(prefix)));
  const winning = group.flatMap(({ winner }) => winner?.addressPrefixes ?? []).map((prefix) => parsePrefix(prefix));
  const texts = [...new Set(winning.sort(comparePrefixes).map(formatPrefix))];
  return {
    ...first,
    diagnosis: { ...first.diagnosis, text: first.diagnosis.brief },
    ...describeAddresses(prefixes.map(rangeOf), splitSize()),
    winner: first.winner && { ...first.winner, name: null, addressPrefix: null, addressPrefixes: texts },
    ownPrefixes: {
      whole: group.reduce((sum, { ownPrefixes }) => sum + ownPrefixes.whole, 0),
      partly: group.reduce((sum, { ownPrefixes }) => sum + ownPrefixes.partly, 0),
    },
    winningPrefixes: group.flatMap(({ winningPrefixes }) => winningPrefixes),
    winningRows: group.reduce((sum, each) => sum + each.winningRows, 0),
    folded: group.length,
    names,
  };
}
