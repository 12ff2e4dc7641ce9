/** The text as UTF-8 in pieces that end at the given positions: a stream as a pipe may deliver it. */
export async function* bytesOf(text: string, ...cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  yield* piecesOf(new TextEncoder().encode(text), cuts);
}

/** The bytes in pieces that end at the given positions. */
export async function* piecesOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const to = Math.min(bytes.length, Math.max(from, cut));
    yield bytes.slice(from, to);
    from = to;
  }
  yield bytes.slice(from);
}

/** Collects all items of a stream. */
export async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
