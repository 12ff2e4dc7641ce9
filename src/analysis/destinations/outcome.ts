import { type AddressRange, unionOf } from "../../net/address-ranges.ts";
import { comparePrefixes, formatPrefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { type Certainty, certaintyOf, statusOf } from "../../selection/certainty.ts";
import type { Decision, Verdict } from "../../selection/decision.ts";
import { representativeOf, winnerOf } from "../../selection/explain.ts";
import type { Winner } from "../../selection/explanation.ts";
import { type RuleId, type RuleStatus, ruleOf } from "../../selection/rules.ts";
import type { Piece } from "../bulk/forwarding-table.ts";
import { largerFirst } from "./address-counts.ts";

/** The winning row of a group of addresses. Has the fields of an explanation's winner. */
interface GroupWinner extends Omit<Winner, "addressPrefix"> {
  /** The row's winning prefix; null if several of its prefixes win, each for some of the addresses. */
  readonly addressPrefix: string | null;
  /** The row's winning prefixes in numeric order. */
  readonly addressPrefixes: readonly string[];
}

/** The rule that decides for a group. It has no sentence, because the sentence of a rule is about one address. */
export interface DecidingRule {
  readonly id: RuleId;
  readonly status: RuleStatus;
  readonly source: string;
}

/** The routing result of a group of addresses. The same rows win for all of them, by the same rule. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly winner: GroupWinner | null;
  readonly rule: DecidingRule;
  readonly certainty: Certainty;
}

/** Addresses with the same outcome. Different prefixes of the winning rows may cover them. */
export interface OutcomeGroup {
  /** The distinct decisions. They differ only in the prefixes of the winners or in the losers. */
  readonly decisions: readonly Decision[];
  /** Normalised. */
  readonly ranges: readonly AddressRange[];
}

/**
 * Returns a function from the decisions of one table to a key. Decisions with equal keys have equal outcomes. Caches
 * by identity.
 */
export function outcomeKeys(): (decision: Decision) => string {
  const known = new Map<Decision, string>();
  return (decision) => {
    let key = known.get(decision);
    if (key === undefined) {
      const { verdict, rule, winners } = decision;
      key = [verdict, rule, certaintyOf(decision), ...winners.map(({ index }) => index)].join(" ");
      known.set(decision, key);
    }
    return key;
  };
}

/** Groups the pieces of one table by key, largest group first. Calls `onGroup` as each group begins. Cost: a sort. */
export function groupPieces(
  pieces: Iterable<Piece>,
  keyOf: (piece: Piece) => string,
  onGroup?: () => void,
): Map<string, OutcomeGroup> {
  const gathered = new Map<string, { decisions: Set<Decision>; ranges: AddressRange[] }>();
  for (const piece of pieces) {
    const key = keyOf(piece);
    let group = gathered.get(key);
    if (group === undefined) {
      onGroup?.();
      group = { decisions: new Set(), ranges: [] };
      gathered.set(key, group);
    }
    group.decisions.add(piece.decision);
    group.ranges.push({ family: piece.family, first: piece.first, last: piece.last });
  }
  const groups = [...gathered].map(
    ([key, { decisions, ranges }]) => [key, { decisions: [...decisions], ranges: unionOf(ranges) }] as const,
  );
  return new Map(groups.sort(([, a], [, b]) => largerFirst(a.ranges, b.ranges)));
}

/** Describes the outcome of a group. */
export function describeOutcome({ decisions }: OutcomeGroup, annotated: AnnotatedRouteTable): Outcome {
  const decision = decisions[0];
  if (decision === undefined) throw new RangeError("a group without decisions");
  const { id, source } = ruleOf(decision.rule);
  const status = statusOf(decision);
  return {
    verdict: decision.verdict,
    winner: groupWinner(decisions, annotated),
    rule: { id, status, source },
    certainty: certaintyOf(decision),
  };
}

function groupWinner(decisions: readonly Decision[], annotated: AnnotatedRouteTable): GroupWinner | null {
  const winner = decisions[0] === undefined ? null : winnerOf(decisions[0], annotated);
  if (winner === null) return null;
  const covering = decisions.flatMap((decision) => representativeOf(decision) ?? []);
  const prefixes = new Map(covering.map(({ prefix }) => [formatPrefix(prefix), prefix]));
  if (prefixes.size === 1) return { ...winner, addressPrefixes: [winner.addressPrefix] };
  // A prefix may have another tag than its row. With several prefixes, use the tag of the row.
  return {
    ...winner,
    serviceTag: annotated.routes[covering[0]?.index ?? -1]?.serviceTag?.name ?? null,
    addressPrefix: null,
    addressPrefixes: [...prefixes.values()].sort(comparePrefixes).map(formatPrefix),
  };
}
