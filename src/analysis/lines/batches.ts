import { AddressBatch } from "../../net/address-batch.ts";
import type { LineChoice } from "./choice.ts";
import { joined, TextPieces } from "./decode-chunks.ts";
import type { DestinationText, RefusedLine } from "./field.ts";
import type { PlainPlace } from "./form.ts";
import { type PlainReader, plainReader } from "./plain.ts";
import type { TextReader } from "./reader.ts";
import { LONGEST_LINE } from "./split.ts";
import { textReader } from "./text.ts";

/** The content of one or more lines: an unparsed destination, a refused line, or a batch of addresses. */
export type LineContent = DestinationText | RefusedLine | AddressBatch;

const LF = 10;

const NO_BYTES = new Uint8Array(0);

/** Longest part of a line, in bytes, that is kept until the next piece completes the line. */
const MAX_KEPT = 4096;

/**
 * Reads lines from pieces of bytes. Runs of plain lines are read directly from the bytes, all other lines and the
 * first one as text.
 */
class LineReader {
  readonly #longest: number;
  readonly #text: TextReader;
  readonly #pieces = new TextPieces();
  /** Reused for each run. */
  readonly #batch = new AddressBatch();
  /** The start of a line that the end of a piece has cut. */
  #rest: Uint8Array = NO_BYTES;
  #lastByte = 0;
  #place: PlainPlace | null = null;
  #plain: PlainReader | null = null;

  constructor(text: TextReader, longest: number) {
    this.#text = text;
    this.#longest = longest;
  }

  /** Yields the lines that the piece completes, in order. A batch is valid until the next one is requested. */
  *push(piece: Uint8Array): Generator<LineContent> {
    // A Buffer becomes a plain Uint8Array: code that sees one kind of array is twice as fast.
    let bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.length);
    if (this.#rest.length > 0) {
      const end = bytes.indexOf(LF) + 1;
      const line = joined(this.#rest, end > 0 ? bytes.subarray(0, end) : bytes);
      this.#rest = NO_BYTES;
      if (end === 0 && line.length <= MAX_KEPT) {
        this.#rest = line;
        return;
      }
      yield* this.#read(line);
      bytes = end > 0 ? bytes.subarray(end) : NO_BYTES;
    }
    const whole = bytes.lastIndexOf(LF) + 1;
    if (bytes.length - whole <= MAX_KEPT && this.#pieces.encoding === "utf-8") {
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
    // After a line that is not plain, read an increasing number of bytes as text before trying plain lines again.
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
      const asText = bytes.subarray(at, end > 0 ? end : bytes.length);
      yield* this.#text.push(this.#pieces.push(asText));
      at += asText.length;
      this.#lastByte = bytes[at - 1] ?? 0;
      stretch = 2 * stretch + 64;
    }
  }

  /** Fills the batch with the plain lines between `at` and `to` and returns where they end. */
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
 * Yields the content of a stream of lines in order, in one iterable per piece of the input. Blank lines and `#`
 * comments are omitted; a line without a destination is yielded as a RefusedLine in its place. Most addresses come in
 * batches, other destinations as unparsed text. Accepts UTF-8 and UTF-16, LF and CRLF. Memory: a piece and a line of
 * at most `longest` characters, for input of any length.
 * @throws UserError if the header does not contain the column.
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
