import type { Random } from "../random.ts";

/** The bytes at once. */
export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The bytes in chunks as a pipe might bring them: cut anywhere, some of them empty. */
export async function* inChunks(bytes: Uint8Array, random: Random): AsyncGenerator<Uint8Array> {
  const most = random.pick([3, 17, 1000, 70_000]);
  // A chunk for each byte of a large input would only be slow.
  const least = Math.floor(bytes.length / 2000);
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + least + random.below(most));
    yield bytes.subarray(from, to);
    from = to;
  }
}
