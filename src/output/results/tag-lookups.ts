import type { Lookup, LookupReport, RefusedLookup } from "../../service-tags/lookup-report.ts";
import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { Cell } from "../formats/cell.ts";
import type { Kind } from "./kind.ts";

/** The columns of a look-up. Scripts rely on their order. */
export const LOOKUP_COLUMNS = ["address", "serviceTag", "addressPrefix", "region", "systemService", "error"] as const;

const HEADING = ["ADDRESS", "SERVICE TAG", "PREFIX", "REGION", "SYSTEM SERVICE"];

const cell = (text: string | null) => (text === null || text === "" ? EMPTY : plainText(text));

/** A row for each tag that holds the address. An address without a tag, and one that is refused, has a row too. */
export function lookupRows(entry: Lookup | RefusedLookup): readonly (readonly Cell[])[] {
  const { address } = entry;
  if ("error" in entry) return [[address, null, null, null, null, entry.error.code]];
  if (entry.serviceTags.length === 0) return [[address, null, null, null, null, null]];
  return entry.serviceTags.map(({ name, addressPrefix, region, systemService }) => [
    address,
    name,
    addressPrefix,
    region,
    systemService,
    null,
  ]);
}

/** Service tags by address or prefix. */
export const tagLookups: Kind<LookupReport> = {
  elements: ({ lookups }) => lookups,
  columns: LOOKUP_COLUMNS,
  *rows({ lookups }) {
    for (const entry of lookups) yield* lookupRows(entry);
  },
  text({ lookups }, stdout) {
    const lines: Line[] = [{ cells: HEADING, colour: "bold" }];
    for (const entry of lookups) {
      if ("error" in entry || entry.serviceTags.length === 0) {
        lines.push({ cells: [cell(entry.address), EMPTY, EMPTY, EMPTY, EMPTY], colour: "dim" });
        continue;
      }
      for (const { name, addressPrefix, region, systemService } of entry.serviceTags) {
        lines.push({ cells: [entry.address, name, addressPrefix, region, systemService].map(cell), colour: null });
      }
    }
    return inColumns(lines, stdout);
  },
};
