import { csvField, isBareField } from "../../text/csv-field.ts";
import { type Cell, cellText } from "./cell.ts";
import { flatFormat } from "./flat.ts";

function field(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "string" && isBareField(cell) ? cell : csvField(cellText(cell));
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
