import type { AddressRange } from "../../net/address-ranges.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import { type Certainty, certaintyOf } from "../../selection/certainty.ts";
import type { Decision, Verdict } from "../../selection/decision.ts";
import { winnerOf } from "../../selection/explain.ts";
import { UserError } from "../../text/user-error.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";

/** The answer of an export for an address. Null or empty where no route wins (`platform`, `no-route`). */
export interface ExportedAnswer {
  readonly verdict: Verdict;
  readonly nextHopType: string | null;
  /** All next hops of an equal-cost set. */
  readonly nextHopIpAddress: readonly string[];
  /** The prefix of the winning row. */
  readonly addressPrefix: string | null;
  readonly source: string | null;
  readonly name: string | null;
  /**
   * The tag of the winning service endpoint row, never another tag of the destination: the winner's `serviceTag` in
   * JSON. The column `serviceTag` of `whichroute` falls back to the destination's own tag, so it has another name.
   */
  readonly endpointTag: string | null;
  /** The service of that row, e.g. `Microsoft.Storage`. */
  readonly serviceEndpoint: string | null;
  readonly certainty: Certainty;
}

/** Consecutive addresses with the same answer. The addresses before and after have another one. */
export interface ExportRange extends AddressRange {
  readonly answer: ExportedAnswer;
}

/** The answers so far, by their text. Ranges of several tables that share it have the same object for equal answers. */
export type KnownAnswers = Map<string, ExportedAnswer>;

/**
 * Returns the table as ranges, for engines that join on addresses. The ranges cover both families completely, IPv4
 * first, and every address is in exactly one. Returns the same as `select` for every address. Cost: linear in the
 * pieces of the forwarding table.
 * @throws UserError for a table with more prefixes than the ranges have memory for.
 */
export function exportRanges(annotated: AnnotatedRouteTable, known: KnownAnswers = new Map()): ExportRange[] {
  refuseTooMany(annotated);
  const table = new ForwardingTable(annotated.table.routes);
  const answers = answersOf(annotated, known);
  const ranges: ExportRange[] = [];
  for (const family of [4, 6] as const) {
    let open: { answer: ExportedAnswer; first: bigint; last: bigint } | null = null;
    for (const { first, last, decision } of table.pieces(family)) {
      const answer = answers(decision);
      if (open !== null && open.answer === answer) {
        open.last = last;
        continue;
      }
      if (open !== null) ranges.push({ family, ...open });
      open = { answer, first, last };
    }
    if (open !== null) ranges.push({ family, ...open });
  }
  return ranges;
}

/** The most prefixes of an exported table: each becomes up to two ranges, and these the text of a query. */
const MOST_PREFIXES = 100_000;

function refuseTooMany({ table: { routes } }: AnnotatedRouteTable): void {
  const prefixes = routes.reduce((sum, { addressPrefix }) => sum + addressPrefix.length, 0);
  if (prefixes <= MOST_PREFIXES) return;
  throw new UserError(
    "result-too-large",
    `the table has more than ${MOST_PREFIXES.toLocaleString("en")} prefixes to export`,
    "write the rows instead: routes -o csv has one row per prefix",
  );
}

/** Returns a function from a decision to its answer. Equal answers are the same object. */
function answersOf(annotated: AnnotatedRouteTable, byText: KnownAnswers): (decision: Decision) => ExportedAnswer {
  const byDecision = new Map<Decision, ExportedAnswer>();
  return (decision) => {
    let answer = byDecision.get(decision);
    if (answer === undefined) {
      const own = answerOf(decision, annotated);
      const text = JSON.stringify(own);
      answer = byText.get(text) ?? own;
      byText.set(text, answer);
      byDecision.set(decision, answer);
    }
    return answer;
  };
}

function answerOf(decision: Decision, annotated: AnnotatedRouteTable): ExportedAnswer {
  const winner = winnerOf(decision, annotated);
  return {
    verdict: decision.verdict,
    nextHopType: winner?.nextHopType ?? null,
    nextHopIpAddress: winner?.nextHopIpAddress ?? [],
    addressPrefix: winner?.addressPrefix ?? null,
    source: winner?.source ?? null,
    name: winner?.name ?? null,
    endpointTag: winner?.serviceTag ?? null,
    serviceEndpoint: winner?.serviceEndpoint ?? null,
    certainty: certaintyOf(decision),
  };
}
