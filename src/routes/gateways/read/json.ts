import { quotedText } from "../../../text/quoted-text.ts";
import { isRecord, nonEmptyText, ownField, textField } from "../../../text/type-guards.ts";
import { FIT } from "../../read/form.ts";
import { jsonRuns } from "../../read/json/runs.ts";
import { GATEWAY_TABLE_FIELD, type GatewayForm, type RecordTable, rejection } from "./record-table.ts";
import { isKind, rowKindOf } from "./row-kind.ts";
import { NO_TITLE, type Title, titleIn } from "./titles.ts";

/** Fields that only rows of routers have, and the groups of a Route Server. */
const OWN_FIELD =
  /"(gatewayTable|RouteServiceRole_\w+|routeOrigin|nextHops|network|locPrf|neighbor|route_origin|next_hops)\\?"\s*:/i;

/** A line that begins with an object or a list; a prompt such as `[me@host ~]$` does not. */
const START = /^[ \t]*[[{]\s*["{}[\]]/m;

/**
 * JSON of ARM, az, PowerShell's ConvertTo-Json and the Python SDK: `{value}`, a bare list, one row, the instances of a
 * Route Server, the envelope of a long-running operation, several documents with commands or text around them.
 */
export const json: GatewayForm = {
  name: "json",
  recognises: (text) => {
    const start = text.search(START);
    if (start < 0) return FIT.none;
    if (OWN_FIELD.test(text)) return FIT.full;
    // An empty list is anything, unless the command above it says what it is.
    return titleIn(text.slice(0, start).split("\n")).kind === null ? FIT.none : FIT.typical;
  },
  tables: (text) => {
    const runs = jsonRuns(text);
    if (runs === null) {
      throw rejection("json-truncated", "it has JSON that is broken, cut off, or part of a longer list");
    }
    let above = 0;
    return runs.flatMap(({ from, to, values }) => {
      // JSON in the words of a comment is an example.
      if (/(^|\n)[ \t]*#[^\n]*$/.test(text.slice(Math.max(0, from - LONGEST_LINE), from))) return [];
      const title = titleIn(text.slice(above, from).split("\n"));
      above = to;
      // Rows one by one, as `az … --query "value[]"` through jq -c writes them.
      const isRows = rowKindOf(fieldsOf(values.slice(0, 1))) !== null;
      return isRows ? jsonTables(values, title) : values.flatMap((value) => jsonTables(value, title));
    });
  },
};

const LONGEST_LINE = 2000;

/** How deep a table may be. Envelopes have three levels, a script's list of routers five. */
const MOST_LEVELS = 7;

/** How many values are looked at. */
const MOST_VALUES = 100_000;

/** The fields by which scripts name a router. The first that is there counts. */
const NAME_FIELDS = ["gateway", "Gateway", "hub", "routeServer", "circuit", "name", "Name", "id", "Id"];

/**
 * The tables in a JSON value.
 * @throws UserError for one page of several, and for an answer that has no result yet. Linear.
 */
export function jsonTables(value: unknown, title: Title = NO_TITLE): readonly RecordTable[] {
  let left = MOST_VALUES;
  const visit = (inner: unknown, own: Title, levels: number): readonly RecordTable[] => {
    if (levels === 0 || left-- <= 0) return [];
    if (typeof inner === "string") {
      const parsed = parsedText(inner);
      return parsed === undefined ? [] : visit(parsed, own, levels - 1);
    }
    if (Array.isArray(inner)) {
      const table = listTable(inner, own);
      if (table !== null) return [table];
      return inner.flatMap((member) => visit(member, named(own, member, null), levels - 1));
    }
    if (!isRecord(inner)) return [];
    const kept = ownField(inner, GATEWAY_TABLE_FIELD);
    if (isRecord(kept)) return visit(withoutField(inner, GATEWAY_TABLE_FIELD), keptTitle(kept), levels - 1);
    const table = objectTable(inner, own);
    if (table !== null) return [table];
    return Object.entries(inner).flatMap(([key, each]) =>
      // An empty list inside other fields is anything.
      Array.isArray(each) && each.length === 0 ? [] : visit(each, named(own, inner, key), levels - 1),
    );
  };
  return visit(value, title, MOST_LEVELS);
}

/** A list of rows, or an empty one; null for a list of anything else. */
function listTable(list: readonly unknown[], title: Title): RecordTable | null {
  const rowKind = rowKindOf(fieldsOf(list));
  if (rowKind === null && list.length > 0) return null;
  return { title, rowKind, records: recordsOf(list, null), headings: null, roles: null, note: null };
}

/** The table that an object is or holds; null for any other. */
function objectTable(value: Readonly<Record<string, unknown>>, title: Title): RecordTable | null {
  if (ownField(value, "schemaVersion") !== undefined) {
    throw rejection(
      "routes-report",
      "it is a report of this program (-o json)",
      "give the export that it was made from",
    );
  }
  const rows = ownField(value, "value") ?? ownField(value, "Value");
  if (nonEmptyText(ownField(value, "nextLink")) !== null && Array.isArray(rows)) {
    throw rejection("partial-table", "it is one page of several: 'nextLink' is set, so rows are missing");
  }
  if (Array.isArray(rows)) return listTable(rows, title);
  const instances = Object.entries(value).flatMap(([instance, list]) =>
    /^RouteServiceRole_/i.test(instance) && Array.isArray(list) ? [{ instance, list }] : [],
  );
  if (instances.length > 0) return instancesTable(instances, title);
  return rowKindOf(Object.keys(value)) === null ? null : listTable([value], title);
}

/** The rows of one instance of a Route Server. */
interface InstanceRows {
  readonly instance: string;
  readonly list: readonly unknown[];
}

function instancesTable(instances: readonly InstanceRows[], title: Title): RecordTable {
  const records = instances.flatMap(({ instance, list }) => recordsOf(list, instance));
  const rowKind = rowKindOf(fieldsOf(instances.flatMap(({ list }) => list)));
  if (rowKind === null && records.length > 0) throw rejection("not-effective-routes", "its instances hold no routes");
  return { title, rowKind, records, headings: null, roles: instances.map(({ instance }) => instance), note: null };
}

/** The fields of the rows of a list: ARM leaves out those that are empty, so the first row may lack one. */
function fieldsOf(list: readonly unknown[]): readonly string[] {
  return [...new Set(list.slice(0, 1000).flatMap((row) => (isRecord(row) ? Object.keys(row) : [])))];
}

function recordsOf(list: readonly unknown[], instance: string | null) {
  return list.map((row, index) => {
    const at = `${instance === null ? "" : `${shortInstance(instance)} `}row ${index + 1}`;
    if (!isRecord(row)) throw rejection("route-shape", `${at} is not an object`);
    if (Object.values(row).some(isDeep)) throw rejection("route-shape", `${at} is nested too deeply`);
    return { at, fields: row, instance };
  });
}

/** `IN_0` of `RouteServiceRole_IN_0`, for messages. */
const shortInstance = (instance: string) => quotedText(instance.replace(/^RouteServiceRole_/i, ""), 10);

/** Azure sends flat rows with lists of texts. */
function isDeep(value: unknown): boolean {
  return Array.isArray(value) ? value.some((each) => isRecord(each) || Array.isArray(each)) : isRecord(value);
}

/** The title of what is inside a value: the value's own name, or the name of the field. */
function named(title: Title, value: unknown, key: string | null): Title {
  for (const field of NAME_FIELDS) {
    const name = nonEmptyText(ownField(value, field));
    if (name !== null) return { ...title, name };
  }
  return title.name !== null || key === null || /^(value|properties|output|response|body|content)$/i.test(key)
    ? title
    : { ...title, name: key };
}

/** The title that this program kept with a table. */
function keptTitle(kept: Readonly<Record<string, unknown>>): Title {
  const kind = textField(kept, "kind");
  return {
    name: textField(kept, "routerId"),
    kind: kind !== null && isKind(kind) ? kind : null,
    scope: textField(kept, "scope"),
    fetchedAt: textField(kept, "fetchedAt"),
  };
}

function withoutField(value: Readonly<Record<string, unknown>>, field: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== field));
}

/** The JSON in a text, e.g. the body of an answer; undefined for any other text. */
function parsedText(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
