import type { DestinationOutcome, DestinationSplit } from "../analysis/destination-split.ts";
import type { Explanation, RefusedDestination } from "../selection/explanation.ts";
import type { Cell } from "./cell.ts";

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
  entry: Explanation | RefusedDestination | DestinationSplit,
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
  const { destination, hostName, winner, serviceTags } = entry;
  const tag = winner?.serviceTag ?? serviceTags[0]?.name ?? null;
  return [[...cells(destination, entry, tag, winner?.addressPrefix ?? null, null), hostName]];
}

function outcomeRows(outcome: DestinationOutcome, set: string): readonly (readonly Cell[])[] {
  const { winner, prefixes, winningPrefixes } = outcome;
  return prefixes.map((prefix, at) => [
    ...cells(prefix, outcome, winner?.serviceTag ?? null, winningPrefixes[at] ?? [], set),
    null,
  ]);
}

type Answer = Pick<Explanation | DestinationOutcome, "verdict" | "winner" | "rule" | "certainty">;

function cells(
  destination: string,
  { verdict, winner, rule, certainty }: Answer,
  tag: string | null,
  addressPrefix: Cell,
  partOf: string | null,
): readonly Cell[] {
  return [
    destination,
    verdict,
    winner?.nextHopType ?? null,
    winner?.nextHopIpAddress ?? null,
    tag,
    addressPrefix,
    winner?.source ?? null,
    winner?.name ?? null,
    winner?.serviceEndpoint ?? null,
    rule.id,
    certainty,
    null,
    partOf,
  ];
}
