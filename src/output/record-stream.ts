import { type Cell, cellText } from "./cell.ts";
import { EMPTY } from "./columns.ts";
import { csvLine } from "./csv-text.ts";
import { markdownText } from "./markdown-text.ts";
import { ndjsonLine } from "./ndjson-text.ts";
import { plainJson } from "./plain-text.ts";
import type { Format } from "./printers.ts";
import type { OutputStream } from "./terminal.ts";
import { tsvLine } from "./tsv-text.ts";
import { heading } from "./wide-text.ts";
import { yamlText } from "./yaml-text.ts";

/** Records that come one after the other and are printed so: what they are, flat and as an element of which list. */
export interface RecordKind<T> {
  /** The name of the report's list. */
  readonly list: string;
  readonly columns: readonly string[];
  rows(record: T): readonly (readonly Cell[])[];
  /** The report's other fields. */
  readonly rest: object;
}

/** A format's text around records and of each one: printed one after the other it is the whole output. */
interface RecordText<T> {
  readonly head: string;
  of(record: T): string | Promise<string>;
  tail(): string;
}

/** Lines in columns that widen as wider cells come, so nothing is cut and nothing kept. */
function growingColumns<T>({ columns, rows }: RecordKind<T>, { chalk }: OutputStream): RecordText<T> {
  const headings = columns.map(heading);
  const widths = headings.map((text) => text.length);
  const line = (texts: readonly string[]) => {
    texts.forEach((text, column) => {
      widths[column] = Math.max(widths[column] ?? 0, text.length);
    });
    return texts
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  };
  return {
    head: `${chalk.bold(line(headings))}\n`,
    of: (record) =>
      rows(record)
        .map((cells) => `${line(cells.map((cell) => cellText(cell) || EMPTY))}\n`)
        .join(""),
    tail: nothing,
  };
}

const nothing = () => "";

const indented = (text: string, by: string) => text.replace(/^(?=.)/gm, by);

function jsonRecords<T>({ list, rest }: RecordKind<T>): RecordText<T> {
  let separator = "\n";
  const after = JSON.stringify(rest, null, 2).slice(2);
  return {
    head: `{\n  "schemaVersion": "1.0",\n  ${JSON.stringify(list)}: [`,
    of: (record) => {
      const text = `${separator}${indented(plainJson(JSON.stringify(record, null, 2)), "    ")}`;
      separator = ",\n";
      return text;
    },
    tail: () => `\n  ],\n${plainJson(after)}\n`,
  };
}

async function yamlRecords<T>({ list, rest }: RecordKind<T>): Promise<RecordText<T>> {
  let any = false;
  const after = await yamlText(rest);
  return {
    head: `${await yamlText({ schemaVersion: "1.0" })}${list}:`,
    of: async (record) => {
      const text = indented(await yamlText([record]), "  ");
      const separator = any ? "" : "\n";
      any = true;
      return separator + text;
    },
    tail: () => (any ? after : ` []\n${after}`),
  };
}

/** How a format prints records that come one by one, in constant memory. */
async function recordText<T>(kind: RecordKind<T>, format: Format, stdout: OutputStream): Promise<RecordText<T>> {
  const { columns, rows } = kind;
  switch (format) {
    case "table":
    case "wide":
      return growingColumns(kind, stdout);
    case "json":
      return jsonRecords(kind);
    case "ndjson":
      return { head: "", of: ndjsonLine, tail: nothing };
    case "csv":
      return { head: csvLine(columns), of: (record) => rows(record).map(csvLine).join(""), tail: nothing };
    case "tsv":
      return { head: "", of: (record) => rows(record).map(tsvLine).join(""), tail: nothing };
    case "markdown": {
      const head = markdownText(columns, []);
      return { head, of: (record) => markdownText(columns, rows(record)).slice(head.length), tail: nothing };
    }
    case "yaml":
      return yamlRecords(kind);
    case "none":
      return { head: "", of: () => "", tail: nothing };
    default:
      return format satisfies never;
  }
}

/** Pieces of about this many characters are written at once. */
const BATCH = 64 * 1024;

/** Prints records as they come: what is there is written before the next input is waited for, and a slower reader is waited for. */
export async function printRecords<T>(
  records: AsyncIterable<T>,
  kind: RecordKind<T>,
  format: Format,
  stdout: OutputStream,
): Promise<void> {
  const text = await recordText(kind, format, stdout);
  // Nothing is printed before the first answer: input that is refused as a whole leaves stdout empty.
  let begun = false;
  let batch = "";
  let waiting: NodeJS.Immediate | null = null;
  const write = () => {
    if (waiting !== null) clearImmediate(waiting);
    waiting = null;
    if (batch !== "") stdout.write(batch);
    batch = "";
  };
  try {
    for await (const record of records) {
      const own = await text.of(record);
      batch += begun ? own : text.head + own;
      begun = true;
      waiting ??= setImmediate(write);
      if (batch.length < BATCH) continue;
      write();
      await stdout.drained();
    }
    batch += begun ? text.tail() : text.head + text.tail();
  } finally {
    // What was answered before the input broke off is not lost.
    write();
  }
  await stdout.drained();
}
