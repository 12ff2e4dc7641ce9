import type { LineChoice } from "./address-lines-choice.ts";
import { columnReader } from "./address-lines-csv.ts";
import {
  type DestinationText,
  fieldOf,
  type RefusedLine,
  refusedWhole,
  saysNothing,
  wholeLine,
} from "./address-lines-field.ts";
import { type InputLine, lineSplitter } from "./address-lines-split.ts";
import { textChunks } from "./text-chunks.ts";

/**
 * What one line says: its destination, a refusal, or null for a blank line or a `#` comment. For the choices that need no
 * header.
 */
function destinationOf(
  line: InputLine,
  choice: Exclude<LineChoice, { readonly kind: "column" }>,
): DestinationText | RefusedLine | null {
  if (saysNothing(line)) return null;
  if (line.problem !== null) return refusedWhole(line);
  return choice.kind === "line" ? wholeLine(line) : fieldOf(line, choice.field, choice.delimiter);
}

/**
 * The destinations in a stream of lines, in their order, blank lines and `#` comments left out; a line that holds none is
 * refused in its place and the rest goes on. Destinations come as the text that the input holds, still to be parsed. UTF-8 or
 * UTF-16, LF or CRLF. Memory: a chunk and a line of at most `longest` characters, however long the input.
 * @throws AddressLinesError where a header does not hold the column.
 */
export async function* destinationLines(
  chunks: AsyncIterable<Uint8Array>,
  choice: LineChoice,
  longest?: number,
): AsyncGenerator<DestinationText | RefusedLine> {
  if (choice.kind === "column") {
    const reader = await columnReader(choice.column, choice.delimiter, longest);
    for await (const text of textChunks(chunks)) yield* reader.push(text);
    yield* reader.end();
    return;
  }
  const splitter = lineSplitter(longest);
  for await (const text of textChunks(chunks)) yield* found(splitter.push(text), choice);
  yield* found(splitter.end(), choice);
}

function* found(
  lines: readonly InputLine[],
  choice: Exclude<LineChoice, { readonly kind: "column" }>,
): Generator<DestinationText | RefusedLine> {
  for (const line of lines) {
    const destination = destinationOf(line, choice);
    if (destination !== null) yield destination;
  }
}

/** Whether a line was refused. */
export function isRefused(line: DestinationText | RefusedLine): line is RefusedLine {
  return "error" in line;
}
