import type { OutputStream } from "./streams.ts";

/** A text, whole or in pieces. */
export type Pieces = string | Iterable<string> | AsyncIterable<string>;

/** Text is written in pieces of about this many characters. */
const PIECE = 64 * 1024;

/** Writes a text piece by piece and waits for a slow reader, so that the whole text is never in memory. */
export async function writePieces(pieces: Pieces, stdout: OutputStream): Promise<void> {
  let waiting = "";
  const flush = async () => {
    if (waiting !== "") stdout.write(waiting);
    waiting = "";
    await stdout.drained();
  };
  if (typeof pieces === "string") waiting = pieces;
  else if (Symbol.iterator in pieces) {
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length >= PIECE) await flush();
    }
  } else {
    for await (const piece of pieces) {
      waiting += piece;
      if (waiting.length >= PIECE) await flush();
    }
  }
  await flush();
}
