import type { Likeness, RecordRun } from "../../analysis/bulk/record-run.ts";
import { EMPTY, inColumns, type Line } from "../../terminal/columns.ts";
import { plainJson } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import type { OutputBuffer } from "../bulk/output-buffer.ts";
import { RunPrinter } from "../bulk/run-printer.ts";
import { type Cell, cellText } from "./cell.ts";
import { csvLine } from "./csv.ts";
import type { Format } from "./formats.ts";
import { markdownLine, markdownText } from "./markdown.ts";
import { ndjsonLine } from "./ndjson.ts";
import { tsvLine } from "./tsv.ts";
import { heading } from "./wide.ts";
import { yamlText } from "./yaml.ts";

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
  /** What was held back of the records so far, to see more of them first; absent where nothing is. */
  settled?(): Promise<string>;
  tail(): string;
  /** Prints a run as its records one by one would be, but faster; absent where there is no faster way. */
  printRun?(run: RecordRun<T>, out: OutputBuffer): Promise<void>;
}

/** As many lines of a table wait for each other at most. */
const WAITING = 1000;

/** Lines in columns: those that come together are laid out together, and the columns widen where wider cells come later. Nothing is cut. */
function growingColumns<T>({ columns, rows }: RecordKind<T>, stdout: OutputStream): RecordText<T> {
  let waiting: Line[] = [{ cells: columns.map(heading), colour: "bold" }];
  const widths: number[] = [];
  const settled = () => {
    const lines = waiting;
    waiting = [];
    return inColumns(lines, stdout, null, widths);
  };
  return {
    tells: "row",
    head: "",
    of: (record) => {
      for (const cells of rows(record)) {
        waiting.push({ cells: cells.map((cell) => cellText(cell) || EMPTY), colour: null });
      }
      return waiting.length < WAITING ? "" : settled();
    },
    settled,
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
