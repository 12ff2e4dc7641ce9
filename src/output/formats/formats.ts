import type { Terminal } from "../../terminal/terminal.ts";
import type { CheckReport } from "../results/reports.ts";
import type { Result } from "../results/result.ts";

/** Prints a finished result to the terminal's stdout. */
export type Printer = (result: Result, terminal: Terminal) => Promise<void>;

/** The text of a checked policy, by the program of that version. */
export type PipelineText = (report: CheckReport, version: string) => string | Promise<string>;

const structured = () => import("./structured.ts");

/** The output formats: one line each. A printer is loaded when it is used. */
const PRINTERS = {
  table: async () => (await import("../results/table.ts")).printTable,
  wide: async () => (await structured()).printWide,
  json: async () => (await import("./json.ts")).printJson,
  ndjson: async () => (await structured()).printNdjson,
  csv: async () => (await structured()).printCsv,
  tsv: async () => (await structured()).printTsv,
  yaml: async () => (await structured()).printYaml,
  markdown: async () => (await structured()).printMarkdown,
  none: async () => (await structured()).printNone,
} satisfies Record<string, () => Promise<Printer>>;

/** What pipelines read as test results and as findings: formats of a checked policy alone. */
const PIPELINE_TEXTS = {
  junit: async () => (await import("./junit.ts")).junitText,
  sarif: async () => (await import("./sarif.ts")).sarifText,
} satisfies Record<string, () => Promise<PipelineText>>;

/** The name of a format for pipelines. */
export type PipelineFormat = keyof typeof PIPELINE_TEXTS;

export const PIPELINE_FORMATS = Object.keys(PIPELINE_TEXTS) as readonly PipelineFormat[];

/** The name of an output format of every command. */
export type Format = keyof typeof PRINTERS;

/** The formats that `--output` offers for every command. */
export const FORMATS = Object.keys(PRINTERS) as readonly Format[];

export const DEFAULT_FORMAT: Format = "table";

/** The printer of a format. */
export function printerOf(format: Format): Promise<Printer> {
  return PRINTERS[format]();
}

/** What gives the text of a format for pipelines. */
export function pipelineTextOf(format: PipelineFormat): Promise<PipelineText> {
  return PIPELINE_TEXTS[format]();
}
