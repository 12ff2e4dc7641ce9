import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { armName } from "../next-hop-types.ts";
import { effectiveRouteFromArm } from "./arm-row.ts";
import { FIT, type Form } from "./form.ts";
import { MOST_PREFIXES, MOST_ROWS, readRows, tableTooLarge } from "./read-rows.ts";
import type { RouteFileErrorCode } from "./route-file-error.ts";

/** Room for the largest table. A longer text would fill the memory with cells. */
const MOST_CHARACTERS = 50 * MOST_PREFIXES;

/** A heading has some ten columns, so some hundred characters. */
const LONGEST_HEADING = 10_000;

/** ARM's field for each heading that the portal and spreadsheets made from it use, letters only, in lower case. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ["source", "source"],
  ["state", "state"],
  ["addressprefixes", "addressPrefix"],
  ["addressprefix", "addressPrefix"],
  ["nexthoptype", "nextHopType"],
  ["nexthopipaddress", "nextHopIpAddress"],
  ["nexthopipaddresses", "nextHopIpAddress"],
  ["nexthopip", "nextHopIpAddress"],
  ["userdefinedroutename", "name"],
  ["udrname", "name"],
  ["routename", "name"],
  ["name", "name"],
  ["disablebgproutepropagation", "disableBgpRoutePropagation"],
  ["hasbgpoverride", "hasBgpOverride"],
  ["destinationservicetags", "destinationServiceTags"],
]);

const REQUIRED = [
  ["addressPrefix", "Address Prefixes"],
  ["nextHopType", "Next Hop Type"],
  ["source", "Source"],
  ["state", "State"],
] as const;

/**
 * The CSV that the portal's "Effective routes" page downloads: columns in any order, several prefixes in a cell, `-`
 * for none. The portal's words become ARM's. Unknown columns keep their heading as the field's name.
 */
export const portalCsv: Form<string> = {
  name: "portal-csv",
  recognises: (text) => {
    const heading = headingOf(withoutType(text));
    if (heading === null) return FIT.none;
    return REQUIRED.every(([field]) => heading.fields.includes(field)) ? FIT.full : FIT.partial;
  },
  read: (text) => {
    if (text.length > MOST_CHARACTERS) throw tableTooLarge(MOST_CHARACTERS, "characters");
    const [header = [], ...records] = parseRecords(withoutType(text));
    const columns = columnsOf(header);
    const fieldsOf = (cells: readonly string[]) =>
      Object.fromEntries(columns.map(([field, column]) => [field, cellValue(field, cells[column] ?? "")]));
    return { routes: readRows(records, (cells, at) => effectiveRouteFromArm(fieldsOf(cells), at)), note: null };
  },
};

/** Windows PowerShell's Export-Csv puts a line with the type name before the heading. */
function withoutType(text: string): string {
  return text.replace(/^#TYPE [^\n]*\n/, "");
}

/** ARM's field for a heading where known, else the heading itself. */
function fieldFor(heading: string): string {
  return FIELDS.get(heading.toLowerCase().replace(/[^a-z]/g, "")) ?? heading;
}

/**
 * The delimiter and fields of the first line; null where it is not the heading of a route table. The portal writes
 * commas; spreadsheets of many countries save semicolons or tabs.
 */
function headingOf(text: string): { readonly delimiter: string; readonly fields: readonly string[] } | null {
  const start = text.trimStart().slice(0, LONGEST_HEADING + 1);
  const [line = ""] = start.split(/\r\n|\r|\n/, 1);
  if (line.length > LONGEST_HEADING) return null;
  for (const delimiter of [",", ";", "\t"]) {
    const fields = line.split(delimiter).map((cell) => fieldFor(cell.trim()));
    if (fields.includes("addressPrefix") && fields.length > 1) return { delimiter, fields };
  }
  return null;
}

/** Each field with the number of its column. Columns without a heading are left out. */
function columnsOf(header: readonly string[]): readonly (readonly [field: string, column: number])[] {
  const known = new Set<string>();
  const fields = header.map((heading) => {
    const field = fieldFor(heading);
    // A second column for the same field keeps its heading, so that it hides nothing.
    if (known.has(field)) return heading;
    known.add(field);
    return field;
  });
  const missing = REQUIRED.filter(([field]) => !known.has(field)).map(([, heading]) => `'${heading}'`);
  if (missing.length > 0) {
    throw new UserError<RouteFileErrorCode>(
      "csv-columns",
      `the CSV has no column ${missing.join(", ")}`,
      "download the table again from the network interface's Effective routes page, with all columns",
    );
  }
  return fields.map((field, column) => [field, column] as const).filter(([field]) => field !== "");
}

/** The cells of each line. Lines without content, which spreadsheets leave behind, are dropped. */
function parseRecords(text: string): readonly (readonly string[])[] {
  try {
    return parse(text, {
      delimiter: headingOf(text)?.delimiter ?? ",",
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: MOST_ROWS + 2, // the heading, and one row too many
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED") {
      throw new UserError<RouteFileErrorCode>(
        "csv-truncated",
        "the CSV is cut off inside a quoted cell",
        "download the table again",
      );
    }
    const message = `the CSV is broken: ${quotedText(error.message, 60)}`;
    throw new UserError<RouteFileErrorCode>("csv-syntax", message, "download the table again");
  }
}

function cellValue(field: string, cell: string): string | readonly string[] | null {
  const blank = cell === "" || cell === "-";
  switch (field) {
    case "nextHopIpAddress":
    case "destinationServiceTags":
      return blank ? [] : cell.split(/[\s,;|]+/).filter((part) => part !== "");
    case "source":
    case "state":
    case "nextHopType":
      return blank ? null : armName(cell);
    default:
      return blank ? null : cell;
  }
}
