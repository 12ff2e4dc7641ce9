import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/** Codes for invalid options (`--field`, `--column`, `--delimiter`) and for input that does not match them. */
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
 * The position of the destination in a line: the whole line; field number `field` from 1, split at `delimiter` or, if
 * null, at whitespace; or a column of CSV or TSV with a header, where a null `delimiter` is detected from the header.
 */
export type LineChoice =
  | { readonly kind: "line" }
  | { readonly kind: "field"; readonly field: number; readonly delimiter: string | null }
  | { readonly kind: "column"; readonly column: string; readonly delimiter: string | null };

/** The values of `--field`, `--column` and `--delimiter` as typed. */
export interface LineOptions {
  readonly field?: string | undefined;
  readonly column?: string | undefined;
  readonly delimiter?: string | undefined;
}

const DELIMITER_NAMES: ReadonlyMap<string, string> = new Map([
  ["\\t", "\t"],
  ["tab", "\t"],
  ["comma", ","],
  ["semicolon", ";"],
]);

/**
 * Returns the position of the destination that the options select. A delimiter may be written `\t`, `tab`, `comma` or
 * `semicolon`.
 * @throws UserError if the options are invalid or cannot be combined.
 */
export function lineChoice({ field, column, delimiter: typed }: LineOptions): LineChoice {
  const delimiter = typed === undefined ? null : (DELIMITER_NAMES.get(typed.toLowerCase()) ?? typed);
  if (field !== undefined && column !== undefined) {
    throw new UserError<LinesErrorCode>(
      "field-and-column",
      "--field and --column cannot be combined",
      "use --column for input with a header, --field for lines without one",
    );
  }
  if (delimiter === "" || /[\r\n]/.test(delimiter ?? "")) {
    throw new UserError<LinesErrorCode>(
      "field-delimiter",
      "--delimiter is empty or a line break",
      "pass the text between the fields, e.g. --delimiter ,",
    );
  }
  if (column !== undefined) return columnChoice(column, delimiter);
  if (field !== undefined) return { kind: "field", field: fieldNumber(field), delimiter };
  if (delimiter === null) return { kind: "line" };
  throw new UserError<LinesErrorCode>(
    "field-delimiter",
    "--delimiter requires --field or --column",
    "add --field N, counted from 1, or --column NAME for input with a header",
  );
}

function columnChoice(column: string, delimiter: string | null): LineChoice {
  if (column.trim() === "") {
    throw new UserError<LinesErrorCode>("column-empty", "--column is empty", "pass the name of a column in the header");
  }
  if (delimiter !== null && (delimiter.length !== 1 || delimiter === '"')) {
    throw new UserError<LinesErrorCode>(
      "column-delimiter",
      `--delimiter must be one character with --column, not '${quotedText(delimiter)}'`,
      "pass one character, e.g. --delimiter ';', or omit it to detect it from the header",
    );
  }
  return { kind: "column", column: column.trim(), delimiter };
}

function fieldNumber(text: string): number {
  const number = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
  if (number > 0) return number;
  throw new UserError<LinesErrorCode>(
    "field-number",
    `--field must be a number from 1, not '${quotedText(text)}'`,
    "fields are counted from 1, as in cut and awk",
  );
}
