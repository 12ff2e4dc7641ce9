import { type Cell, cellText } from "./cell.ts";

/**
 * What makes a spreadsheet take a cell for a formula, the full-width forms included; blanks in front do not help everywhere.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** A number, and the dash that stands for nothing: no program computes anything from these. */
const HARMLESS = /^(?:-|[+-]?\d+(?:\.\d+)?)$/;

/**
 * Whether a text begins with a letter, a digit, `.`, `/`, `:` or `_`, and holds nothing else but `-`: almost every cell does, and is neither
 * a formula nor in need of quotes.
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
 * One record with its line break, CRLF as RFC 4180 (section 2, rule 1) has it. Control characters, line breaks among them, are
 * gone from the cells, so a record is always one line. What a spreadsheet would run as a formula gets an apostrophe in front.
 * https://www.rfc-editor.org/rfc/rfc4180#section-2
 */
export function csvLine(cells: readonly Cell[]): string {
  // A lone empty cell would be a blank line, which readers skip.
  const line = cells.length === 1 && cellText(cells[0] ?? null) === "" ? '""' : cells.map(field).join(",");
  return `${line}\r\n`;
}

/** A header and a record for each row. Linear in the cells. */
export function csvText(columns: readonly string[], rows: Iterable<readonly Cell[]>): string {
  let text = csvLine(columns);
  for (const row of rows) text += csvLine(row);
  return text;
}
