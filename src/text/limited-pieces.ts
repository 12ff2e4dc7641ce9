/**
 * All pieces of a stream whose sizes add up to at most `limit` bytes, for `Buffer.concat`. `onPiece` gets the size so
 * far, this piece included. A piece that passes the limit ends the reading: the stream is closed and nothing is kept.
 * @throws what `tooLarge` returns for more, and what the stream throws.
 */
export async function limitedPieces(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
  tooLarge: () => Error,
  onPiece: (size: number) => void = () => {},
): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    if (size > limit) throw tooLarge();
    pieces.push(piece);
    onPiece(size);
  }
  return pieces;
}
