import { type Address, formatAddress } from "../net/address.ts";
import { formatPrefix } from "../net/prefix.ts";
import type { AnnotatedRouteTable, ServiceTagMatch, ServiceTagSource } from "../routes/annotation.ts";
import { certaintyOf, statusOf } from "./certainty.ts";
import type { CoveringRow } from "./covering.ts";
import type { Decision } from "./decision.ts";
import { diagnose } from "./diagnosis.ts";
import type {
  AppliedRule,
  BriefAnswer,
  Candidate,
  CandidateOutcome,
  Explanation,
  VerdictAndWinner,
  Winner,
} from "./explanation.ts";
import { inactiveLabel, loserLabel, winnerLabel } from "./labels.ts";
import { scopeOf } from "./notes/note-subject.ts";
import { notesFor } from "./notes/notes.ts";
import { isNone } from "./route-kinds.ts";
import { type RuleId, ruleOf } from "./rules.ts";
import { select } from "./select.ts";
import { inactiveText, loserText, ruleText, winnerText } from "./wording.ts";

type Said = Pick<Candidate, "label" | "text">;

type RowFields = Omit<Candidate, "outcome" | "reason" | keyof Said>;

function rowFields(row: CoveringRow, annotated: AnnotatedRouteTable): RowFields {
  const annotation = annotated.routes[row.index];
  return {
    addressPrefix: formatPrefix(row.prefix),
    source: row.route.source,
    state: row.route.state,
    name: row.route.name,
    nextHopType: row.route.nextHopType,
    nextHopIpAddress: row.route.nextHopIpAddress,
    serviceTag: annotation?.prefixes[row.place]?.serviceTag ?? null,
    serviceEndpoint: annotation?.serviceEndpoint ?? null,
  };
}

/** The winner that represents an equal-cost set: one that forwards, if any does. Null where nothing wins. */
export function representativeOf(decision: Decision): CoveringRow | null {
  return decision.winners.find(({ route }) => !isNone(route)) ?? decision.winners[0] ?? null;
}

/** The winning row in the form of the output; null for `platform` and `no-route`. */
export function winnerOf(decision: Decision, annotated: AnnotatedRouteTable): Winner | null {
  const row = representativeOf(decision);
  if (row === null) return null;
  const { state: _, ...fields } = rowFields(row, annotated);
  const nextHops = decision.winners.flatMap(({ route }) => route.nextHopIpAddress);
  return { ...fields, nextHopIpAddress: [...new Set(nextHops)] };
}

function appliedRule(decision: Decision): AppliedRule {
  const { id, source } = ruleOf(decision.rule);
  return { id, status: statusOf(decision), source, text: ruleText(decision) };
}

/** The part of an explanation that depends on the decision alone, the same for every destination with that decision. */
export interface DecisionExplanation extends Pick<Explanation, "rule" | "certainty" | "candidates"> {
  readonly outcome: VerdictAndWinner;
}

function outcomeOf(decision: Decision, annotated: AnnotatedRouteTable): VerdictAndWinner {
  const { verdict } = decision;
  if (verdict === "platform" || verdict === "no-route") return { verdict, winner: null };
  const winner = winnerOf(decision, annotated);
  if (winner === null) throw new RangeError(`a decision to ${verdict} without a winner`);
  return { verdict, winner };
}

/** The explanation in brief. */
export function brief(explanation: Explanation): BriefAnswer {
  const { destination, hostName, verdict, winner, rule, certainty, serviceTags } = explanation;
  const serviceTag = winner?.serviceTag ?? serviceTags[0]?.name ?? null;
  return { destination, hostName, verdict, winner, rule: rule.id, certainty, serviceTag };
}

/** Explains a decision, without a destination. Cost: linear in the covering rows. */
export function explainDecision(decision: Decision, annotated: AnnotatedRouteTable): DecisionExplanation {
  const candidate = (row: CoveringRow, outcome: CandidateOutcome, reason: RuleId, said: Said): Candidate => ({
    ...rowFields(row, annotated),
    outcome,
    reason,
    ...said,
  });
  return {
    outcome: outcomeOf(decision, annotated),
    rule: appliedRule(decision),
    certainty: certaintyOf(decision),
    candidates: [
      ...decision.winners.map((row) =>
        candidate(row, "won", decision.rule, { label: winnerLabel(row, decision), text: winnerText(row, decision) }),
      ),
      ...decision.losers.map(({ row, reason }) =>
        candidate(row, "lost", reason, {
          label: loserLabel(row, reason, decision),
          text: loserText(row, reason, decision),
        }),
      ),
      ...decision.inactive.map((row) =>
        candidate(row, "inactive", "inactive-route", {
          label: inactiveLabel(row, decision),
          text: inactiveText(row, decision),
        }),
      ),
    ],
  };
}

/** The explanation for one destination, from its decision and that decision's explanation. */
export function explanationOf(
  destination: Address,
  decision: Decision,
  explained: DecisionExplanation,
  { table }: AnnotatedRouteTable,
  serviceTags: readonly ServiceTagMatch[],
): Explanation {
  const { outcome, rule, certainty, candidates } = explained;
  const { diagnosis, next } = diagnose({
    decision,
    table,
    winner: outcome.winner,
    scope: scopeOf(destination),
    family: destination.family,
    serviceTag: serviceTags[0]?.name ?? null,
  });
  return {
    destination: formatAddress(destination),
    hostName: null,
    ...outcome,
    diagnosis,
    next,
    rule,
    certainty,
    candidates,
    serviceTags,
    notes: notesFor({ decision, destination, table, tags: serviceTags }),
    networkWatcher: null,
  };
}

/**
 * Explains where the table sends a destination: the winner, the rule that decided, why every other covering row lost,
 * the service tags that hold the address. Pure. Cost: linear in the table's prefixes.
 */
export function explain(
  annotated: AnnotatedRouteTable,
  destination: Address,
  tags: ServiceTagSource | null,
): Explanation {
  const decision = select(annotated.table.routes, destination);
  const explained = explainDecision(decision, annotated);
  return explanationOf(destination, decision, explained, annotated, tags?.lookup(destination) ?? []);
}
