import { plainJson } from "../../terminal/plain-text.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { isRecord } from "../../text/type-guards.ts";
import type { Cell } from "../formats/cell.ts";
import { cellText } from "../formats/cell.ts";
import { csvText } from "../formats/csv.ts";
import type { Format } from "../formats/formats.ts";
import { markdownText } from "../formats/markdown.ts";
import { ndjsonText } from "../formats/ndjson.ts";
import { tsvText } from "../formats/tsv.ts";
import { wideText } from "../formats/wide.ts";
import { yamlText } from "../formats/yaml.ts";
import { queryError } from "./query.ts";

/** What a query found, in rows. */
interface Tabular {
  /** Null for plain values: there is nothing to call them. */
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly Cell[])[];
}

function cell(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  return JSON.stringify(value);
}

/** As az does it: objects are rows under their fields' names, lists are rows without names, plain values are lines. */
function tabular(found: unknown): Tabular {
  if (found === null || found === undefined) return { columns: null, rows: [] };
  const items: readonly unknown[] = Array.isArray(found) ? found : [found];
  if (items.length > 0 && items.every(isRecord)) {
    const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
    return {
      columns,
      rows: items.map((item) => columns.map((column) => (Object.hasOwn(item, column) ? cell(item[column]) : null))),
    };
  }
  return { columns: null, rows: items.map((item) => (Array.isArray(item) ? item.map(cell) : [cell(item)])) };
}

const numbered = (rows: Tabular["rows"]) =>
  Array.from({ length: rows.reduce((most, row) => Math.max(most, row.length), 1) }, (_, index) => `column${index + 1}`);

async function queriedText(found: unknown, format: Format, terminal: Terminal): Promise<string> {
  const { columns, rows } = tabular(found);
  switch (format) {
    case "json":
      return `${plainJson(JSON.stringify(found ?? null, null, 2))}\n`;
    case "ndjson":
      return ndjsonText(Array.isArray(found) ? found : [found ?? null]);
    case "yaml":
      return yamlText(found ?? null);
    case "csv":
      return rows.length === 0 ? "" : csvText(columns ?? numbered(rows), rows);
    case "tsv":
      return tsvText(rows);
    case "markdown":
      return rows.length === 0 ? "" : markdownText(columns ?? numbered(rows), rows);
    case "table":
    case "wide":
      if (columns !== null) return wideText(columns, rows, terminal.stdout);
      // plain values are lines; lists get columns, which az numbers
      if (rows.every((row) => row.length < 2)) return rows.map((row) => `${row.map(cellText).join("")}\n`).join("");
      return wideText(numbered(rows), rows, terminal.stdout);
    case "none":
      return "";
    default:
      return format satisfies never;
  }
}

/**
 * Prints what a query found, in any format.
 * @throws UserError where the text is longer than any string can be.
 */
export async function printQueried(found: unknown, format: Format, terminal: Terminal): Promise<void> {
  let text = "";
  try {
    text = await queriedText(found, format, terminal);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw queryError("--query finds more than can be printed: a text of more than 500 million characters");
  }
  if (text !== "") terminal.stdout.write(text);
}
