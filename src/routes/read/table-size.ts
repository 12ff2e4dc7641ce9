import type { EffectiveRoute } from "../effective-route.ts";
import { RouteFileError } from "./route-file-error.ts";

/**
 * So many prefixes a table may have, or rows. The largest gateway tells a network interface some thousands, and all service tags of the
 * public cloud together have half as many (2025).
 */
export const MOST_PREFIXES = 200_000;

/** The error for a table with more of something than any has. */
export function tableTooLarge(most: number, what: "rows" | "prefixes" | "characters"): RouteFileError {
  return new RouteFileError(
    "table-too-large",
    `it has more than ${most.toLocaleString("en")} ${what}`,
    "give the export of one network interface, which has at most some thousand rows",
  );
}

/** @throws RouteFileError for rows that have too many prefixes together. */
export function refuseTooManyPrefixes(routes: readonly EffectiveRoute[]): void {
  const count = routes.reduce((sum, { addressPrefix }) => sum + addressPrefix.length, 0);
  if (count > MOST_PREFIXES) throw tableTooLarge(MOST_PREFIXES, "prefixes");
}
