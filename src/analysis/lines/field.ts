import { quotedText } from "../../text/quoted-text.ts";
import type { InputLine } from "./split.ts";

/** A destination as a line spells it, still to be parsed. */
export interface DestinationText {
  /** The line's number, from 1; of a record that spans lines, its first. */
  readonly line: number;
  readonly destination: string;
}

/** A line without a destination to look up, in its place: `destination` shows how the line starts. */
export interface RefusedLine extends DestinationText {
  readonly error: { readonly code: RefusedLineCode; readonly message: string; readonly hint: string };
}

/** Why a line was refused. */
export type RefusedLineCode = "line-too-long" | "field-missing" | "field-empty" | "quote-open" | "record-broken";

/** The refusal of a line, its message opened by the line's number. */
export function refusedLine(line: InputLine, code: RefusedLineCode, message: string, hint: string): RefusedLine {
  return {
    line: line.number,
    destination: quotedText(line.text, 60),
    error: { code, message: `line ${line.number}: ${message}`, hint },
  };
}

/** The refusal of a line that could not even be split. */
export function refusedWhole(line: InputLine): RefusedLine {
  return line.problem === "quote-open"
    ? refusedLine(
        line,
        "quote-open",
        "a quoted cell opens here and never closes",
        "close it, or double a quote inside a cell",
      )
    : refusedLine(line, "line-too-long", "the line is too long to hold an address", "give one destination a line");
}

/** Whether the line says nothing: blank, or a comment. Of a line that is too long only the start is known. */
export function saysNothing({ text, problem }: InputLine): boolean {
  return problem === "too-long" ? /^\s*#/.test(text) : /^\s*(?:#|$)/.test(text);
}

/** Without the double quotes around it, which `jq` without `-r` leaves. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  return trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"')
    ? trimmed.slice(1, -1).trim()
    : trimmed;
}

/** The destination that is the whole line; a comment behind it (` # ...`) is left out. */
export function wholeLine(line: InputLine): DestinationText {
  return { line: line.number, destination: unquoted(line.text.replace(/\s#.*$/s, "")) };
}

/**
 * The destination in field number `field`, counted from 1, of the line split at the delimiter, or at blanks where it
 * is null.
 */
export function fieldOf(line: InputLine, field: number, delimiter: string | null): DestinationText | RefusedLine {
  const fields = delimiter === null ? line.text.trim().split(/\s+/) : line.text.split(delimiter);
  const text = fields[field - 1];
  if (text === undefined) {
    const count = fields.length === 1 ? "1 field" : `${fields.length} fields`;
    return refusedLine(line, "field-missing", `it has ${count}, so no field ${field}`, "check --field and --delimiter");
  }
  const destination = unquoted(text);
  return destination === ""
    ? refusedLine(line, "field-empty", `field ${field} is empty`, "check --field and --delimiter")
    : { line: line.number, destination };
}
