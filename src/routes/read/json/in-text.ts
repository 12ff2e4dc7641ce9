import { isRecord } from "../../../text/type-guards.ts";
import { bestForm, FIT, type Form } from "../form.ts";
import { type JsonDocument, jsonDocument } from "./document.ts";
import { JSON_FORMS } from "./forms.ts";
import { otherJson, unknownJson } from "./other.ts";
import { jsonRuns } from "./runs.ts";

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
  const documents = runs.map(({ values }) => documentOf(values)).filter((document) => document !== null);
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
