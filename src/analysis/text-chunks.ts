/** The encoding by byte order mark, else by where the zero byte of the first, ASCII character falls. */
function encodingOf(first: number, second: number): "utf-8" | "utf-16le" | "utf-16be" {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return "utf-8";
}

/**
 * The text of a stream of bytes, piece by piece, without its byte order mark: UTF-8, or UTF-16, which is what `>` writes in
 * Windows PowerShell 5. Bytes that are no such text become U+FFFD, so that a broken line is refused in its place and the rest
 * goes on. Holds no more than a chunk.
 */
export async function* textChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let start = new Uint8Array(0);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (decoder === null) {
      if (start.length > 0) {
        bytes = new Uint8Array(start.length + chunk.length);
        bytes.set(start);
        bytes.set(chunk, start.length);
      }
      const [first, second] = bytes;
      if (first === undefined || second === undefined) {
        start = Uint8Array.from(bytes);
        continue;
      }
      decoder = new TextDecoder(encodingOf(first, second));
    }
    const text = decoder.decode(bytes, { stream: true });
    if (text !== "") yield text;
  }
  const rest = decoder === null ? new TextDecoder().decode(start) : decoder.decode();
  if (rest !== "") yield rest;
}
