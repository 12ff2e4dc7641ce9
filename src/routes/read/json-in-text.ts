import { isRecord } from "../../text/type-guards.ts";
import { bestForm, FIT, type Form } from "./form.ts";
import { type JsonDocument, jsonDocument } from "./json/document.ts";
import { JSON_FORMS } from "./json/forms.ts";
import { otherJson, unknownJson } from "./json/other.ts";

/**
 * JSON with other text around it: az's progress line, prompts, Markdown fences, `#` lines, HTTP headers, a debug
 * trace. Also JSON lines and the documents that jq prints one after the other: routes one by one, or a table each.
 */
export const jsonInText: Form<string> = {
  name: "json-in-text",
  recognises: (text) => {
    const found = documentIn(text);
    if (found === null) return FIT.none;
    return isRejection(bestOf(found)) ? FIT.partial : FIT.full;
  },
  tables: async (text) => {
    const documents = documentIn(text);
    if (documents === null) return [];
    return bestOf(documents).tables(documents);
  },
};

const bestOf = (document: JsonDocument) => bestForm(JSON_FORMS, document);

const isRejection = (form: Form<JsonDocument>) => form === otherJson || form === unknownJson;

/**
 * The one document in a text: a table, or something that says what it is; several routes in a row as their list. Null
 * where the text has no JSON, or JSON that is broken or cut off: what is left of it must not pass for the whole.
 */
function documentIn(text: string): JsonDocument | null {
  const runs = jsonRuns(text);
  if (runs === null) return null;
  const documents = runs.map(documentOf).filter((document) => document !== null);
  // `[]` is anything; the empty table of an export has a `value`.
  const isTable = (document: JsonDocument) => !isRejection(bestOf(document)) && !isEmptyList(document.value);
  const tables = documents.filter(isTable);
  const [first, ...others] = tables.length > 0 ? tables : documents.filter(({ value }) => hasFields(value));
  if (first === undefined) return null;
  if (others.length === 0) return first;
  // Several tables become members of one list, distinguished by their names.
  return jsonDocument({ documents: [first, ...others].map(({ value }) => value) });
}

const hasFields = (value: unknown) => isRecord(value) && Object.keys(value).length > 0;

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

/** The document of JSON values that follow each other: one value, or a list of routes. */
function documentOf(values: readonly unknown[]): JsonDocument | null {
  const [first] = values;
  if (values.length === 1) return jsonDocument(first);
  if (!values.every(isRecord)) return null;
  return jsonDocument(values);
}

/** How often a text may be passed over in search of brackets that close: brackets in prose are near each other. */
const MOST_PASSES = 8;

/**
 * The JSON values in a text, in runs with only blank between their values; values between other text are runs of their
 * own. Null where a bracket opens JSON that is broken or never closes, or a value is part of a list. Linear in the
 * text.
 */
function jsonRuns(text: string): readonly (readonly unknown[])[] | null {
  const runs: unknown[][] = [];
  let budget = MOST_PASSES * text.length;
  let after = -1;
  for (let at = nextStart(text, 0); at >= 0; ) {
    const end = endOf(text, at);
    budget -= (end < 0 ? text.length : end) - at;
    if (budget < 0) return null;
    // Most brackets of prose are not JSON's, and parsing them to find out costs an exception each.
    const value = end < 0 || !mayBeJson(text, at) ? undefined : parsed(text.slice(at, end));
    if (value === undefined) {
      if (opensJson(text, at)) return null;
      at = nextStart(text, at + 1);
      continue;
    }
    // A comma beside a value: it is part of a list whose rest is missing.
    if (/^\s*,/.test(text.slice(end, end + 200)) || /,\s*$/.test(text.slice(Math.max(0, at - 200), at))) return null;
    const run = runs.at(-1);
    if (run !== undefined && text.slice(after, at).trim() === "") run.push(value);
    else runs.push([value]);
    after = end;
    at = nextStart(text, end);
  }
  return runs;
}

function nextStart(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === "{" || text[at] === "[") return at;
  return -1;
}

/** Whether what follows a bracket can begin an object, or a list of objects, lists or texts. */
function mayBeJson(text: string, at: number): boolean {
  return /^\s*["{}[\]]/.test(text.slice(at + 1, at + 200));
}

/** Whether a bracket is meant as JSON: what follows it is how an object or a list of objects begins. */
function opensJson(text: string, at: number): boolean {
  const rest = text.slice(at + 1, at + 200).trimStart();
  return text[at] === "{" ? /^"/.test(rest) : /^[{[]/.test(rest);
}

/** Where the bracket that opens at a place closes: behind it; -1 where it never does. Strings are passed over. */
function endOf(text: string, from: number): number {
  let open = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
      else if (char === "\n") return -1;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") open++;
    else if ((char === "}" || char === "]") && --open === 0) return at + 1;
  }
  return -1;
}

/** The value of a text; undefined where it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
