import type { DestinationOutcome, DestinationSplit } from "../../analysis/destinations/split.ts";
import { brief } from "../../selection/explain.ts";
import type { BriefAnswer, Explanation, RefusedDestination, Winner } from "../../selection/explanation.ts";
import type { Cell } from "../formats/cell.ts";

/** Scripts lean on their order. */
export const EXPLANATION_COLUMNS = [
  "destination",
  "verdict",
  "nextHopType",
  "nextHopIpAddress",
  "serviceTag",
  "addressPrefix",
  "source",
  "name",
  "serviceEndpoint",
  "rule",
  "certainty",
  "error",
  "partOf",
  "hostName",
] as const;

/**
 * One row for an address; for a prefix, a tag or another set of addresses one for each prefix into which it is split, with the set's name
 * in `partOf`. The service tag is that of the winning endpoint route, else the most specific one that holds the address. A refused
 * destination has its error's code in `error`, and nothing between.
 */
export function explanationRows(
  entry: Explanation | BriefAnswer | RefusedDestination | DestinationSplit,
): readonly (readonly Cell[])[] {
  if ("error" in entry) {
    const { destination, error } = entry;
    return [
      EXPLANATION_COLUMNS.map((column) =>
        column === "destination" ? destination : column === "error" ? error.code : null,
      ),
    ];
  }
  if ("outcomes" in entry) return entry.outcomes.flatMap((outcome) => outcomeRows(outcome, entry.destination));
  const answer = "serviceTags" in entry ? brief(entry) : entry;
  return [[...cells(answer.destination, answer, answer.winner?.addressPrefix ?? null, null), answer.hostName]];
}

function outcomeRows(outcome: DestinationOutcome, set: string): readonly (readonly Cell[])[] {
  const { winner, prefixes, winningPrefixes } = outcome;
  const answer = { ...outcome, rule: outcome.rule.id, serviceTag: winner?.serviceTag ?? null };
  return prefixes.map((prefix, at) => [...cells(prefix, answer, winningPrefixes[at] ?? [], set), null]);
}

/** What addresses and sets of addresses have in common. */
type Answer = Pick<BriefAnswer, "verdict" | "rule" | "certainty" | "serviceTag"> & {
  readonly winner: Winner | DestinationOutcome["winner"];
};

function cells(
  destination: string,
  { verdict, winner, rule, certainty, serviceTag }: Answer,
  addressPrefix: Cell,
  partOf: string | null,
): readonly Cell[] {
  return [
    destination,
    verdict,
    winner?.nextHopType ?? null,
    winner?.nextHopIpAddress ?? null,
    serviceTag,
    addressPrefix,
    winner?.source ?? null,
    winner?.name ?? null,
    winner?.serviceEndpoint ?? null,
    rule,
    certainty,
    null,
    partOf,
  ];
}
