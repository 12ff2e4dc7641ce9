import { AddressBatch } from "../../net/address-batch.ts";
import type { LineChoice } from "./choice.ts";
import { joined, TextPieces } from "./decode-chunks.ts";
import type { DestinationText, RefusedLine } from "./field.ts";
import type { PlainPlace } from "./form.ts";
import { type PlainReader, plainReader } from "./plain.ts";
import type { TextReader } from "./reader.ts";
import { LONGEST_LINE } from "./split.ts";
import { textReader } from "./text.ts";

/** What lines hold: a destination still to be parsed, a refusal, or a run of addresses. */
export type LineContent = DestinationText | RefusedLine | AddressBatch;

const LF = 10;

const NOTHING = new Uint8Array(0);

/** A line that is cut by the end of a piece is kept to be read with its rest, unless it is longer than this. */
const SHORT = 4096;

/**
 * Reads the lines of bytes that come piece by piece: runs of plain lines straight from the bytes, all others, the
 * first among them, as text.
 */
class LineReader {
  readonly #longest: number;
  readonly #text: TextReader;
  readonly #pieces = new TextPieces();
  /** Filled anew for each run. */
  readonly #batch = new AddressBatch();
  /** A line that the end of a piece has cut. */
  #rest: Uint8Array = NOTHING;
  #lastByte = 0;
  #place: PlainPlace | null = null;
  #plain: PlainReader | null = null;

  constructor(text: TextReader, longest: number) {
    this.#text = text;
    this.#longest = longest;
  }

  /** What the piece completes, in order. A batch holds its addresses until the next is asked for. */
  *push(piece: Uint8Array): Generator<LineContent> {
    // Whatever kind of array comes, one kind is read: the machine code for one is twice as fast as for two.
    let bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.length);
    if (this.#rest.length > 0) {
      const end = bytes.indexOf(LF) + 1;
      const line = joined(this.#rest, end > 0 ? bytes.subarray(0, end) : bytes);
      this.#rest = NOTHING;
      if (end === 0 && line.length <= SHORT) {
        this.#rest = line;
        return;
      }
      yield* this.#read(line);
      bytes = end > 0 ? bytes.subarray(end) : NOTHING;
    }
    const whole = bytes.lastIndexOf(LF) + 1;
    if (bytes.length - whole <= SHORT && this.#pieces.encoding === "utf-8") {
      this.#rest = bytes.slice(whole);
      bytes = bytes.subarray(0, whole);
    }
    yield* this.#read(bytes);
  }

  *end(): Generator<LineContent> {
    yield* this.#text.push(this.#pieces.push(this.#rest) + this.#pieces.end());
    yield* this.#text.end();
  }

  *#read(bytes: Uint8Array): Generator<LineContent> {
    let at = 0;
    // Where no line is plain for a while, more of them at once are given to the careful way.
    let stretch = 0;
    const whole = bytes.lastIndexOf(LF) + 1;
    while (at < bytes.length) {
      const run = this.#readPlain(bytes, at, whole);
      if (run > at) {
        at = run;
        stretch = 0;
        yield this.#batch;
        continue;
      }
      const end = bytes.indexOf(LF, Math.min(at + stretch, bytes.length - 1)) + 1;
      const careful = bytes.subarray(at, end > 0 ? end : bytes.length);
      yield* this.#text.push(this.#pieces.push(careful));
      at += careful.length;
      this.#lastByte = bytes[at - 1] ?? 0;
      stretch = 2 * stretch + 64;
    }
  }

  /** Fills the batch with the plain lines from `at` on, of those that end before `to`, and gives where they end. */
  #readPlain(bytes: Uint8Array, at: number, to: number): number {
    if (this.#lastByte !== LF || this.#text.midway || this.#pieces.encoding !== "utf-8") return at;
    const end = this.#plainReader()?.(bytes, at, to, this.#batch) ?? at;
    if (end > at) this.#text.pass(this.#batch.count);
    return end;
  }

  #plainReader(): PlainReader | null {
    const { place } = this.#text;
    if (place !== this.#place) {
      this.#place = place;
      this.#plain = place === null ? null : plainReader(place, this.#longest);
    }
    return this.#plain;
  }
}

/**
 * What a stream of lines holds, in its order, for each piece of the input together; blank lines and `#` comments are
 * left out, and a line without a destination is refused in its place. Destinations come as the text that the input
 * holds, still to be parsed, addresses mostly in batches. UTF-8 or UTF-16, LF or CRLF. Memory: a piece and a line of
 * at most `longest` characters, however long the input.
 * @throws UserError where a header does not hold the column.
 */
export async function* readLines(
  pieces: AsyncIterable<Uint8Array>,
  choice: LineChoice,
  longest: number = LONGEST_LINE,
): AsyncGenerator<Iterable<LineContent>> {
  const reader = new LineReader(await textReader(choice, longest), longest);
  for await (const piece of pieces) yield reader.push(piece);
  yield reader.end();
}
