import { isRecord } from "../../text/type-guards.ts";

/**
 * A text that is equal for bodies with the same routes: Azure keeps no order among rows, prefixes and next hops. A body
 * without a list of routes is its own content.
 */
export function tableContent(body: string): string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return body;
  }
  const rows = isRecord(value) ? value.value : undefined;
  return Array.isArray(rows) ? rows.map(sorted).sort().join("\n") : body;
}

/** The value as text, its fields and the elements of its lists in order. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).sort().join()}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}:${sorted(each)}`);
  return `{${fields.sort().join()}}`;
}
