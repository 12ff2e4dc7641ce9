import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { RouteTable, RouteTableOrigin } from "../effective-route.ts";
import { decodeText } from "./decode-text.ts";
import { bestForm, FIT, type Form } from "./form.ts";
import { type JsonDocument, parseJsonDocument } from "./json/document.ts";
import { ROW_FORMS } from "./json/row-forms.ts";
import { MOST_PREFIXES, tableTooLarge } from "./read-rows.ts";
import { HOW_TO_EXPORT, isRouteFileError, type RouteFileErrorCode } from "./route-file-error.ts";
import { chosenTable, namesOf } from "./table-choice.ts";

/** Where the content came from. Its form is recognised from the content itself. */
export interface TextOrigin {
  readonly kind: Exclude<RouteTableOrigin["kind"], "sample">;
  readonly name: string;
  /** ISO 8601. */
  readonly fetchedAt?: string | null | undefined;
}

/** For content without a name. */
const UNNAMED: TextOrigin = { kind: "file", name: "route table" };

/** Which table of a source is read. */
export interface TableChoice {
  /** The name of one of several tables, in any case; null where the source must have one table. */
  readonly table?: string | null | undefined;
}

/**
 * The route table in an export or a paste, in any of the forms of `forms.ts` and `json/forms.ts`. Give a file's bytes
 * rather than its text: Windows PowerShell 5 writes UTF-16. Asynchronous because the forms that are not a JSON list of
 * routes are loaded on demand.
 * @throws UserError<RouteFileErrorCode> (rejects); its message begins with the name of the origin. Linear in the
 * content.
 */
export async function readRouteTable(
  content: string | Uint8Array,
  origin: TextOrigin = UNNAMED,
  { table = null }: TableChoice = {},
): Promise<RouteTable> {
  return named(origin, async () => {
    const { form, tables } = await tablesIn(content);
    const { routes, note } = chosenTable(tables, table, "network interfaces").read();
    const { kind, name, fetchedAt = null } = origin;
    return { routes, origin: { kind, name, format: form.name, fetchedAt, note } };
  });
}

/** One of the tables in a source, or why it cannot be read. */
export type ReadTable = {
  /** The name that the source gives it; null where it gives none. */
  readonly name: string | null;
} & ({ readonly table: RouteTable } | { readonly error: UserError<RouteFileErrorCode> });

/**
 * All route tables in a source, each with its name. One that cannot be read has its error in its place.
 * @throws UserError<RouteFileErrorCode> (rejects), as `readRouteTable`, for content that has no table.
 */
export async function readRouteTables(
  content: string | Uint8Array,
  origin: TextOrigin = UNNAMED,
): Promise<readonly ReadTable[]> {
  const { form, tables } = await tablesIn(content);
  const names = tables.length === 1 ? tables.map(({ name }) => name) : namesOf(tables);
  const { kind, name, fetchedAt = null } = origin;
  return tables.map((each, at): ReadTable => {
    const own = names[at] ?? null;
    try {
      const { routes, note } = each.read();
      return { name: own, table: { routes, origin: { kind, name, format: form.name, fetchedAt, note } } };
    } catch (error) {
      if (!isRouteFileError(error)) throw error;
      return { name: own, error };
    }
  });
}

/**
 * The names of the tables in a source, for completion and messages; tables that the source does not name have a
 * number.
 * @throws UserError<RouteFileErrorCode> (rejects), as `readRouteTable`, for content that has no table.
 */
export async function tableNames(
  content: string | Uint8Array,
  origin: TextOrigin = UNNAMED,
): Promise<readonly string[]> {
  return named(origin, async () => namesOf((await tablesIn(content)).tables));
}

/** Runs `read`; a message about the content begins with the name of its origin. */
export async function named<T>(origin: TextOrigin, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isRouteFileError(error)) throw error;
    const { code, message, hint } = error;
    throw new UserError<RouteFileErrorCode>(code, `${shortName(origin, message)}: ${message}`, hint);
  }
}

async function tablesIn(content: string | Uint8Array) {
  const raw = typeof content === "string" ? content : decodeText(content);
  const text = raw.replace(/^\uFEFF/, "");
  if (text.trim() === "") {
    throw new UserError<RouteFileErrorCode>(
      "text-empty",
      "it is empty",
      `check that the export succeeded; ${HOW_TO_EXPORT}`,
    );
  }
  const document = parseJsonDocument(text);
  if (document !== null) return bestJson(document);
  const [{ TEXT_FORMS }, { cleanText }] = await Promise.all([import("./forms.ts"), import("./clean-text.ts")]);
  refuseTooLong(text);
  const cleaned = cleanText(text);
  const cleanDocument = parseJsonDocument(cleaned);
  return cleanDocument === null ? best(TEXT_FORMS, cleaned) : bestJson(cleanDocument);
}

/** Room for the largest table in any form, and the lines of its longest, indented JSON. */
const MOST_CHARACTERS = 50 * MOST_PREFIXES;
const MOST_LINES = 2_000_000;

/** @throws UserError for a text that would fill the memory when it is taken apart. One pass. */
export function refuseTooLong(text: string): void {
  if (text.length > MOST_CHARACTERS) throw tableTooLarge(MOST_CHARACTERS, "characters");
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  if (lines > MOST_LINES) throw tableTooLarge(MOST_LINES, "lines");
}

/** Loads the other forms of JSON only for a document that is not a whole list of routes, which no other form fits. */
async function bestJson(document: JsonDocument) {
  const isList = ROW_FORMS.some((form) => form.recognises(document) === FIT.full);
  return best(isList ? ROW_FORMS : (await import("./json/forms.ts")).JSON_FORMS, document);
}

async function best<Source>(forms: readonly Form<Source>[], source: Source) {
  const form = bestForm(forms, source);
  return { form, tables: await form.tables(source) };
}

/** The most characters of the first line of a message, without `error: ` before it and `: ` within. */
const FIRST_LINE = 99 - "error: : ".length;

/** The last part of a path or resource id, as much of it as fits into the message's first line before the reason. */
function shortName(origin: TextOrigin, reason: string): string {
  if (origin.kind === "stdin") return "stdin";
  const parts = origin.name.split(/[\\/]/).filter((part) => part !== "");
  const [firstLine = ""] = reason.split("\n");
  return quotedText(parts.at(-1) ?? origin.kind, Math.max(20, FIRST_LINE - firstLine.length));
}
