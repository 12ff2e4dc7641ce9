import type { Likeness, RecordRun } from "../analysis/record-run.ts";
import { type Cell, cellText } from "./cell.ts";
import { EMPTY } from "./columns.ts";
import { csvLine } from "./csv-text.ts";
import { markdownLine, markdownText } from "./markdown-text.ts";
import { ndjsonLine } from "./ndjson-text.ts";
import type { OutputBuffer } from "./output-buffer.ts";
import { plainJson } from "./plain-text.ts";
import type { Format } from "./printers.ts";
import { RunPrinter } from "./run-printer.ts";
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
export interface RecordText<T> {
  readonly head: string;
  /** How much of a record it tells. */
  readonly tells: Likeness;
  of(record: T): string | Promise<string>;
  tail(): string;
  /** Prints a run as its records one by one would be, but faster; absent where there is no faster way. */
  printRun?(run: RecordRun<T>, out: OutputBuffer): Promise<void>;
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
    tells: "row",
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
    tells: "record",
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
    tells: "record",
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

/** A format in which a record prints the same wherever it stands, and `before` and the address first. */
function lines<T>(tells: Likeness, head: string, before: string, of: (record: T) => string): RecordText<T> {
  const printer = new RunPrinter(tells, before, of);
  return { tells, head, of, tail: nothing, printRun: (run, out) => printer.print(run, out) };
}

/** How a format prints records that come one by one, in constant memory. */
export async function recordText<T>(kind: RecordKind<T>, format: Format, stdout: OutputStream): Promise<RecordText<T>> {
  const { columns, rows } = kind;
  switch (format) {
    case "table":
    case "wide":
      return growingColumns(kind, stdout);
    case "json":
      return jsonRecords(kind);
    case "ndjson":
      return lines("record", "", `{"destination":"`, ndjsonLine);
    case "csv":
      return lines("row", csvLine(columns), "", (record) => rows(record).map(csvLine).join(""));
    case "tsv":
      return lines("row", "", "", (record) => rows(record).map(tsvLine).join(""));
    case "markdown": {
      const head = markdownText(columns, []);
      const of = (record: T) => rows(record).map(markdownLine).join("");
      return { tells: "row", head, of, tail: nothing };
    }
    case "yaml":
      return yamlRecords(kind);
    case "none":
      return { tells: "row", head: "", of: nothing, tail: nothing, printRun: async () => {} };
    default:
      return format satisfies never;
  }
}
