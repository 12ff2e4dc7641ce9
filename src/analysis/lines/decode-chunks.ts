type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding by byte order mark, else by where the zero byte of the first, ASCII character falls. */
function encodingOf(first: number, second: number): Encoding {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return "utf-8";
}

/** Two pieces of bytes as one. */
export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * Turns bytes that come piece by piece into text, without its byte order mark: UTF-8, or UTF-16, which is what `>`
 * writes in Windows PowerShell 5. Bytes that are no such text become U+FFFD, so that a broken line is refused in its
 * place and the rest goes on. Holds no more than a character.
 */
export class TextPieces {
  #start: Uint8Array = new Uint8Array(0);
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  #encoding: Encoding | null = null;

  /** Null until two bytes have come. */
  get encoding(): Encoding | null {
    return this.#encoding;
  }

  push(piece: Uint8Array): string {
    if (this.#decoder !== null) return this.#decoder.decode(piece, { stream: true });
    const bytes = joined(this.#start, piece);
    const [first, second] = bytes;
    if (first === undefined || second === undefined) {
      this.#start = bytes;
      return "";
    }
    this.#encoding = encodingOf(first, second);
    this.#decoder = new TextDecoder(this.#encoding);
    return this.#decoder.decode(bytes, { stream: true });
  }

  end(): string {
    return this.#decoder === null ? new TextDecoder().decode(this.#start) : this.#decoder.decode();
  }
}

/** The text of a stream of bytes, piece by piece. */
export async function* textChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const pieces = new TextPieces();
  for await (const chunk of chunks) {
    const text = pieces.push(chunk);
    if (text !== "") yield text;
  }
  const rest = pieces.end();
  if (rest !== "") yield rest;
}
