import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/** Why lines cannot be read as asked: the options contradict each other, or the input does not fit them. */
export type LinesErrorCode =
  | "field-number"
  | "field-delimiter"
  | "field-and-column"
  | "column-empty"
  | "column-delimiter"
  | "column-missing"
  | "column-twice"
  | "header-missing"
  | "header-unreadable"
  | "line-endless";

/**
 * Where in a line the destination stands: it is the whole line; field number `field`, counted from 1, split at
 * `delimiter` or at blanks where that is null; or the cell of the column that a CSV or TSV header names, `delimiter`
 * null to go by the header.
 */
export type LineChoice =
  | { readonly kind: "line" }
  | { readonly kind: "field"; readonly field: number; readonly delimiter: string | null }
  | { readonly kind: "column"; readonly column: string; readonly delimiter: string | null };

/** What `--field`, `--column` and `--delimiter` hold, as typed. */
export interface LineOptions {
  readonly field?: string | undefined;
  readonly column?: string | undefined;
  readonly delimiter?: string | undefined;
}

const SPOKEN: ReadonlyMap<string, string> = new Map([
  ["\\t", "\t"],
  ["tab", "\t"],
  ["comma", ","],
  ["semicolon", ";"],
]);

/**
 * The choice that the options make. A delimiter may be spelled `\t`, `tab`, `comma` or `semicolon`.
 * @throws UserError where they contradict each other or make no sense.
 */
export function lineChoice({ field, column, delimiter: typed }: LineOptions): LineChoice {
  const delimiter = typed === undefined ? null : (SPOKEN.get(typed.toLowerCase()) ?? typed);
  if (field !== undefined && column !== undefined) {
    throw new UserError<LinesErrorCode>(
      "field-and-column",
      "--field and --column exclude each other",
      "use --column for input with a header, --field for lines without one",
    );
  }
  if (delimiter === "" || /[\r\n]/.test(delimiter ?? "")) {
    throw new UserError<LinesErrorCode>(
      "field-delimiter",
      "the delimiter is empty or a line break",
      "give what stands between the fields, e.g. --delimiter ,",
    );
  }
  if (column !== undefined) return columnChoice(column, delimiter);
  if (field !== undefined) return { kind: "field", field: fieldNumber(field), delimiter };
  if (delimiter === null) return { kind: "line" };
  throw new UserError<LinesErrorCode>(
    "field-delimiter",
    "--delimiter needs to know which field",
    "add --field N, counted from 1, or --column NAME for input with a header",
  );
}

function columnChoice(column: string, delimiter: string | null): LineChoice {
  if (column.trim() === "") {
    throw new UserError<LinesErrorCode>("column-empty", "--column is empty", "give a name that the header holds");
  }
  if (delimiter !== null && (delimiter.length !== 1 || delimiter === '"')) {
    throw new UserError<LinesErrorCode>(
      "column-delimiter",
      `the delimiter of CSV is one character, not '${quotedText(delimiter)}'`,
      "give one character, e.g. --delimiter ';', or leave it out: the header tells",
    );
  }
  return { kind: "column", column: column.trim(), delimiter };
}

function fieldNumber(text: string): number {
  const number = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
  if (number > 0) return number;
  throw new UserError<LinesErrorCode>(
    "field-number",
    `--field is a number from 1, not '${quotedText(text)}'`,
    "fields are counted from 1, as in cut and awk",
  );
}
