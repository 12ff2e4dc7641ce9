import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { csvFault } from "../../text/csv-fault.ts";
import { UserError } from "../../text/user-error.ts";
import { FIT, type Form } from "./form.ts";
import { fitOfHeadings, tablesOf } from "./grid/grid.ts";
import { otherGrid } from "./grid/other-grid.ts";
import { nameIn } from "./grid/titles.ts";
import { columnOf, missingColumns } from "./headings.ts";
import { MOST_ROWS } from "./read-rows.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/** A heading has some ten columns, so some hundred characters. */
const LONGEST_HEADING = 10_000;

/** The most lines above the heading: `sep=,` for Excel, PowerShell's `#TYPE`, a title. */
const MOST_LINES_ABOVE = 5;

/**
 * The CSV that the portal's "Effective routes" page downloads, and what spreadsheets and `Export-Csv` make of such
 * tables: columns in any order, several prefixes in a cell, `-` for none, and tabs where the page itself was copied.
 * The portal's words become ARM's. Unknown columns keep their heading as the field's name.
 */
export const portalCsv: Form<string> = {
  name: "portal-csv",
  recognises: (text) => {
    const heading = headingOf(text);
    return heading === null ? FIT.none : fitOfHeadings([heading.headings]);
  },
  tables: (text) => {
    const heading = headingOf(text);
    const [headings = [], ...records] = parseRecords(
      withoutEnd(text.slice(heading?.at ?? 0)),
      heading?.delimiter ?? ",",
    );
    const missing = missingColumns(headings).map((each) => `'${each}'`);
    const known = missing.length > 0 ? otherGrid(headings) : null;
    if (known !== null) throw known;
    if (missing.length > 0) {
      throw new UserError<RouteFileErrorCode>(
        "csv-columns",
        `the CSV has no column ${missing.join(", ")}`,
        `download it with all columns from the network interface's Effective routes page, or ${HOW_TO_EXPORT}`,
      );
    }
    const rows = records.map((cells, at) => ({ at: `row ${at + 1}`, cells }));
    return tablesOf([{ title: heading?.title ?? null, headings, rows, leftOut: null }]);
  },
};

interface CsvHeading {
  readonly delimiter: string;
  readonly headings: readonly string[];
  /** Where the heading begins in the text. */
  readonly at: number;
  /** The line above it, where that names a NIC. */
  readonly title: string | null;
}

/**
 * The heading among the first lines; null where none of them is the heading of a route table. The portal writes
 * commas; spreadsheets of many countries save semicolons or tabs.
 */
function headingOf(text: string): CsvHeading | null {
  let at = text.length - text.trimStart().length;
  let title: string | null = null;
  for (let above = 0; above <= MOST_LINES_ABOVE; above++) {
    const [line = ""] = text.slice(at, at + LONGEST_HEADING + 1).split("\n", 1);
    if (line.length > LONGEST_HEADING) return null;
    // A table with pipes may have tabs in its cells.
    for (const delimiter of [",", ";", "\t"]) {
      const headings = line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
      if (headings.length > 1 && !line.includes("|") && headings.some((each) => columnOf(each) === "addressPrefix")) {
        // Dashes below a heading are az's or PowerShell's, whatever is between its words.
        if (/^\s*-{2,}\s/.test(text.slice(at + line.length))) return null;
        return { delimiter, headings, at, title };
      }
    }
    title = nameIn(line) ?? title;
    at += line.length + 1;
  }
  return null;
}

/** The text without the prompt or the closing fence below a paste. */
function withoutEnd(text: string): string {
  const lines = text.split("\n");
  const isEnd = (line: string) => line.length < 200 && /^\s*(```|~~~|PS [^,;\t]*>\s*$|[^\s,;]*[$#%>]\s*$|$)/.test(line);
  return lines.slice(0, lines.findLastIndex((line) => !isEnd(line)) + 1).join("\n");
}

/** The cells of each line. Lines without content, which spreadsheets leave behind, are dropped. */
function parseRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  try {
    return parse(text, {
      delimiter,
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
    const message = `the CSV is broken: ${csvFault(error)}`;
    throw new UserError<RouteFileErrorCode>("csv-syntax", message, "download the table again");
  }
}
