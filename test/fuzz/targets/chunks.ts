import type { Random } from "../random.ts";

/** All bytes in one chunk. */
export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The bytes in chunks as a pipe might deliver them: cut anywhere, some empty. */
export async function* inChunks(bytes: Uint8Array, random: Random): AsyncGenerator<Uint8Array> {
  const most = random.pick([3, 17, 1000, 70_000]);
  // One chunk per byte is only slow for a large input.
  const least = Math.floor(bytes.length / 2000);
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + least + random.below(most));
    yield bytes.subarray(from, to);
    from = to;
  }
}
