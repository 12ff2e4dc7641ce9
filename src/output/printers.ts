import type { Result } from "./result.ts";
import type { Terminal } from "./terminal.ts";

/** Prints a finished result to the terminal's stdout. */
export type Printer = (result: Result, terminal: Terminal) => Promise<void>;

/** The output formats: one line here and one file each. A printer is loaded when it is used. */
const PRINTERS = {
  table: async () => (await import("./table.ts")).printTable,
  json: async () => (await import("./json.ts")).printJson,
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
