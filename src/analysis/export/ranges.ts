import { type AddressRange, prefixesOf } from "../../net/address-ranges.ts";
import type { Prefix } from "../../net/prefix.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { certaintyOf } from "../../selection/certainty.ts";
import type { Decision } from "../../selection/decision.ts";
import { winnerOf } from "../../selection/explain.ts";
import type { Certainty, Verdict } from "../../selection/explanation.ts";
import { quotedText } from "../../text/quoted-text.ts";
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
  readonly serviceTag: string | null;
  readonly certainty: Certainty;
}

/** Consecutive addresses with the same answer. The addresses before and after have another one. */
export interface ExportRange extends AddressRange {
  readonly answer: ExportedAnswer;
}

/**
 * Returns the table as ranges, for engines that join on addresses. The ranges cover both families completely, IPv4
 * first, and every address is in exactly one. Returns the same as `select` for every address. Cost: linear in the
 * pieces of the forwarding table.
 * @throws UserError for a table with more prefixes than the ranges have memory for.
 */
export function exportRanges(annotated: AnnotatedRouteTable): ExportRange[] {
  refuseTooMany(annotated);
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

/**
 * Yields the shortest list of prefixes of each range. Together they contain every address once, so any prefix lookup
 * finds exactly one.
 */
export function* exportPrefixes(
  ranges: Iterable<ExportRange>,
): Generator<{ readonly prefix: Prefix; readonly answer: ExportedAnswer }> {
  for (const range of ranges) for (const prefix of prefixesOf([range])) yield { prefix, answer: range.answer };
}

/** Returns a function from a decision to its answer. Equal answers are the same object. */
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
 * Returns the lines of the comment at the start of an export: the origin of its routes, the time, and any note. No
 * line can end the comment.
 */
export function originLines({ kind, name, fetchedAt, note }: RouteTableOrigin): readonly string[] {
  const when = fetchedAt === null ? "" : `, fetched ${quotedText(fetchedAt)}`;
  const from = `Effective routes of: ${quotedText(`${kind} ${name}`, 200)}${when}. Written by vnet-explain.`;
  return note === null ? [from] : [from, quotedText(note, 500)];
}
