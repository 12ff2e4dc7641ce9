import type { LineChoice } from "../../../src/analysis/lines/choice.ts";
import { textChunks } from "../../../src/analysis/lines/decode-chunks.ts";
import type { DestinationText, RefusedLine } from "../../../src/analysis/lines/field.ts";
import { textReader } from "../../../src/analysis/lines/text.ts";

/** Obvious reference for `readLines`: reads every line as text, none directly from the bytes. */
export async function* linesAsText(
  chunks: AsyncIterable<Uint8Array>,
  choice: LineChoice,
  longest: number,
): AsyncGenerator<DestinationText | RefusedLine> {
  const reader = await textReader(choice, longest);
  for await (const text of textChunks(chunks)) yield* reader.push(text);
  yield* reader.end();
}

/** Whether a line was refused. */
export function isRefused(line: DestinationText | RefusedLine): line is RefusedLine {
  return "error" in line;
}
