import { plainText } from "../../terminal/plain-text.ts";

/** One value of a row. A list holds the values of one field, e.g. the next hops of an equal-cost set. */
export type Cell = string | number | boolean | null | readonly string[];

export function isCell(value: unknown): value is Cell {
  if (Array.isArray(value)) return value.every((item) => typeof item === "string");
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** Returns the value as plain text on one line: the items of a list separated by commas, "" for null. */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  return plainText(typeof cell === "object" ? cell.join(",") : String(cell));
}
