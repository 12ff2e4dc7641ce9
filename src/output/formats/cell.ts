import { plainText } from "../../terminal/plain-text.ts";

/** One value of a row. A list is the several values of one field, e.g. the next hops of an equal-cost set. */
export type Cell = string | number | boolean | null | readonly string[];

/** The value as plain text on one line; a list with commas between, nothing for null. */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  return plainText(typeof cell === "object" ? cell.join(",") : String(cell));
}
