import type { LineChoice } from "./choice.ts";
import { type DestinationText, fieldOf, type RefusedLine, refusedWhole, saysNothing, wholeLine } from "./field.ts";
import { type PlainPlace, placeAtDelimiter } from "./form.ts";
import type { Destinations, TextReader } from "./reader.ts";
import { type InputLine, lineSplitter } from "./split.ts";

/**
 * What one line says: its destination, a refusal, or null for a blank line or a `#` comment. For the choices that need
 * no header.
 */
function destinationOf(
  line: InputLine,
  choice: Exclude<LineChoice, { readonly kind: "column" }>,
): DestinationText | RefusedLine | null {
  if (saysNothing(line)) return null;
  if (line.problem !== null) return refusedWhole(line);
  return choice.kind === "line" ? wholeLine(line) : fieldOf(line, choice.field, choice.delimiter);
}

function placeOf(choice: Exclude<LineChoice, { readonly kind: "column" }>): PlainPlace | null {
  if (choice.kind === "line") return { kind: "line" };
  const { field, delimiter } = choice;
  return delimiter === null ? { kind: "blanks", field } : placeAtDelimiter(field, delimiter, false);
}

/** A reader of the lines of a text, whatever they hold: the careful way. */
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
      if (destination !== null) yield destination;
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
