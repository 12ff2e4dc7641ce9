import { type Cell, cellText } from "./cell.ts";
import { flatFormat } from "./flat.ts";

/**
 * The start of a cell that a spreadsheet runs as a formula, full-width forms included. Some programs skip leading
 * blanks.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** A number, or the dash of an empty cell: no program runs these. */
const HARMLESS = /^(?:-|[+-]?\d+(?:\.\d+)?)$/;

/**
 * Fast path for almost every cell: whether a text has only letters, digits, `.`, `/`, `:`, `_` and `-`, and does not
 * start with `-`. Such a text is not a formula and needs no quotes.
 */
function isBare(text: string): boolean {
  if (text.charCodeAt(0) === 45) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const bare = (code >= 45 && code <= 58) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
    if (!bare) return false;
  }
  return true;
}

function guarded(text: string): string {
  return FORMULA.test(text) && !HARMLESS.test(text) ? `'${text}` : text;
}

function field(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "string" && isBare(cell)) return cell;
  const text = guarded(cellText(cell));
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Returns one record with its line break, CRLF (RFC 4180, section 2, rule 1). Cells lose their control characters and
 * line breaks, so a record is always one line. A cell that a spreadsheet would run as a formula gets an apostrophe in
 * front.
 * https://www.rfc-editor.org/rfc/rfc4180#section-2
 */
export function csvLine(cells: readonly Cell[]): string {
  // A lone empty cell would be a blank line, which readers skip.
  const line = cells.length === 1 && cellText(cells[0] ?? null) === "" ? '""' : cells.map(field).join(",");
  return `${line}\r\n`;
}

/** Returns a header and a record for each row. Cost: linear in the cells. */
export function csvText(columns: readonly string[], rows: Iterable<readonly Cell[]>): string {
  let text = csvLine(columns);
  for (const row of rows) text += csvLine(row);
  return text;
}

export const csv = flatFormat({ head: csvLine, line: csvLine, before: "" });
