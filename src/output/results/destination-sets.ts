import { type FoldedOutcome, foldOutcomes } from "../../analysis/destinations/fold.ts";
import type { DestinationOutcome, DestinationSplit } from "../../analysis/destinations/split.ts";
import type { Diagnosis } from "../../selection/explanation.ts";
import { labelled, labelledText } from "../../terminal/labelled-text.ts";
import { measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { same } from "../../text/same.ts";
import { addressesText, countsText, countText, groupText, prefixesText } from "./address-text.ts";
import { answerText, headlineText, LEVEL_COLOUR, levelMark } from "./answer-text.ts";

/** Returns the noun for a set's own prefixes; null for a set with fewer than two, or of a kind without any. */
function ownWord({ kind, ownPrefixes }: DestinationSplit): string | null {
  if (ownPrefixes < 2) return null;
  return kind === "tag" ? "prefixes" : kind === "file" ? "entries" : null;
}

function ownCount({ ownPrefixes: { whole, partly } }: DestinationOutcome): string {
  const parts = [
    ...(whole > 0 ? [countText(`${whole}`)] : []),
    ...(partly > 0 ? [`parts of ${countText(`${partly}`)}`] : []),
  ];
  return parts.join(" and ");
}

/** Returns where an outcome leads, in a few words. */
function wayText({ verdict, winner }: FoldedOutcome, outcomes: readonly FoldedOutcome[]): string {
  if (winner === null) return verdict === "platform" ? "to the host" : "without a route: DROPPED";
  const { serviceEndpoint, serviceTag, nextHopType, nextHopIpAddress, name } = winner;
  if (same(nextHopType, "VirtualNetworkServiceEndpoint")) {
    const others = outcomes.filter((each) => each.winner?.nextHopType === nextHopType).length > 1;
    return `by service endpoint${others ? ` ${serviceTag ?? serviceEndpoint ?? ""}`.trimEnd() : ""}`;
  }
  const hop = name ?? [nextHopType, nextHopIpAddress.join(", ")].join(" ").trimEnd();
  return `to ${hop}${verdict === "drop" ? ": DROPPED" : ""}`;
}

/** Returns a summary on one line: where the set goes, and its size. */
function summary(split: DestinationSplit, outcomes: readonly FoldedOutcome[]): string {
  const word = ownWord(split);
  const size = word === null ? addressesText(split.addresses) : `${countText(`${split.ownPrefixes}`)} ${word}`;
  return `${waysText(split, outcomes)} (${size})`;
}

/** Returns where all of the set goes, or how many of its own prefixes have each outcome. */
function waysText(split: DestinationSplit, outcomes: readonly FoldedOutcome[]): string {
  const [first] = outcomes;
  if (first === undefined) return "nothing to route";
  if (outcomes.length === 1) return answerText(first);
  if (ownWord(split) === null) return `${outcomes.length} outcomes`;
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
  return { level: worstOf(outcomes), text: summary(split, outcomes) };
}

/** Returns the answer of an outcome; a folded one with the number of its rows and their names. */
function answerOf(outcome: FoldedOutcome): string {
  const { folded, names, winningRows } = outcome;
  if (folded === 1) return answerText(outcome);
  const named = names.length === 0 ? "" : `: ${prefixesText(names, 3)}`;
  return `${answerText(outcome)}, ${winningRows} rows${plainText(named)}`;
}

const HEADING = ["ADDRESSES", "ANSWER", "PREFIXES"];

/**
 * Returns a summary line for a set of addresses, then its outcomes, largest first: how many addresses, the answer,
 * which prefixes. Equal outcomes are folded; `expand` prints each by itself with all its prefixes.
 */
export async function splitText(split: DestinationSplit, stdout: OutputStream, expand: boolean): Promise<string> {
  const folded = foldOutcomes(split.outcomes);
  const shown = expand
    ? split.outcomes.map((outcome): FoldedOutcome => ({ ...outcome, folded: 1, names: [] }))
    : folded;
  const word = ownWord(split);
  const rows = shown.map((outcome): StackedRow => {
    const { level } = outcome.diagnosis;
    const count = word === null ? countsText(outcome.addresses) : `${ownCount(outcome)} ${word}`;
    const prefixes = expand ? outcome.prefixes.join(", ") : groupText(outcome);
    return {
      mark: levelMark(level, stdout.symbols),
      markColour: LEVEL_COLOUR[level],
      cells: [count, answerOf(outcome), prefixes],
      colour: null,
    };
  });
  const asked = plainText(split.destination);
  const answer = summary(split, folded);
  const measure = await measureFor([asked, answer, ...rows.flatMap(({ cells }) => cells)]);
  const head = headlineText(asked, answer, worstOf(folded), stdout, measure);
  const table =
    rows.length < 2 ? "" : `\n${stackedRows({ heading: HEADING, rows, prose: 2, indent: 2 }, stdout, measure)}`;
  const nexts = [...new Set(folded.flatMap(({ next }) => next ?? []))];
  const below = nexts.map((next) => labelledText(labelled("next", next), stdout, measure));
  return `${head}${table}${below.length === 0 ? "" : `\n${below.join("")}`}`;
}
