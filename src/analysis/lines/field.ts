import { quotedText } from "../../text/quoted-text.ts";
import type { InputLine } from "./split.ts";

/** The unparsed destination of a line. */
export interface DestinationText {
  /** Line number from 1; for a record of several lines, that of the first. */
  readonly line: number;
  readonly destination: string;
}

/** A line without a valid destination. `destination` is the start of the line. */
export interface RefusedLine extends DestinationText {
  readonly error: { readonly code: RefusedLineCode; readonly message: string; readonly hint: string };
}

/** Codes for refused lines. */
export type RefusedLineCode = "line-too-long" | "field-missing" | "field-empty" | "quote-open" | "record-broken";

/** Returns a RefusedLine whose message starts with the line number. */
export function refusedLine(line: InputLine, code: RefusedLineCode, message: string, hint: string): RefusedLine {
  return {
    line: line.number,
    destination: quotedText(line.text, 60),
    error: { code, message: `line ${line.number}: ${message}`, hint },
  };
}

/** Returns the RefusedLine of a line that could not be split into fields. */
export function refusedUnsplit(line: InputLine): RefusedLine {
  return line.problem === "quote-open"
    ? refusedLine(line, "quote-open", "unclosed quoted cell", "close the quote, or double a quote inside a cell")
    : refusedLine(line, "line-too-long", "the line is too long to hold an address", "write one destination per line");
}

/**
 * A cell of Traffic Analytics' DestPublicIPs or SrcPublicIPs: each address with its counts, as in
 * `20.38.116.38|1|0|0|0|0|0 52.239.184.180|2|0|0|0|0|0`.
 * https://learn.microsoft.com/azure/network-watcher/traffic-analytics-schema
 */
const PUBLIC_IPS = /^[\da-f.:]+(?:\|[\d.]*)+(?:\s+[\da-f.:]+(?:\|[\d.]*)+)*$/i;

/** Returns the destinations in one field: the addresses of a cell of Traffic Analytics, else the field itself. */
export function destinationsIn<T extends DestinationText>(found: T): readonly (T | DestinationText)[] {
  const { line, destination } = found;
  if ("error" in found || !destination.includes("|") || !PUBLIC_IPS.test(destination)) return [found];
  return destination.split(/\s+/).map((part) => ({ line, destination: part.slice(0, part.indexOf("|")) }));
}

/** Whether the line is blank or a comment. For a line that is too long, only the start is known. */
export function isBlankOrComment({ text, problem }: InputLine): boolean {
  return problem === "too-long" ? /^\s*#/.test(text) : /^\s*(?:#|$)/.test(text);
}

/** Removes surrounding double quotes, as printed by `jq` without `-r`. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  return trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"')
    ? trimmed.slice(1, -1).trim()
    : trimmed;
}

/** Returns the whole line as destination, without a trailing comment (` # ...`). */
export function wholeLine(line: InputLine): DestinationText {
  return { line: line.number, destination: unquoted(line.text.replace(/\s#.*$/s, "")) };
}

/** What separates fields other than blanks, as --delimiter takes it without quotes. */
const SEPARATORS = [
  [",", "comma"],
  [";", "semicolon"],
  ["|", "'|'"],
] as const;

/**
 * Returns the destination in field number `field` from 1. The line is split at the delimiter or, if null, at
 * whitespace.
 */
export function fieldOf(line: InputLine, field: number, delimiter: string | null): DestinationText | RefusedLine {
  const fields = delimiter === null ? line.text.trim().split(/\s+/) : line.text.split(delimiter);
  const text = fields[field - 1];
  if (text === undefined) {
    const count = fields.length === 1 ? "1 field" : `${fields.length} fields`;
    const other = delimiter === null ? SEPARATORS.find(([text]) => line.text.includes(text)) : undefined;
    const hint =
      other === undefined
        ? "check --field and --delimiter"
        : `fields are separated by blanks; for this line add --delimiter ${other[1]}`;
    return refusedLine(line, "field-missing", `no field ${field}, only ${count}`, hint);
  }
  const destination = unquoted(text);
  return destination === ""
    ? refusedLine(line, "field-empty", `field ${field} is empty`, "check --field and --delimiter")
    : { line: line.number, destination };
}
