import { writePieces } from "../../terminal/pieces.ts";
import { plainJson } from "../../terminal/plain-text.ts";
import { RunPrinter } from "../bulk/run-printer.ts";
import { elementsOf } from "../results/kinds.ts";
import type { Format } from "./format.ts";

/** Returns the value as JSON on one line. Characters that could steer a terminal are escaped. */
export function ndjsonLine(value: unknown): string {
  return `${plainJson(JSON.stringify(value))}\n`;
}

function* lines(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield ndjsonLine(value);
}

/** The elements of a report, one per line. */
export const ndjson: Format = {
  print: async (result, stdout) => writePieces(lines(await elementsOf(result)), stdout),
  printFound: (found, stdout) => writePieces(lines(Array.isArray(found) ? found : [found ?? null]), stdout),
  stream() {
    const printer = new RunPrinter("record", `{"destination":"`, ndjsonLine);
    return {
      detail: "record",
      head: "",
      of: ndjsonLine,
      tail: () => "",
      printRun: (run, out) => printer.print(run, out),
    };
  },
};
