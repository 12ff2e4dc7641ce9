import { type AddressRange, prefixesOf } from "../../net/address-ranges.ts";
import type { Prefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { certaintyOf } from "../../selection/certainty.ts";
import type { Decision } from "../../selection/decision.ts";
import { winnerOf } from "../../selection/explain.ts";
import type { Certainty, Verdict } from "../../selection/explanation.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { ForwardingTable } from "../bulk/forwarding-table.ts";

/** What every export says of an address; empty texts and lists where nothing wins (`platform`, `no-route`). */
export interface ExportedAnswer {
  readonly verdict: Verdict;
  readonly nextHopType: string | null;
  /** Every next hop of an equal-cost set. */
  readonly nextHopIpAddress: readonly string[];
  /** The winning row's prefix. */
  readonly addressPrefix: string | null;
  readonly source: string | null;
  readonly name: string | null;
  readonly serviceTag: string | null;
  readonly certainty: Certainty;
}

/** Consecutive addresses with one and the same answer; the addresses before and after have another. */
export interface ExportRange extends AddressRange {
  readonly answer: ExportedAnswer;
}

/**
 * The table for engines that join on addresses: both families' whole space, IPv4 first, every address in one and only
 * one range. Agrees with `select` on every address. Cost: linear in the pieces of the forwarding table.
 */
export function exportRanges(annotated: AnnotatedRouteTable): ExportRange[] {
  const table = new ForwardingTable(annotated.table.routes);
  const answers = answersOf(annotated);
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

/**
 * The shortest list of prefixes of each range: together they hold every address once, so that any prefix look-up finds
 * one.
 */
export function* exportPrefixes(
  ranges: Iterable<ExportRange>,
): Generator<{ readonly prefix: Prefix; readonly answer: ExportedAnswer }> {
  for (const range of ranges) for (const prefix of prefixesOf([range])) yield { prefix, answer: range.answer };
}

/** Equal answers are one object. */
function answersOf(annotated: AnnotatedRouteTable): (decision: Decision) => ExportedAnswer {
  const byDecision = new Map<Decision, ExportedAnswer>();
  const byText = new Map<string, ExportedAnswer>();
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
    serviceTag: winner?.serviceTag ?? null,
    certainty: certaintyOf(decision),
  };
}

/**
 * Returns the lines of an export's first comment: where its routes came from, when, and any note on them. No line can
 * end the comment.
 */
export function originLines({ kind, name, fetchedAt, note }: RouteTableOrigin): readonly string[] {
  const when = fetchedAt === null ? "" : `, fetched ${quotedText(fetchedAt)}`;
  const from = `Effective routes of: ${quotedText(`${kind} ${name}`, 200)}${when}. Written by vnet-explain.`;
  return note === null ? [from] : [from, quotedText(note, 500)];
}
