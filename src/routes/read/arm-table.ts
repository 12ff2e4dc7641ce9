import { quotedText } from "../../text/quoted-text.ts";
import { isRecord } from "../../text/type-guards.ts";
import type { EffectiveRoute, RouteTable, RouteTableOrigin } from "../effective-route.ts";
import { effectiveRouteFromArm } from "./arm-row.ts";
import { readPowerShellRow } from "./powershell-row.ts";
import { RouteFileError } from "./route-file-error.ts";
import { MOST_PREFIXES, refuseTooManyPrefixes, tableTooLarge } from "./table-size.ts";
import { knownOtherKind, notARow, notEffectiveRoutes } from "./wrong-kind.ts";

/** The rows of a JSON export: the list itself, `{value: [...]}`, or one row alone as ConvertTo-Json writes it. */
function rowsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const list = isRecord(value) ? value.value : undefined;
  if (Array.isArray(list)) {
    refuseMorePages(value);
    return list;
  }
  if (isRecord(value) && isOneRow(value)) return [value];
  throw knownOtherKind(value) ?? notEffectiveRoutes(value);
}

function isOneRow(value: Readonly<Record<string, unknown>>): boolean {
  return ("AddressPrefix" in value && "State" in value) || ("addressPrefix" in value && "state" in value);
}

function refuseMorePages(value: unknown): void {
  const next = isRecord(value) ? value.nextLink : null;
  if (typeof next !== "string" || next === "") return;
  throw new RouteFileError(
    "partial-table",
    "it is one page of several: 'nextLink' is set, so rows are missing",
    "fetch the page that nextLink names too and join the lists under one 'value'",
  );
}

/** What the writer of the file has to say about it: predicted tables carry such a note, Azure's answers do not. */
function noteIn(value: unknown): string | null {
  const note = isRecord(value) ? value.note : null;
  return typeof note === "string" && note !== "" ? quotedText(note, 2000) : null;
}

/**
 * A row that names a field twice, in two spellings, says two things, and whichever of them were read would look like the whole.
 * @throws RouteFileError
 */
function refuseTwoSpellings(row: unknown, at: string): void {
  if (!isRecord(row)) return;
  const seen = new Set<string>();
  for (const key of Object.keys(row)) {
    const name = key.toLowerCase();
    if (seen.has(name)) {
      throw new RouteFileError(
        "route-shape",
        `${at} has the field '${quotedText(key)}' in two spellings`,
        "Azure and PowerShell write each field once; export the table again",
      );
    }
    seen.add(name);
  }
}

function isPowerShellRow(row: unknown): boolean {
  return isRecord(row) && ("AddressPrefix" in row || "NextHopType" in row);
}

/**
 * The route table that a parsed JSON value holds: Azure Resource Manager's and az's `{value, nextLink}`, a bare list, or
 * what PowerShell's ConvertTo-Json makes of Get-AzEffectiveRouteTable. No rows is a table without rows.
 * @throws RouteFileError naming the row, or what the value looks like instead. Linear in the value.
 */
export function routeTableFromJson(value: unknown, origin: Omit<RouteTableOrigin, "format">): RouteTable {
  const rows = rowsOf(value);
  if (rows.length > MOST_PREFIXES) throw tableTooLarge(MOST_PREFIXES, "rows");
  const other = knownOtherKind(rows[0]) ?? notARow(rows[0]);
  if (other !== null) throw other;
  const format = rows.some(isPowerShellRow) ? "powershell" : "arm";
  const read = format === "powershell" ? readPowerShellRow : effectiveRouteFromArm;
  const routes: readonly EffectiveRoute[] = rows.map((row, index) => {
    const at = `row ${index + 1}`;
    refuseTwoSpellings(row, at);
    return read(row, at);
  });
  refuseTooManyPrefixes(routes);
  return { routes, origin: { ...origin, format, note: origin.note ?? noteIn(value) } };
}
