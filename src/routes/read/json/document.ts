import { quotedText } from "../../../text/quoted-text.ts";
import { isRecord, nonEmptyText, ownField } from "../../../text/type-guards.ts";
import { UserError } from "../../../text/user-error.ts";
import type { EffectiveRoute } from "../../effective-route.ts";
import { FIT, type Fit, type FormContent } from "../form.ts";
import { readRows } from "../read-rows.ts";
import type { RouteFileErrorCode } from "../route-file-error.ts";

/** A parsed JSON document. */
export interface JsonDocument {
  readonly value: unknown;
  /**
   * The list that the value is, or holds as `value`; a single row as a list of one; null where the value is none of
   * these.
   */
  readonly rows: readonly unknown[] | null;
}

/** The document in a text, or null where the text is not JSON. Cost: that of `JSON.parse`. */
export function parseJsonDocument(text: string): JsonDocument | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return jsonDocument(value);
}

/** The document of a parsed value. */
export function jsonDocument(value: unknown): JsonDocument {
  return { value, rows: rowsOf(value) };
}

/** What only rows have, in each spelling. */
const ROW_FIELDS = [
  ["addressPrefix", "state"],
  ["AddressPrefix", "State"],
  ["address_prefix", "state"],
];

function rowsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return null;
  if (Array.isArray(value.value)) return value.value;
  // ConvertTo-Json writes a list of one row as the row alone.
  const isRow = ROW_FIELDS.some((fields) => fields.every((field) => Object.hasOwn(value, field)));
  return isRow ? [value] : null;
}

/** How well a row fits a form whose rows have these fields, spelled exactly so. */
export function fitOfRow(row: unknown, fields: readonly string[]): Fit {
  const count = isRecord(row) ? fields.filter((field) => Object.hasOwn(row, field)).length : 0;
  return count === fields.length ? FIT.full : count > 0 ? FIT.partial : FIT.none;
}

/**
 * The content of a document whose rows `readRow` can read.
 * @throws UserError for one page of several, and as `readRows`.
 */
export function contentOf(
  { value, rows }: JsonDocument,
  readRow: (row: unknown, at: string) => EffectiveRoute,
): FormContent {
  if (nonEmptyText(ownField(value, "nextLink")) !== null) {
    throw new UserError<RouteFileErrorCode>(
      "partial-table",
      "it is one page of several: 'nextLink' is set, so rows are missing",
      "fetch the page at nextLink too, and join the lists under one 'value'",
    );
  }
  // `armText` writes remarks as `note`; Azure's answers have none.
  const note = nonEmptyText(ownField(value, "note"));
  return { routes: readRows(rows ?? [], readRow), note: note === null ? null : quotedText(note, 2000) };
}
