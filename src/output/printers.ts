import type { Result } from "./result.ts";
import type { Terminal } from "./terminal.ts";

/** Prints a finished result to the terminal's stdout. */
export type Printer = (result: Result, terminal: Terminal) => Promise<void>;

const structured = () => import("./structured.ts");

/** The output formats: one line each. A printer is loaded when it is used. */
const PRINTERS = {
  table: async () => (await import("./table.ts")).printTable,
  wide: async () => (await structured()).printWide,
  json: async () => (await import("./json.ts")).printJson,
  ndjson: async () => (await structured()).printNdjson,
  csv: async () => (await structured()).printCsv,
  tsv: async () => (await structured()).printTsv,
  yaml: async () => (await structured()).printYaml,
  markdown: async () => (await structured()).printMarkdown,
  none: async () => (await structured()).printNone,
} satisfies Record<string, () => Promise<Printer>>;

/** The name of an output format. */
export type Format = keyof typeof PRINTERS;

/** The formats that `--output` offers. */
export const FORMATS = Object.keys(PRINTERS) as readonly Format[];

export const DEFAULT_FORMAT: Format = "table";

/** The printer of a format. */
export function printerOf(format: Format): Promise<Printer> {
  return PRINTERS[format]();
}
