/** What csv-parse's errors have, by the kind of fault. */
interface CsvFault {
  readonly code: string;
  /** The line of the fault, from 1. */
  readonly lines?: unknown;
  /** The cells of a line with too few or too many. */
  readonly record?: unknown;
}

/** Returns why a text is not CSV, in our own words. https://csv.js.org/parse/errors/ */
export function csvFault({ code, lines, record }: CsvFault): string {
  const line = typeof lines === "number" ? `line ${lines}` : "a line";
  if (code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH" && Array.isArray(record)) {
    return `${line} has ${record.length} ${record.length === 1 ? "cell" : "cells"}, unlike the heading`;
  }
  if (code.endsWith("_QUOTE")) return `${line} has a quote within a cell that is not doubled`;
  if (code === "CSV_QUOTE_NOT_CLOSED") return "a quote is not closed";
  return `${line} cannot be read`;
}
