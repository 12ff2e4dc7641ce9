import type { Lookup, LookupReport, RefusedLookup } from "../../../service-tags/lookup-report.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { EMPTY, type Line } from "../../../terminal/table-form.ts";
import { type Cell, cellText } from "../../formats/cell.ts";
import type { Kind, TableColumn } from "../kind.ts";

/** The columns of a look-up. Scripts rely on their order. */
export const LOOKUP_COLUMNS = ["address", "serviceTag", "addressPrefix", "region", "systemService", "error"] as const;

/** The columns that a narrow terminal drops, the least important first. */
export const LOOKUP_GIVEN_UP: readonly string[] = ["systemService", "region", "addressPrefix"];

const COLUMNS: readonly TableColumn[] = [
  { name: "address", heading: "ADDRESS", foldable: true },
  { name: "serviceTag", heading: "SERVICE TAG" },
  { name: "addressPrefix", heading: "PREFIX", givenUp: 3 },
  { name: "region", heading: "REGION", givenUp: 2, foldable: true },
  { name: "systemService", heading: "SYSTEM SERVICE", givenUp: 1, foldable: true },
  { name: "error", heading: "ERROR", optional: true },
];

/** A row for each tag that contains the address. An address without a tag and an invalid address have a row too. */
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

/** Returns an address and its tags on one line, most specific first. */
export function lookupLine(entry: Lookup | RefusedLookup): string {
  const tags =
    "error" in entry
      ? `refused: ${entry.error.message}`
      : entry.serviceTags.map(({ name }) => name).join(", ") || EMPTY;
  return `${plainText(entry.address)}  ${plainText(tags)}\n`;
}

/** Service tags by address or prefix. */
export const tagLookups: Kind<LookupReport> = {
  elements: ({ lookups }) => lookups,
  columns: LOOKUP_COLUMNS,
  *rows({ lookups }) {
    for (const entry of lookups) yield* lookupRows(entry);
  },
  *lines({ lookups }) {
    for (const entry of lookups) yield lookupLine(entry);
  },
  table: {
    columns: COLUMNS,
    forms({ lookups }, _, optional) {
      const lines: Line[] = lookups.flatMap((entry) =>
        lookupRows(entry).map((row): Line => {
          const cells = row.map((each) => cellText(each) || EMPTY);
          return { cells: optional ? cells : cells.slice(0, -1), colour: row[1] === null ? "dim" : null };
        }),
      );
      return [{ columns: COLUMNS.filter((column) => optional || column.optional !== true), lines }];
    },
  },
};
