import type { LineChoice } from "./choice.ts";
import { textChunks } from "./decode-chunks.ts";
import type { DestinationText, RefusedLine } from "./field.ts";
import { LONGEST_LINE } from "./split.ts";
import { textReader } from "./text.ts";

/**
 * The destinations in a stream of lines, in their order, blank lines and `#` comments left out; a line that holds none is
 * refused in its place and the rest goes on. Destinations come as the text that the input holds, still to be parsed. UTF-8 or
 * UTF-16, LF or CRLF. Memory: a chunk and a line of at most `longest` characters, however long the input. For millions of lines
 * there is `readLines`, which says the same.
 * @throws AddressLinesError where a header does not hold the column.
 */
export async function* destinationLines(
  chunks: AsyncIterable<Uint8Array>,
  choice: LineChoice,
  longest: number = LONGEST_LINE,
): AsyncGenerator<DestinationText | RefusedLine> {
  const reader = await textReader(choice, longest);
  for await (const text of textChunks(chunks)) yield* reader.push(text);
  yield* reader.end();
}

/** Whether a line was refused. */
export function isRefused(line: DestinationText | RefusedLine): line is RefusedLine {
  return "error" in line;
}
