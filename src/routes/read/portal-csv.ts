import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { quotedText } from "../../text/quoted-text.ts";
import type { EffectiveRoute } from "../effective-route.ts";
import { armName } from "../portal-names.ts";
import { effectiveRouteFromArm } from "./arm-row.ts";
import { columnFor, delimiterOf } from "./portal-columns.ts";
import { RouteFileError } from "./route-file-error.ts";
import { MOST_PREFIXES, refuseTooManyPrefixes, tableTooLarge } from "./table-size.ts";

/** Room for as many prefixes as a table may have. What is longer would fill the memory with cells. */
const MOST_CHARACTERS = 50 * MOST_PREFIXES;

const REQUIRED = [
  ["addressPrefix", "Address Prefixes"],
  ["nextHopType", "Next Hop Type"],
  ["source", "Source"],
  ["state", "State"],
] as const;

/**
 * The rows of the CSV that the portal's "Effective routes" page downloads: columns in any order, several prefixes in a cell,
 * `-` for none, and the portal's words turned into ARM's. Columns that ARM does not have keep their heading as the field's
 * name.
 * @throws RouteFileError naming the row or line. Linear in the text.
 */
export function readPortalCsv(text: string): readonly EffectiveRoute[] {
  if (text.length > MOST_CHARACTERS) throw tableTooLarge(MOST_CHARACTERS, "characters");
  const [header = [], ...records] = parseRecords(text);
  const known = new Set<string>();
  const columns = header.map((heading) => {
    const field = columnFor(heading);
    // A second column for the same field keeps its heading, so that it hides nothing.
    if (known.has(field)) return heading;
    known.add(field);
    return field;
  });
  const missing = REQUIRED.filter(([field]) => !columns.includes(field)).map(([, heading]) => heading);
  if (missing.length > 0) {
    throw new RouteFileError(
      "csv-columns",
      `the CSV has no column ${missing.map((heading) => `'${heading}'`).join(", ")}`,
      "download the table again from the network interface's Effective routes page, with all columns",
    );
  }
  const named = columns.map((field, column) => [field, column] as const).filter(([field]) => field !== "");
  if (records.length > MOST_PREFIXES) throw tableTooLarge(MOST_PREFIXES, "rows");
  const routes = records.map((cells, index) => {
    const fields = Object.fromEntries(named.map(([field, column]) => [field, cellValue(field, cells[column] ?? "")]));
    return effectiveRouteFromArm(fields, `row ${index + 1}`);
  });
  refuseTooManyPrefixes(routes);
  return routes;
}

/** Every line as its cells. Lines without content, which spreadsheets leave behind, are dropped. */
function parseRecords(text: string): readonly (readonly string[])[] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text) ?? ",",
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: MOST_PREFIXES + 2, // the heading, and a row too many
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED") {
      throw new RouteFileError("csv-truncated", "the CSV is cut off inside a quoted cell", "download the table again");
    }
    throw new RouteFileError("csv-syntax", `the CSV is broken: ${quotedText(error.message, 60)}`, "download it again");
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
