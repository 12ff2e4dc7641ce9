import { type FoldedOutcome, foldOutcomes } from "../../analysis/destinations/fold.ts";
import type { DestinationOutcome, DestinationSplit } from "../../analysis/destinations/split.ts";
import type { Diagnosis } from "../../selection/explanation.ts";
import { type LabelledText, labelled, labelledText } from "../../terminal/labelled-text.ts";
import { measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { same } from "../../text/same.ts";
import { addressesText, countsText, countText, groupText, prefixesText } from "./address-text.ts";
import { answerText, headlineText, LEVEL_COLOUR, levelMark } from "./answer-text.ts";

/** Returns the noun for a set's own prefixes; null for a set with fewer than two, or of a kind without any. */
function ownNoun({ kind, ownPrefixes }: DestinationSplit): Noun | null {
  if (ownPrefixes < 2) return null;
  if (kind === "tag") return { one: "prefix", many: "prefixes" };
  return kind === "file" ? { one: "entry", many: "entries" } : null;
}

interface Noun {
  readonly one: string;
  readonly many: string;
}

function ownCount({ ownPrefixes: { whole, partly } }: DestinationOutcome): string {
  const parts = [
    ...(whole > 0 ? [countText(`${whole}`)] : []),
    ...(partly > 0 ? [`parts of ${countText(`${partly}`)}`] : []),
  ];
  return parts.join(" and ");
}

/** Returns `1 prefix`, `12 entries`, `parts of 2 prefixes`. */
function ownCounted(outcome: DestinationOutcome, { one, many }: Noun): string {
  const { whole, partly } = outcome.ownPrefixes;
  return `${ownCount(outcome)} ${(partly > 0 ? partly : whole) === 1 ? one : many}`;
}

/** Returns the target of an outcome in a few words. */
function wayText({ verdict, winner, diagnosis }: FoldedOutcome, outcomes: readonly FoldedOutcome[]): string {
  if (winner === null) {
    if (diagnosis.id === "no-ipv6") return "not sent (no IPv6)";
    return verdict === "platform" ? "to the host" : "without a route: DROPPED";
  }
  const { serviceEndpoint, serviceTag, nextHopType, nextHopIpAddress, name } = winner;
  if (same(nextHopType, "VirtualNetworkServiceEndpoint")) {
    const others = outcomes.filter((each) => each.winner?.nextHopType === nextHopType).length > 1;
    return `by service endpoint${others ? ` ${serviceTag ?? serviceEndpoint ?? ""}`.trimEnd() : ""}`;
  }
  const way = name === null ? `to ${[nextHopType, nextHopIpAddress.join(", ")].join(" ").trimEnd()}` : `by ${name}`;
  const problem = verdict === "drop" ? ": DROPPED" : diagnosis.level === "problem" ? ": NOT DELIVERED" : "";
  return `${way}${problem}`;
}

/** Returns a summary on one line: the targets of the set, and its size. */
function summary(split: DestinationSplit, outcomes: readonly FoldedOutcome[]): string {
  const noun = ownNoun(split);
  const size = noun === null ? addressesText(split.addresses) : `${countText(`${split.ownPrefixes}`)} ${noun.many}`;
  return `${waysText(split, outcomes)} (${size})`;
}

/** Returns the common target of the set, or the number of its own prefixes with each outcome. */
function waysText(split: DestinationSplit, outcomes: readonly FoldedOutcome[]): string {
  const [first] = outcomes;
  if (first === undefined) return "nothing to route";
  if (outcomes.length === 1) return answerText(first);
  if (ownNoun(split) === null) return `${outcomes.length} outcomes`;
  return plainText(outcomes.map((outcome) => `${ownCount(outcome)} ${wayText(outcome, outcomes)}`).join(", "));
}

const LEVELS: readonly Diagnosis["level"][] = ["fine", "warning", "problem"];

function worstOf(outcomes: readonly DestinationOutcome[]): Diagnosis["level"] {
  return outcomes.reduce<Diagnosis["level"]>(
    (worst, { diagnosis: { level } }) => (LEVELS.indexOf(level) > LEVELS.indexOf(worst) ? level : worst),
    "fine",
  );
}

/** A set of addresses on one line: its level, and its summary. */
export function splitLine(split: DestinationSplit): { readonly level: Diagnosis["level"]; readonly text: string } {
  const outcomes = foldOutcomes(split.outcomes);
  const isNamed = outcomes.length > 1 && ownNoun(split) === null;
  return { level: worstOf(outcomes), text: isNamed ? largestWays(outcomes) : summary(split, outcomes) };
}

/** The most outcomes named on one line. */
const WAYS_SHOWN = 3;

/** Returns the largest outcomes of a set: `65,536 IPv4 to fw, 256 IPv4 to None: DROPPED, and 2 more`. */
function largestWays(outcomes: readonly FoldedOutcome[]): string {
  const ways = outcomes.map((outcome) => `${countsText(outcome.addresses)} ${wayText(outcome, outcomes)}`);
  const more = ways.length - WAYS_SHOWN;
  const shown = more > 1 ? [...ways.slice(0, WAYS_SHOWN), `and ${more} more outcomes`] : ways;
  return plainText(shown.join(", "));
}

/** Returns the answer of an outcome. A folded one has the number of its rows and their names. */
function answerOf(outcome: FoldedOutcome): string {
  const { folded, names, winningRows } = outcome;
  if (folded === 1) return answerText(outcome);
  const named = names.length === 0 ? "" : `: ${prefixesText(names, 3)}`;
  return `${answerText(outcome)}, ${winningRows} rows${plainText(named)}`;
}

const HEADING = ["ADDRESSES", "ANSWER", "PREFIXES"];

/**
 * Returns a summary line for a set of addresses, then its outcomes, largest first: how many addresses, the answer,
 * which prefixes; what to check next, and the `last` lines. Equal outcomes are folded; `expand` prints each by itself
 * with all its prefixes.
 */
export async function splitText(
  split: DestinationSplit,
  stdout: OutputStream,
  expand: boolean,
  last: readonly LabelledText[] = [],
): Promise<string> {
  const folded = foldOutcomes(split.outcomes);
  const shown = expand
    ? split.outcomes.map((outcome): FoldedOutcome => ({ ...outcome, folded: 1, names: [] }))
    : folded;
  const noun = ownNoun(split);
  const { symbols } = stdout;
  const rows = shown.map((outcome): StackedRow => {
    const { id, level } = outcome.diagnosis;
    // Packets that cannot exist neither arrive nor get lost.
    const takesPart = id !== "no-ipv6" || level !== "fine";
    const count = noun === null ? countsText(outcome.addresses) : ownCounted(outcome, noun);
    const prefixes = expand ? outcome.prefixes.join(", ") : groupText(outcome);
    return {
      mark: takesPart ? levelMark(level, symbols) : symbols.inactive,
      markColour: takesPart ? LEVEL_COLOUR[level] : "dim",
      cells: [count, answerOf(outcome), prefixes],
      colour: null,
    };
  });
  const asked = plainText(split.destination);
  const answer = summary(split, folded);
  const nexts = [...new Set(folded.flatMap(({ next }) => next ?? []))];
  const below = [...nexts.map((next) => labelled("next", next)), ...last];
  const texts = [asked, answer, ...rows.flatMap(({ cells }) => cells), ...below.map(({ text }) => text)];
  const measure = await measureFor(texts);
  const head = headlineText(asked, answer, worstOf(folded), stdout, measure);
  const table =
    rows.length < 2 ? "" : `\n${stackedRows({ heading: HEADING, rows, prose: 2, indent: 2 }, stdout, measure)}`;
  const rest = below.map((each) => labelledText(each, stdout, measure));
  return `${head}${table}${rest.length === 0 ? "" : `\n${rest.join("")}`}`;
}
