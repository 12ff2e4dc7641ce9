import type { LineChoice } from "./choice.ts";
import {
  type DestinationText,
  destinationsIn,
  fieldOf,
  isBlankOrComment,
  type RefusedLine,
  refusedUnsplit,
  wholeLine,
} from "./field.ts";
import { type PlainPlace, placeAtDelimiter } from "./form.ts";
import type { Destinations, TextReader } from "./reader.ts";
import { type InputLine, lineSplitter } from "./split.ts";

/**
 * Returns the destination of a line, a refused line, or null for a blank line or `#` comment. Not for columns, which
 * need a header.
 */
function destinationOf(
  line: InputLine,
  choice: Exclude<LineChoice, { readonly kind: "column" }>,
): DestinationText | RefusedLine | null {
  if (isBlankOrComment(line)) return null;
  if (line.problem !== null) return refusedUnsplit(line);
  return choice.kind === "line" ? wholeLine(line) : fieldOf(line, choice.field, choice.delimiter);
}

function placeOf(choice: Exclude<LineChoice, { readonly kind: "column" }>): PlainPlace | null {
  if (choice.kind === "line") return { kind: "line" };
  const { field, delimiter } = choice;
  return delimiter === null ? { kind: "blanks", field } : placeAtDelimiter(field, delimiter, false);
}

/** Returns a reader of all kinds of lines, plain or not. */
export async function textReader(choice: LineChoice, longest: number): Promise<TextReader> {
  if (choice.kind === "column") {
    const { columnReader } = await import("./csv.ts");
    return columnReader(choice.column, choice.delimiter, longest);
  }
  return lineReader(choice, longest);
}

function lineReader(choice: Exclude<LineChoice, { readonly kind: "column" }>, longest: number): TextReader {
  const splitter = lineSplitter(longest);
  function* found(lines: readonly InputLine[]): Destinations {
    for (const line of lines) {
      const destination = destinationOf(line, choice);
      if (destination !== null) yield* destinationsIn(destination);
    }
  }
  return {
    push: (text) => found(splitter.push(text)),
    end: () => found(splitter.end()),
    pass: splitter.pass,
    get midway() {
      return splitter.midway;
    },
    place: placeOf(choice),
  };
}
