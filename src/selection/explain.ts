import { type Address, formatAddress } from "../net/address.ts";
import { formatPrefix } from "../net/prefix.ts";
import type { AnnotatedRouteTable, ServiceTagMatch, ServiceTagSource } from "../routes/annotation.ts";
import type { CoveringRow } from "./covering.ts";
import type { Decision } from "./decision.ts";
import type {
  AppliedRule,
  BriefAnswer,
  Candidate,
  CandidateOutcome,
  Certainty,
  Explanation,
  Winner,
} from "./explanation.ts";
import { contestedRules, notesFor } from "./notes.ts";
import { isNone, isUser } from "./route-kinds.ts";
import { type RuleId, ruleOf } from "./rules.ts";
import { select } from "./select.ts";
import { inactiveText, loserText, ruleText, winnerText } from "./wording.ts";

type RowFields = Omit<Candidate, "outcome" | "reason" | "text">;

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

/** The winner that speaks for the set: of an equal-cost set that only partly drops, a row that forwards. Null where nothing wins. */
export function speakerOf(decision: Decision): CoveringRow | null {
  return decision.winners.find(({ route }) => !isNone(route)) ?? decision.winners[0] ?? null;
}

/** The winning row as output tells it; null for `platform` and `no-route`. */
export function winnerOf(decision: Decision, annotated: AnnotatedRouteTable): Winner | null {
  const row = speakerOf(decision);
  if (row === null) return null;
  const { state: _, ...fields } = rowFields(row, annotated);
  const nextHops = decision.winners.flatMap(({ route }) => route.nextHopIpAddress);
  return { ...fields, nextHopIpAddress: [...new Set(nextHops)] };
}

/** How sure the decision is: the status of its rule, or contested where any rule that separated the rows is. */
export function certaintyOf(decision: Decision): Certainty {
  if (contestedRules(decision).length > 0) return "contested";
  // Microsoft documents equal-cost routes for BGP; for user routes they were only seen.
  if (decision.rule === "equal-cost" && decision.winners.some(({ route }) => isUser(route))) return "observed";
  return ruleOf(decision.rule).status;
}

function appliedRule(decision: Decision): AppliedRule {
  const { id, status, source } = ruleOf(decision.rule);
  return { id, status, source, text: ruleText(decision) };
}

/** What the decision alone tells, which every destination that it is made for has in common. */
export type Account = Pick<Explanation, "verdict" | "winner" | "rule" | "certainty" | "candidates">;

/** The explanation in brief. */
export function brief(explanation: Explanation): BriefAnswer {
  const { destination, hostName, verdict, winner, rule, certainty, serviceTags } = explanation;
  const serviceTag = winner?.serviceTag ?? serviceTags[0]?.name ?? null;
  return { destination, hostName, verdict, winner, rule: rule.id, certainty, serviceTag };
}

/** Puts a decision into words. Cost: linear in the covering rows. */
export function accountOf(decision: Decision, annotated: AnnotatedRouteTable): Account {
  const candidate = (row: CoveringRow, outcome: CandidateOutcome, reason: RuleId, text: string): Candidate => ({
    ...rowFields(row, annotated),
    outcome,
    reason,
    text,
  });
  return {
    verdict: decision.verdict,
    winner: winnerOf(decision, annotated),
    rule: appliedRule(decision),
    certainty: certaintyOf(decision),
    candidates: [
      ...decision.winners.map((row) => candidate(row, "won", decision.rule, winnerText(row, decision))),
      ...decision.losers.map(({ row, reason }) => candidate(row, "lost", reason, loserText(row, reason, decision))),
      ...decision.inactive.map((row) => candidate(row, "inactive", "inactive-route", inactiveText(row, decision))),
    ],
  };
}

/** The explanation for one of the destinations that the decision, told by the account, is made for. */
export function explanationOf(
  destination: Address,
  decision: Decision,
  account: Account,
  serviceTags: readonly ServiceTagMatch[],
): Explanation {
  const { verdict, winner, rule, certainty, candidates } = account;
  return {
    destination: formatAddress(destination),
    hostName: null,
    verdict,
    winner,
    rule,
    certainty,
    candidates,
    serviceTags,
    notes: notesFor(decision, serviceTags),
    networkWatcher: null,
  };
}

/**
 * Explains where the table sends a destination: the winner, the rule that decided, why every other covering row lost, the
 * service tags that hold the address. Pure; cost linear in the table's prefixes.
 */
export function explain(
  annotated: AnnotatedRouteTable,
  destination: Address,
  tags: ServiceTagSource | null,
): Explanation {
  const decision = select(annotated.table.routes, destination);
  return explanationOf(destination, decision, accountOf(decision, annotated), tags?.lookup(destination) ?? []);
}
