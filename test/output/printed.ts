import type { Format } from "../../src/output/formats/format.ts";
import type { Reports, Result } from "../../src/output/results/kinds.ts";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { Capture } from "../terminal/capture-terminal.ts";

const FORMATS: Readonly<Record<string, () => Promise<Format>>> = {
  table: async () => (await import("../../src/output/formats/table.ts")).table,
  short: async () => (await import("../../src/output/formats/short.ts")).short,
  csv: async () => (await import("../../src/output/formats/csv.ts")).csv,
  ndjson: async () => (await import("../../src/output/formats/ndjson.ts")).ndjson,
  junit: async () => (await import("../../src/output/formats/junit.ts")).junit,
  sarif: async () => (await import("../../src/output/formats/sarif/sarif.ts")).sarif,
  mermaid: async () => (await import("../../src/output/formats/mermaid.ts")).mermaid,
  dot: async () => (await import("../../src/output/formats/dot.ts")).dot,
};

interface Printing {
  readonly view?: object;
  readonly formats?: readonly (keyof typeof FORMATS)[];
  /** The widths of the terminals on which the table is printed; null for a pipe. */
  readonly widths?: readonly (number | null)[];
}

/**
 * Returns what the formats make of a report, one below the other, then the table for each width. Escape sequences of
 * colours are written as their numbers in brackets, `⟨31⟩`.
 */
export async function printed<K extends keyof Reports>(
  kind: K,
  report: object,
  { view = {}, formats = [], widths = [] }: Printing,
): Promise<string> {
  const result = { kind, report, view } as unknown as Result;
  let all = "";
  const print = async (title: string, format: string, columns: number | null) => {
    const size = columns === null ? {} : { tty: true, columns };
    const capture = new Capture({ ...size, env: { LANG: "C.UTF-8" } });
    const { stdout } = await openTerminal(capture);
    await (await FORMATS[format]?.())?.print(result, stdout, { columns: null, sort: [], headings: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is shown
    const text = capture.out.replace(/\u001b\[(\d+)m/g, "⟨$1⟩").replaceAll("\r\n", "\n");
    all += `\n> ${title}\n${text}`;
  };
  for (const format of formats) await print(format, format, null);
  for (const width of widths) await print(width === null ? "in a pipe" : `${width} columns`, "table", width);
  return all;
}
