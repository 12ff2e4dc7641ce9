import { type AddressRange, unionOf } from "../../net/address-ranges.ts";
import { comparePrefixes, formatPrefix, type Prefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { certaintyOf, statusOf } from "../../selection/certainty.ts";
import type { Decision } from "../../selection/decision.ts";
import { representativeOf, winnerOf } from "../../selection/explain.ts";
import type { Certainty, Verdict, Winner } from "../../selection/explanation.ts";
import { type RuleId, type RuleStatus, ruleOf } from "../../selection/rules.ts";
import type { Piece } from "../bulk/forwarding-table.ts";
import { largerFirst } from "./address-counts.ts";

/** The winning row of many addresses: the fields of one explanation's winner. */
interface GroupWinner extends Omit<Winner, "addressPrefix"> {
  /** The row's prefix that wins; null where several of the row's prefixes win, each for some of the addresses. */
  readonly addressPrefix: string | null;
  /** Those of the row's prefixes that win, in numeric order. */
  readonly addressPrefixes: readonly string[];
}

/** A rule as groups of addresses name it: its sentence would speak of one address only. */
export interface DecidingRule {
  readonly id: RuleId;
  readonly status: RuleStatus;
  readonly source: string;
}

/** What becomes of a group of addresses: the same rows win for all of them, by the same rule. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly winner: GroupWinner | null;
  readonly rule: DecidingRule;
  readonly certainty: Certainty;
}

/** Addresses with the same outcome, by whichever prefixes of the winning rows. */
export interface OutcomeGroup {
  /** The distinct decisions, which differ in the winners' prefixes or in the losers. */
  readonly decisions: readonly Decision[];
  /** Normalised. */
  readonly ranges: readonly AddressRange[];
}

/** Names the outcome of decisions of one table: equal names, equal outcomes. Decisions are known by identity, so each is named once. */
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

/** Gathers pieces of one table by a key, those of a key in one group: the largest group first. Cost: that of sorting. */
export function groupPieces(pieces: Iterable<Piece>, keyOf: (piece: Piece) => string): Map<string, OutcomeGroup> {
  const gathered = new Map<string, { decisions: Set<Decision>; ranges: AddressRange[] }>();
  for (const piece of pieces) {
    const key = keyOf(piece);
    let group = gathered.get(key);
    if (group === undefined) {
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

/** Tells the outcome of a group. */
export function tellOutcome({ decisions }: OutcomeGroup, annotated: AnnotatedRouteTable): Outcome {
  const decision = decisions[0];
  if (decision === undefined) throw new RangeError("a group of no decisions");
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
  const prefixes = new Map<string, Prefix>();
  let row = -1;
  for (const decision of decisions) {
    const speaking = representativeOf(decision);
    if (speaking === null) continue;
    row = speaking.index;
    prefixes.set(formatPrefix(speaking.prefix), speaking.prefix);
  }
  if (prefixes.size === 1) return { ...winner, addressPrefixes: [winner.addressPrefix] };
  // One prefix of the row may be of another tag than the row is; for several of them the row's own name speaks.
  return {
    ...winner,
    serviceTag: annotated.routes[row]?.serviceTag?.name ?? null,
    addressPrefix: null,
    addressPrefixes: [...prefixes.values()].sort(comparePrefixes).map(formatPrefix),
  };
}
