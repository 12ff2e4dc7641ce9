import type { Explanation, RefusedDestination } from "../selection/explanation.ts";
import type { Cell } from "./cell.ts";

/** One line for each destination; scripts lean on their order. */
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
] as const;

/**
 * The cells of one destination. The service tag is that of the winning endpoint route, else the most specific one that holds the
 * destination. A refused destination has its error's code in the last cell, and nothing between.
 */
export function explanationCells(explanation: Explanation | RefusedDestination): readonly Cell[] {
  if ("error" in explanation) {
    const { destination, error } = explanation;
    return EXPLANATION_COLUMNS.map((column) =>
      column === "destination" ? destination : column === "error" ? error.code : null,
    );
  }
  const { destination, verdict, winner, rule, certainty, serviceTags } = explanation;
  return [
    destination,
    verdict,
    winner?.nextHopType ?? null,
    winner?.nextHopIpAddress ?? null,
    winner?.serviceTag ?? serviceTags[0]?.name ?? null,
    winner?.addressPrefix ?? null,
    winner?.source ?? null,
    winner?.name ?? null,
    winner?.serviceEndpoint ?? null,
    rule.id,
    certainty,
    null,
  ];
}
