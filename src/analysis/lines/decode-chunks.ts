type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** Detects the encoding by byte order mark, or else by the position of the zero byte of a first ASCII character. */
function encodingOf(first: number, second: number): Encoding {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return "utf-8";
}

/** Concatenates two pieces of bytes. */
export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * Decodes pieces of bytes to text without byte order mark. Accepts UTF-8, and UTF-16 because `>` in Windows PowerShell
 * 5 writes it. Invalid bytes become U+FFFD, so only their line is refused. Keeps at most one character between pieces.
 */
export class TextPieces {
  #start: Uint8Array = new Uint8Array(0);
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  #encoding: Encoding | null = null;

  /** Null until two bytes have been pushed. */
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
