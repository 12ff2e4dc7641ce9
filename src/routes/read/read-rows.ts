import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { isRecord } from "../../text/type-guards.ts";
import { UserError } from "../../text/user-error.ts";
import type { EffectiveRoute } from "../effective-route.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/**
 * The most rows of a table. The largest gateway advertises a few thousand prefixes to a network interface, one in a
 * row.
 */
export const MOST_ROWS = 50_000;

/** The most prefixes of all rows together. All service tags of the public cloud have half this number (2025). */
export const MOST_PREFIXES = 200_000;

/** The error for a table that is larger than any network interface has. */
export function tableTooLarge(
  most: number,
  what: "rows" | "prefixes" | "characters" | "lines",
): UserError<RouteFileErrorCode> {
  return new UserError(
    "table-too-large",
    `it has more than ${most.toLocaleString("en")} ${what}`,
    "give the export of one network interface, which has a few thousand rows at most",
  );
}

/**
 * Reads each row with `readRow`, which gets the row's name for messages ("row 3").
 * @throws UserError for too many rows or prefixes, a field in two spellings, states that are none of Azure's, and
 * whatever `readRow` throws. Linear in the rows.
 */
export function readRows<Row>(
  rows: readonly Row[],
  readRow: (row: Row, at: string) => EffectiveRoute,
): readonly EffectiveRoute[] {
  if (rows.length > MOST_ROWS) throw tableTooLarge(MOST_ROWS, "rows");
  let prefixes = 0;
  const routes = rows.map((row, index) => {
    const at = `row ${index + 1}`;
    refuseTwoSpellings(row, at);
    const route = readRow(row, at);
    prefixes += route.addressPrefix.length;
    if (prefixes > MOST_PREFIXES) throw tableTooLarge(MOST_PREFIXES, "prefixes");
    return route;
  });
  refuseOtherStates(routes);
  return routes;
}

/**
 * Azure may add a state, so a row may have an unknown one. If no row has a known one, the states are in another
 * language or not states, and no row would count as active.
 */
function refuseOtherStates(routes: readonly EffectiveRoute[]): void {
  const [first] = routes;
  if (first === undefined || routes.some(({ state }) => same(state, "Active") || same(state, "Invalid"))) return;
  throw new UserError<RouteFileErrorCode>(
    "states-unknown",
    `no row has state Active or Invalid: row 1 has '${quotedText(first.state, 24)}'`,
    `Azure's English words are needed, in every column; ${HOW_TO_EXPORT}`,
  );
}

/** A field in two spellings may have two values, and reading either would hide the other. */
function refuseTwoSpellings(row: unknown, at: string): void {
  if (!isRecord(row)) return;
  const seen = new Set<string>();
  for (const key of Object.keys(row)) {
    const name = key.toLowerCase();
    if (seen.has(name)) {
      throw new UserError<RouteFileErrorCode>(
        "route-shape",
        `${at} has the field '${quotedText(key)}' in two spellings`,
        "Azure and PowerShell write each field once; export the table again",
      );
    }
    seen.add(name);
  }
}
