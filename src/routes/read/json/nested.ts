import { lastPart } from "../../../text/last-part.ts";
import { isRecord, nonEmptyText, ownField } from "../../../text/type-guards.ts";
import { UserError } from "../../../text/user-error.ts";
import { FIT, type Form, type FormTable } from "../form.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "../route-file-error.ts";
import { type JsonDocument, jsonDocument } from "./document.ts";
import { ROW_FORMS } from "./row-forms.ts";

/**
 * Route tables inside other JSON: one per network interface in a script's own list, a network interface of Cloud
 * Custodian with its `routes`, the envelope of a long-running operation, `Invoke-AzRestMethod` with the answer as text
 * in `Content`.
 */
export const nestedJson: Form<JsonDocument> = {
  name: "nested-json",
  recognises: (document) => {
    if (ROW_FORMS.some((form) => form.recognises(document) === FIT.full)) return FIT.none;
    // A report of this program has annotated rows, not Azure's.
    if (ownField(document.value, "schemaVersion") !== undefined) return FIT.none;
    return tablesIn(document.value).length === 0 ? FIT.none : FIT.full;
  },
  tables: (document) => tablesIn(document.value),
};

/** How deep a table may be. Envelopes have three levels, lists of network interfaces five. */
const MOST_LEVELS = 6;

/** How many values are looked at. Tables are near the top; an interface has some hundred values. */
const MOST_VALUES = 100_000;

/** The most members of a list that may have tables: more network interfaces are in no file. */
const MOST_MEMBERS = 10_000;

/** The fields by which scripts and ARM name a network interface. The first that is there counts. */
const NAME_FIELDS = ["Nic", "nic", "NicName", "nicName", "NetworkInterface", "networkInterface", "name", "Name", "id"];

function tablesIn(value: unknown): readonly FormTable[] {
  const tables: FormTable[] = [];
  let left = MOST_VALUES;
  const visit = (inner: unknown, name: string | null, levels: number): void => {
    if (levels === 0 || left-- <= 0) return;
    if (typeof inner === "string") {
      const parsed = parsedText(inner);
      if (parsed !== null) visit(parsed, name, levels - 1);
      return;
    }
    const table = tableOf(inner, name);
    if (table.length > 0) {
      for (const each of table) tables.push(each);
      return;
    }
    if (Array.isArray(inner)) visitMembers(inner, name, levels);
    if (!isRecord(inner)) return;
    const own = nameOf(inner) ?? name;
    for (const [key, each] of Object.entries(inner)) visit(each, own ?? (isTable(each) ? key : null), levels - 1);
  };
  /** Members of one list are alike: where one has a table, another that has none under the same field lost it. */
  const visitMembers = (members: readonly unknown[], name: string | null, levels: number): void => {
    if (members.length > MOST_MEMBERS) return;
    const found = members.map((member) => {
      const before = tables.length;
      visit(member, name, levels - 1);
      return { member, before, count: tables.length - before };
    });
    const fields = new Set(
      found.flatMap(({ member, count }) =>
        count > 0 && isRecord(member) ? Object.keys(member).filter((key) => hasTable(member[key])) : [],
      ),
    );
    for (const { member, before, count } of found.toReversed()) {
      if (count > 0 || !isRecord(member) || !Object.keys(member).some((key) => fields.has(key))) continue;
      tables.splice(before, 0, { name: nameOf(member) ?? name, read: lostTable });
    }
  };
  visit(value, null, MOST_LEVELS);
  return tables;
}

/** A list of routes, whole enough for one of the forms; an empty list is none. */
function formOf(value: unknown): Form<JsonDocument> | undefined {
  const document = jsonDocument(value);
  if (document.rows === null || document.rows.length === 0) return undefined;
  return ROW_FORMS.find((form) => form.recognises(document) === FIT.full);
}

const hasTable = (value: unknown) =>
  isTable(value) || (isRecord(value) && Object.values(value).some((inner) => isTable(inner)));

/** @throws UserError for a network interface without a whole table, beside others that have one. */
function lostTable(): never {
  throw new UserError<RouteFileErrorCode>(
    "not-effective-routes",
    "its table is empty, or lacks fields that the others have",
    HOW_TO_EXPORT,
  );
}

const isTable = (value: unknown) => formOf(value) !== undefined;

/** The table that a value is; none for any other value. */
function tableOf(value: unknown, name: string | null): readonly FormTable[] {
  const form = formOf(value);
  if (form === undefined) return [];
  const tables = form.tables(jsonDocument(value)) as readonly FormTable[];
  return tables.map(({ read }) => ({ name, read }));
}

function nameOf(value: object): string | null {
  for (const field of NAME_FIELDS) {
    const name = nonEmptyText(ownField(value, field));
    if (name !== null) return lastPart(name);
  }
  return null;
}

/** The JSON in a text, e.g. the body of an answer; null for any other text. */
function parsedText(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
